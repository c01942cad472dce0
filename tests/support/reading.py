"""One reading of the first class with something of everything: what a page about it needs to exist."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations.assignments import Dates, assign_article
from articles.operations.texts import create_article
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from discussion.comment_text import compose
from discussion.operations.comments import DiscussionRef, add_comment
from discussion.operations.prompts import DeliverySettings, PromptDraft, create_prompt, deliver_prompt
from quizzes.deliveries import DeliveryRules
from quizzes.models import Response
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.queries.attempts import get_attempt_for, list_answers
from quizzes.queries.deliveries import get_delivery_for
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.questions import QuestionDraft, QuestionWords
from tests.support.people import People, Person

TEXT = """The harbour town voted on Tuesday. Most people chose the new bridge. Some did not vote at all.

The bridge will cost 4.5 million crowns. Dr. Lund, who leads the council, called it cheap.

Work begins in spring. "We have waited for thirty years," a fisherman said."""


@dataclass(frozen=True)
class Reading:
    """Ids. The student's attempt is in progress, the classmate's handed in; each has one comment."""

    article: int
    version: int
    sentences: tuple[int, ...]
    assignment: int
    quiz: int
    items: tuple[int, ...]
    quiz_delivery: int
    attempt: int
    handed_in: int
    response: int
    prompt: int
    prompt_delivery: int
    comment: int
    classmates_comment: int


def make_reading(app: Flask, people: People) -> Reading:
    """Give the first class an article, a quiz with a choice and an open question, and a prompt."""
    with app.app_context():
        author = people.instructor.id
        article = create_article(author, prepare(Source(TEXT, "plain"), "A new bridge", "en")).id
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
        assignment = assign_article(people.section, article, version, Dates()).id
        quiz, items = _make_quiz(author, article)
        quiz_delivery = deliver_quiz(quiz, assignment, DeliveryRules(attempts_allowed=3, release_key="at_once")).id
        attempt = _start(people.student, quiz_delivery)
        handed_in = _start(people.classmate, quiz_delivery)
        response = _hand_in(people.classmate, handed_in)
        prompt = create_prompt(author, _prompt_draft(article, version))
        thread = deliver_prompt(author, prompt, assignment, DeliverySettings())
        place = DiscussionRef(assignment, thread, version)
        comments = [_comment(person, people.section, place) for person in (people.student, people.classmate)]
        order = select(VersionSentence.sentence_id).where(VersionSentence.version_id == version)
        sentences = db.session.scalars(order.order_by(VersionSentence.position)).all()
        commit()
    return Reading(
        article=article,
        version=version,
        sentences=tuple(sentences),
        assignment=assignment,
        quiz=quiz,
        items=items,
        quiz_delivery=quiz_delivery,
        attempt=attempt,
        handed_in=handed_in,
        response=response,
        prompt=prompt,
        prompt_delivery=thread,
        comment=comments[0],
        classmates_comment=comments[1],
    )


def _make_quiz(author: int, article: int) -> tuple[int, tuple[int, ...]]:
    quiz = create_quiz(author, article, "Did you get it?").id
    options = (Option("a", "The new bridge", FRACTION_ONE), Option("b", "The old ferry"))
    choice = QuestionWords.of("What did most people choose?")
    opened = QuestionWords.of("Why did some people not vote?")
    drafts = (
        QuestionDraft("single_choice", choice, SingleChoiceContent(options), POINT),
        QuestionDraft("open_answer", opened, OpenAnswerContent(), 2 * POINT),
    )
    items = tuple(add_question(quiz, author, draft).id for draft in drafts)
    publish_quiz(quiz)
    return quiz, items


def _start(person: Person, delivery: int) -> int:
    return start_attempt(get_delivery_for(person.id, delivery), [], clock.now())


def _hand_in(person: Person, attempt_id: int) -> int:
    """Answer the open question and hand in; the id of that answer."""
    attempt = get_attempt_for(person.id, attempt_id)
    answers = list_answers(attempt)
    opened = next(answer for answer in answers if answer.type == "open_answer")
    sent = Sent(opened.item_id, "tests", 0, {"answer": ["They were at sea."]})
    outcome = save_answers(attempt, answers, [sent], clock.now())
    assert not outcome.refused, outcome.refused
    hand_in(get_attempt_for(person.id, attempt_id), clock.now())
    found = select(Response.id).where(Response.attempt_id == attempt_id, Response.item_id == opened.item_id)
    return db.session.scalars(found).one()


def _prompt_draft(article: int, version: int) -> PromptDraft:
    words = compose("Say who pays for the bridge, and who uses it.")
    return PromptDraft(article, version, "Was it worth it?", words)


def _comment(person: Person, section: int, place: DiscussionRef) -> int:
    own = select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == section)
    return add_comment(db.session.scalars(own).one(), place, compose(f"{person.name} thinks so."))
