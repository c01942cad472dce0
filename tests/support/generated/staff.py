"""What staff do to a generated class: limits, people who come and go, grades, and questions scored anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from random import Random

from sqlalchemy import select

from classroom.allowances import Allowance
from classroom.models import Enrollment
from classroom.operations.enrollments import change_role, enroll, remove_person, restore_person
from core import clock
from core.database import db
from core.points import POINT
from discussion.comment_text import compose
from discussion.models import Comment
from discussion.operations import Actor, RulingDraft, add_comment, endorse_comment, place_of_answer, rule
from discussion.participation_models import ParticipationRequirement
from discussion.queries import get_margin_for
from quizzes.models import Attempt, Item, QuestionVersion, Regrade, Response
from quizzes.operations.accommodations import change_allowance
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.operations.questions import revise_question
from quizzes.operations.regrades import (
    AlreadyUndoneError,
    Decision,
    DroppedError,
    NewerRegradeError,
    regrade_item,
    undo_regrade,
)
from quizzes.queries.grading import list_unclosed_attempts, seen_of
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES
from results.gradebook import Category
from results.operations import Arrangement, Verdict, arrange, decide, show_totals
from results.queries.gradebook import Book, get_grade_student, read_book, read_lines
from tests.support.generated.questions import another_key
from tests.support.generated.school import HOUR, School
from tests.support.generated.students import Act

POLICIES = ("nobody_loses", "new_key", "full_credit", "drop")


class Staff:
    """The instructor of a generated school."""

    def __init__(self, school: School) -> None:
        self.school, self.me = school, school.people.instructor.id

    @property
    def random(self) -> Random:
        """The one source of luck."""
        return self.school.random

    def plan(self) -> Iterator[Act]:
        """What happens, and when."""
        places = sorted(self.school.students)
        allowed, gone, back, helper, watcher = self.random.sample(places, 5)
        yield self.school.start, lambda: self.allow(allowed, Allowance(150, extra_days=2, extra_attempts=1))
        yield self._some_time(), lambda: self.allow(self.random.choice(places), Allowance(200, extra_days=1))
        yield self._some_time(), lambda: remove_person(self.me, gone)
        yield self.school.start + 40 * HOUR, lambda: remove_person(self.me, back)
        yield self.school.start + 60 * HOUR, lambda: self.take_back(back)
        yield self._some_time(), lambda: change_role(self.me, helper, "assistant")
        yield self._some_time(), lambda: change_role(self.me, watcher, "observer")
        for reading in self.school.everywhere:
            for delivery in reading.deliveries:
                for _time in range(self.random.choice((0, 1, 2, 3, 4))):
                    yield self._some_time(), lambda at=delivery: self.score_anew(at)
                yield self._some_time(), lambda at=delivery: self.take_decision_back(at)
                yield self.school.start + 47 * HOUR, lambda at=delivery: self.grade(at, 0.7)
                yield self.school.start + 99 * HOUR, lambda at=delivery: self.grade(at, 0.7)
            yield self.school.start + 80 * HOUR, lambda at=reading.assignment: self.answer_some(at)
            for thread in reading.threads:
                yield self._some_time(), lambda at=thread: self.look_after(at)

    def _some_time(self) -> object:
        return self.school.start + self.random.random() * 100 * HOUR

    def allow(self, place: int, allowance: Allowance) -> None:
        """As the page of a student's limits does."""
        if db.session.get_one(Enrollment, place).role != "student":
            return
        change_allowance(self.me, place, allowance, clock.now())

    def take_back(self, place: int) -> None:
        """Somebody rejoins, by themselves or by staff."""
        row = db.session.get_one(Enrollment, place)
        if self.random.random() < 0.5:
            restore_person(self.me, place)
        else:
            enroll(row.user_id, row.section_id)

    def score_anew(self, delivery: int) -> None:
        """Change a key first, perhaps, then decide."""
        item, policy = self.random.choice(list_items(self.school.quiz_of[delivery])), self.random.choice(POLICIES)
        if item.type == "draw":
            self._score_drawn_anew(delivery, item.item_id, policy)
            return
        if TYPES[item.type].has_key and self.random.random() < 0.6:
            revise_question(item.item_id, self.me, another_key(item, self.school.sentences_of(delivery), self.random))
        if policy in ("nobody_loses", "new_key") and not TYPES[item.type].has_key:
            policy = "full_credit"
        try:
            with db.session.begin_nested():
                regrade_item(delivery, item.item_id, Decision(policy, "It was unclear.", self.me))
        except DroppedError:
            return

    def _score_drawn_anew(self, delivery: int, item: int, policy: str) -> None:
        asked = (
            select(QuestionVersion.question_id)
            .join(Response, Response.question_version_id == QuestionVersion.id)
            .where(Response.item_id == item, Response.delivery_id == delivery)
        )
        questions = db.session.scalars(asked.distinct().order_by(QuestionVersion.question_id)).all()
        if questions and policy in ("full_credit", "drop"):
            decision = Decision(policy, "It was unclear.", self.me, self.random.choice(questions))
            with suppress(DroppedError), db.session.begin_nested():
                regrade_item(delivery, item, decision)

    def take_decision_back(self, delivery: int) -> None:
        """The newest one, if there is any."""
        wanted = select(Regrade.id).where(Regrade.delivery_id == delivery, Regrade.undone_at.is_(None))
        newest = db.session.scalars(wanted.order_by(Regrade.id.desc())).first()
        if newest is not None and self.random.random() < 0.5:
            try:
                with db.session.begin_nested():
                    undo_regrade(newest, self.me)
            except (NewerRegradeError, AlreadyUndoneError):
                return

    def grade(self, delivery: int, share: float) -> None:
        """Most of the answers that wait."""
        waiting = (
            select(Response.id, Response.revision, Response.attempt_id, Item.points)
            .join(Attempt, Attempt.id == Response.attempt_id)
            .join(Item, Item.id == Response.item_id)
            .where(Response.delivery_id == delivery, Response.points.is_(None), Response.answer.is_not(None))
            .where(Attempt.submitted_at.is_not(None), Response.dropped.is_(False))
        )
        for response, revision, attempt, worth in db.session.execute(waiting.order_by(Response.id)).all():
            if self.random.random() < share and not list_unclosed_attempts([attempt]):
                points = self.random.choice((0, worth // 4, worth // 2, worth))
                grade_response(response, HandGrade(self.me, points, "", seen_of(revision, 0)))

    def look_after(self, thread: int) -> None:
        """Endorse posts, hide one, grant somebody a box, let a post tick none."""
        posts = select(Comment).where(Comment.delivery_id == thread, Comment.deleted_at.is_(None))
        written = db.session.scalars(posts.order_by(Comment.id)).all()
        asked = select(ParticipationRequirement.id).where(ParticipationRequirement.delivery_id == thread)
        requirements = db.session.scalars(asked.order_by(ParticipationRequirement.id)).all()
        actor = Actor(self.me, self.school.people.section)
        for post in self.random.sample(written, min(2, len(written))):
            endorse_comment(actor, post.id)
        if written:
            self.random.choice(written).hidden_at = clock.now()
        if written and requirements:
            one = self.random.choice(written)
            if db.session.get_one(Enrollment, one.enrollment_id).role == "student":
                void = RulingDraft(requirements[0], one.enrollment_id, "Copied.", comment_id=one.id)
                rule(actor, thread, void)
        if requirements:
            lucky = self.random.choice([at for at, own in self.school.section_of.items() if own == 1])
            grant = RulingDraft(requirements[-1], lucky, "Said it in class.", box=1)
            rule(actor, thread, grant)

    def decide_grades(self, section: int, zone: str) -> None:
        """Arrange the gradebook, then decide about cells, some of them twice."""
        book = read_book(section, zone, clock.now())
        keys = [column.key for column in book.columns]
        weights = self.random.choice(((35, 40), (50, 50), (20, 0), (33, 33)))
        categories = [Category(0, f"Part {at}", each * POINT, at + 1) for at, each in enumerate(weights)]
        places = {key: at % 3 for at, key in enumerate(keys)}
        actor = Actor(self.me, section)
        arrange(actor, Arrangement(categories, {key: at for key, at in places.items() if at < 2}), 0)
        students = [at for at, own in self.school.section_of.items() if own == section]
        for at in self.random.choices(students, k=len(students)):
            if db.session.get_one(Enrollment, at).role == "student":
                self._decide(actor, read_book(section, zone, clock.now()), at)
        if self.random.random() < 0.7:
            show_totals(actor, 1, shown=True)

    def _decide(self, actor: Actor, book: Book, place: int) -> None:
        student = get_grade_student(book.section_id, place)
        (line,) = read_lines(book, [student])
        cell = line.cells[self.random.choice(book.columns).key]
        kind = self.random.choice(("override", "override", "excuse", "back") if cell.ruled else ("override", "excuse"))
        points = self.random.choice((0, POINT, 150_000, 333_333)) if kind == "override" else None
        decide(actor, student, cell, Verdict(kind, points, "Because."))

    def answer_some(self, assignment: int) -> None:
        """Answer some notes of the margin, and hide some."""
        notes = select(Comment).where(Comment.assignment_id == assignment, Comment.span_id.is_not(None))
        for note in db.session.scalars(notes.order_by(Comment.id)).all():
            if note.visibility == "self":
                continue
            if self.random.random() < 0.3:
                margin = get_margin_for(self.me, assignment).beside(note.visibility)
                place = place_of_answer(margin, note.id, note.visibility)
                add_comment(margin.enrollment_id, place, compose("So."))
            if self.random.random() < 0.1:
                note.hidden_at = clock.now()
