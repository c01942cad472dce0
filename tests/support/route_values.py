"""What `<…>` in an address stands for where the ids of the usual reading will not do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from articles.importing.formats import source_of_text
from articles.models import Assignment, Block, BlockImage, SpanPlacement
from articles.operations import ensure_span, keep_images
from articles.spans import ORPHAN, Ends
from classroom.models import DIGEST, Enrollment, Notification, Section, User
from classroom.operations.accounts import NewUser, create_user, request_reset
from classroom.operations.enrollments import enroll
from classroom.signed_links import address_token, unsubscribe_token
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment, PromptSpan
from discussion.operations import Actor, NewNote, RulingDraft, add_note, rule, set_requirements
from discussion.participation import Requirement
from discussion.participation_models import ParticipationRuling
from discussion.queries import get_margin_for, list_requirements
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, BankShare, Item, Quiz
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.draws import add_draws
from quizzes.operations.regrades import Decision, regrade_item
from quizzes.questions import QuestionWords
from results.message_operations import NewMessage, write_to
from results.need_models import StaffMessage
from results.need_operations import put_aside
from results.needs import queue
from results.operations import Actor as WritingActor
from results.queries.needs import list_facts
from tests.support.people import People
from tests.support.pictures import data_uri, png
from tests.support.reading import Reading

DUE_LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def classmates_place(people: People, _reading: Reading) -> dict[str, object]:
    """The classmate's place in the class."""
    own = select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)
    return {"enrollment_id": db.session.scalars(own).one()}


def a_cell(people: People, reading: Reading) -> dict[str, object]:
    """What the classmate has in the gradebook for the quiz."""
    return {**classmates_place(people, reading), "column": f"quiz-{reading.quiz_delivery}"}


def own_notification(people: People, reading: Reading) -> dict[str, object]:
    """Something that the student is told."""
    found = db.session.scalars(select(Notification.id).where(Notification.user_id == people.student.id)).first()
    if found is None:
        told = {"user_id": people.student.id, "section_id": people.section, "created_at": clock.now()}
        row = Notification(kind="reply", object_id=reading.classmates_comment, **told)
        db.session.add(row)
        commit()
        found = row.id
    return {"notification_id": found}


def own_address(people: People, _reading: Reading) -> dict[str, object]:
    """A link that was mailed to the student."""
    return {"token": address_token(people.student.id, people.student.email)}


def way_out(people: People, _reading: Reading) -> dict[str, object]:
    """The way out of the student's digest."""
    return {"token": unsubscribe_token(people.student.id, DIGEST)}


def a_note(people: People, reading: Reading) -> dict[str, object]:
    """The student's note for the class on the first sentence."""
    margin = get_margin_for(people.student.id, reading.assignment)
    ends = Ends(reading.sentences[0], reading.sentences[0])
    note = add_note(margin, NewNote(compose("Why on a Tuesday?"), ends, meant("comment", margin.role)))
    commit()
    return {"comment_id": note}


def a_lost_note(people: People, reading: Reading) -> dict[str, object]:
    """The same, its words no longer in the text."""
    found = a_note(people, reading)
    span = db.session.get_one(Comment, found["comment_id"]).span_id
    if db.session.get(SpanPlacement, (span, reading.version)) is None:
        db.session.add(SpanPlacement(span_id=span, version_id=reading.version, state=ORPHAN))
    commit()
    return found


def reset_token(people: People, _reading: Reading) -> dict[str, object]:
    """A link that lets the student set a new password."""
    token = request_reset(people.student.id)
    commit()
    return {"token": token}


def join_code(people: People, _reading: Reading) -> dict[str, object]:
    """The first class's code."""
    return {"code": db.session.get_one(Section, people.section).join_code}


def lost_passage(_people: People, reading: Reading) -> dict[str, object]:
    """A passage that the prompt is about and that the newest text does not have."""
    span = ensure_span(reading.version, reading.sentences[0], reading.sentences[0]).id
    db.session.add(PromptSpan(prompt_id=reading.prompt, span_id=span))
    db.session.add(SpanPlacement(span_id=span, version_id=reading.version, state=ORPHAN))
    commit()
    return {"span_id": span}


def image_of_the_article(people: People, reading: Reading) -> dict[str, object]:
    """An image in the text that the class reads."""
    images = source_of_text(f'<img src="{data_uri(png())}">', "html").images
    ((digest, image),) = keep_images(people.instructor.id, set(images.new), images).items()
    after = db.session.scalar(select(func.max(Block.position)).where(Block.version_id == reading.version)) or 0
    block = Block(version_id=reading.version, position=after + 1, kind="image")
    db.session.add(block)
    db.session.flush()
    db.session.add(BlockImage(block_id=block.id, image_id=image))
    commit()
    return {"digest": digest}


def quiz_without_attempts(people: People, reading: Reading) -> dict[str, object]:
    """Another quiz of the class, whose questions may still change."""
    quiz = create_quiz(people.instructor.id, reading.article, "Another quiz").id
    deliver_quiz(quiz, reading.assignment, DeliveryRules())
    publish(quiz)
    return {"quiz_id": quiz}


def quiz_with_a_draw(people: People, reading: Reading) -> dict[str, object]:
    """Another quiz of the class, which draws its only question."""
    found = quiz_without_attempts(people, reading)
    quiz = int(str(found["quiz_id"]))
    add_draws(quiz, people.instructor.id, "causes", (1, POINT, QuestionWords.of("A question drawn")))
    commit()
    return {**found, "item_id": db.session.scalars(select(Item.id).where(Item.quiz_id == quiz)).one()}


def own_question(_people: People, reading: Reading) -> dict[str, object]:
    """A question of the instructor's."""
    return {"question_id": db.session.get_one(Item, reading.items[0]).question_id}


def colleague(people: People, _reading: Reading) -> dict[str, object]:
    """Another instructor of the first class."""
    user = create_user(NewUser("Clara Voss", "x", username=f"clara{clock.now().timestamp()}", role="instructor"))
    enroll(user.id, people.section, "instructor")
    commit()
    return {"user_id": user.id}


def colleague_who_asks(people: People, reading: Reading) -> dict[str, object]:
    """Another instructor of the first class who asks for the use of the instructor's questions."""
    found = colleague(people, reading)
    db.session.add(BankShare(owner_id=people.instructor.id, requested_at=clock.now(), **found))
    commit()
    return found


def publish(quiz: int) -> None:
    """Show the quiz to the class."""
    db.session.get_one(Quiz, quiz).published_at = clock.now()
    commit()


def thread(_people: People, reading: Reading) -> dict[str, object]:
    """The class's thread, which is a delivery as well."""
    return {"delivery_id": reading.prompt_delivery}


def participation(people: People, reading: Reading) -> dict[str, object]:
    """A box of a rule of the class's thread that the student has not ticked, and a post that ticks another."""
    own = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()
    if not list_requirements(reading.prompt_delivery):
        wanted = [Requirement(0, kind, 2, clock.now() + timedelta(days=1), POINT) for kind in ("post", "reply")]
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, wanted)
        commit()
    asked = list_requirements(reading.prompt_delivery)[0].id
    return {
        **thread(people, reading),
        "enrollment_id": own,
        "requirement_id": asked,
        "box": 1,
    }


def a_ruling(people: People, reading: Reading) -> dict[str, object]:
    """A box that was granted."""
    found = participation(people, reading)
    asked, student = int(str(found["requirement_id"])), int(str(found["enrollment_id"]))
    held = db.session.scalars(select(ParticipationRuling.id).where(ParticipationRuling.box == 2)).first()
    draft = RulingDraft(asked, student, "Said aloud.", box=2)
    made = held or rule(Actor(people.instructor.id, people.section), reading.prompt_delivery, draft)
    commit()
    return {**found, "ruling_id": made}


def open_question(_people: People, reading: Reading) -> dict[str, object]:
    """The question that is graded by hand."""
    return {"item_id": reading.items[1]}


def a_regrade(people: People, reading: Reading) -> dict[str, object]:
    """A decision that holds about the first question."""
    decision = Decision("full_credit", "It was unclear.", people.instructor.id)
    made = regrade_item(reading.quiz_delivery, reading.items[0], decision)
    commit()
    return {"regrade_id": made}


def a_need(_people: People, reading: Reading) -> dict[str, object]:
    """The open answer that waits to be read."""
    return {"need_kind": "ungraded", "object_id": reading.quiz_delivery, "student_id": 0}


def put_aside_by_instructor(people: People, reading: Reading) -> dict[str, object]:
    """The same, put aside."""
    found = queue(list_facts(people.instructor.id, [people.section], clock.now()), clock.now())
    (row_id,) = put_aside(people.instructor.id, [need for need in found if need.key.kind == "ungraded"][:1])
    commit()
    return {"dismissal_id": row_id}


def _students_place(people: People) -> int:
    return db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()


def a_stuck_student(people: People, reading: Reading) -> dict[str, object]:
    """The student's attempt, begun two days ago."""
    db.session.get_one(Attempt, reading.attempt).started_at = clock.now() - timedelta(days=2)
    commit()
    return {"need_kind": "stuck", "object_id": reading.attempt, "student_id": _students_place(people)}


def a_late_student(people: People, reading: Reading) -> dict[str, object]:
    """Somebody who has not started the quiz, which was due at DUE_LONG_AGO."""
    number = db.session.scalar(select(func.count(User.id)))
    user = create_user(NewUser("Late Comer", "no password", email=f"late{number}@example.org"))
    place = enroll(user.id, people.section)
    row = db.session.get_one(Assignment, reading.assignment)
    row.due_at = row.latest_due_at = DUE_LONG_AGO
    commit()
    return {"delivery_id": reading.quiz_delivery, "student_id": place.id}


def a_question(people: People, reading: Reading) -> dict[str, object]:
    """What the student asked staff in the margin."""
    margin = get_margin_for(people.student.id, reading.assignment)
    ends = Ends(reading.sentences[0], reading.sentences[0])
    note = add_note(margin, NewNote(compose("Who may vote?"), ends, meant("staff", margin.role)))
    commit()
    return {"note_id": note, "student_id": margin.enrollment_id}


def a_message(people: People, reading: Reading) -> dict[str, object]:
    """What the instructor wrote to the student."""
    words, writer = NewMessage(reading.assignment, "May I help?"), WritingActor(people.instructor.id, people.section)
    write_to(writer, [_students_place(people)], words)  # the same within a minute is written once
    commit()
    return {"message_id": db.session.scalars(select(StaffMessage.id)).one()}
