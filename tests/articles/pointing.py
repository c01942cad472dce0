"""A reading that questions, evidence, prompts and posts point at, and an edit of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from articles.models import ArticleVersion
from articles.queries import list_sentences
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from discussion.comment_text import compose
from discussion.operations.comments import DiscussionRef, add_comment
from discussion.operations.prompts import PromptDraft, edit_prompt
from quizzes.deliveries import DeliveryRules
from quizzes.models import Response
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.queries.attempts import get_attempt_for, list_answers
from quizzes.queries.deliveries import get_delivery_for
from quizzes.question_types import TYPES
from quizzes.question_types.evidence import ALL_OF, AcceptedPassage, EvidenceContent
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.questions import QuestionDraft, QuestionWords
from tests.articles.adding import fields_of
from tests.support.question_forms import versions_of

TOWN, CHOSE, STAYED, COST, LUND, WORK, WAITED = range(7)
"""The sentences of the reading's text."""

EDITED = """The harbour town voted on Tuesday. Some did not vote at all.

A paragraph that stands here now. It has two sentences.

The bridge will cost about 4.5 million crowns, and Dr. Lund, who leads the council, called it cheap.

Work begins in spring."""
"""CHOSE and WAITED are cut out, COST and LUND are merged, two sentences are new, the others stay."""

GONE = "Most people chose the new bridge."


@dataclass(frozen=True)
class Pointed:
    """Ids of what points at the reading: a quiz with a choice anchored to a sentence that goes and with evidence."""

    quiz: int
    choice: int
    evidence: int
    delivery: int
    attempt: int
    response: int
    comment: int


def point(app, people, reading) -> Pointed:
    """A second quiz: a choice that tests CHOSE, evidence that accepts LUND and CHOSE; a prompt and a post as well."""
    with app.app_context():
        at = reading.sentences
        quiz = create_quiz(people.instructor.id, reading.article, "Where it says so").id
        options = (Option("a", "The new bridge", FRACTION_ONE), Option("b", "The old ferry"))
        choice = QuestionDraft(
            "single_choice", QuestionWords.of("What was chosen?"), SingleChoiceContent(options), POINT, (at[CHOSE],) * 2
        )
        passages = (AcceptedPassage("p", (at[LUND],)), AcceptedPassage("q", (at[CHOSE],)))
        where = QuestionWords.of("Where does it say so?")
        evidence = QuestionDraft("evidence", where, EvidenceContent(passages, ALL_OF), POINT, (at[COST], at[LUND]))
        items = [add_question(quiz, people.instructor.id, draft).id for draft in (choice, evidence)]
        publish_quiz(quiz)
        rules = DeliveryRules(attempts_allowed=3, release_key="at_once", second_try_percent=50)
        delivery = deliver_quiz(quiz, reading.assignment, rules).id
        attempt = start_attempt(get_delivery_for(people.classmate.id, delivery), [], clock.now())
        response = answer(people.classmate.id, attempt, {items[0]: ["b"], items[1]: [str(at[LUND])]})
        draft = PromptDraft(
            reading.article, reading.version, "Was it worth it?", spans=((at[CHOSE],) * 2, (at[LUND],) * 2)
        )
        edit_prompt(reading.prompt, draft)
        place = select(Enrollment.id).where(
            Enrollment.user_id == people.student.id, Enrollment.section_id == people.section
        )
        words = compose("It says so in ¶ 1.2, and dearly in ¶ 2.2, and ¶ 3.1.")
        comment = add_comment(
            db.session.scalars(place).one(),
            DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version),
            words,
        )
        commit()
    return Pointed(quiz, items[0], items[1], delivery, attempt, response, comment)


def answer(user: int, attempt_id: int, given: dict[int, list[str]]) -> int:
    attempt = get_attempt_for(user, attempt_id)
    sent = [Sent(item, "tests", 0, {"answer": fields}) for item, fields in given.items()]
    outcome = save_answers(attempt, list_answers(attempt), sent, clock.now())
    assert not outcome.refused, outcome.refused
    hand_in(get_attempt_for(user, attempt_id), clock.now())
    item = list(given)[-1]
    return db.session.scalars(
        select(Response.id).where(Response.attempt_id == attempt_id, Response.item_id == item)
    ).one()


def edit(client, reading, body: str = EDITED, moves: bool = True):
    fields = fields_of(client.get(f"/articles/{reading.article}/edit")) | {"body": body}
    fields |= {"move": str(reading.assignment)} if moves else {}
    saved = client.post(f"/articles/{reading.article}/versions", data=fields)
    assert saved.status_code == 303, saved.text
    return saved


def newest(app, article: int) -> tuple[int, dict[str, int]]:
    """The newest version and its sentence ids by text."""
    with app.app_context():
        highest = select(func.max(ArticleVersion.id)).where(ArticleVersion.article_id == article)
        version = db.session.scalars(highest).one()
        return version, {sentence.text: sentence.id for sentence in list_sentences(version)}


def content_of(app, item: int):
    version = versions_of(app, item)[-1]
    return TYPES[version.type].read(version.content)
