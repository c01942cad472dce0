"""The article with its quiz and its prompts, given to the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import source_of_text
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from articles.queries import SentenceRow, list_sentences
from core import clock
from core.database import db
from demo.cast import TERM_BEGAN, Cast, Troupe
from demo.data import PromptPlan, QuestionPlan, ReadingPlan, read_article
from demo.questions import draft_of, ends_of
from discussion.comment_text import compose
from discussion.operations import DeliverySettings, PromptDraft, create_prompt, deliver_prompt
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question


@dataclass(frozen=True)
class Text:
    """The article in the library: the version that everybody reads, and its sentences."""

    article_id: int
    version_id: int
    sentences: Sequence[SentenceRow]


@dataclass(frozen=True)
class Material:
    """What the instructor prepared: the text, the quiz, and the prompts by key in order."""

    text: Text
    quiz_id: int
    prompts: Mapping[str, int]


@dataclass(frozen=True)
class Given:
    """The reading in one class: its quiz's delivery, and its threads by the prompt's key."""

    assignment_id: int
    quiz_delivery_id: int
    threads: Mapping[str, int]


def load_text(owner_id: int) -> Text:
    """Import the article, as the page does."""
    return import_text(owner_id, read_article())


def import_text(owner_id: int, source: str) -> Text:
    """Keep a text in somebody's library, as it was when the term began."""
    with clock.at(clock.now() - TERM_BEGAN):
        article = create_article(owner_id, prepare(source_of_text(source, "markdown")))
    version_id = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article.id)).one()
    return Text(article.id, version_id, list_sentences(version_id))


def load_material(
    owner_id: int, text: Text, quiz: tuple[str, Sequence[QuestionPlan]], prompts: Sequence[PromptPlan]
) -> Material:
    """Write the quiz, publish it, and write the prompts."""
    title, questions = quiz
    with clock.at(clock.now() - TERM_BEGAN):
        quiz_id = create_quiz(owner_id, text.article_id, title).id
        for question in questions:
            add_question(quiz_id, owner_id, draft_of(question, text.sentences))
        publish_quiz(quiz_id)
        made = {plan.key: create_prompt(owner_id, _draft(plan, text)) for plan in prompts}
    return Material(text, quiz_id, made)


def give(cast: Cast, troupe: Troupe, material: Material, plans: tuple[ReadingPlan, Sequence[PromptPlan]]) -> Given:
    """Give the article, the quiz and the prompts to a class, with its dates and rules."""
    reading, prompts = plans
    moment = troupe.calendar.moment
    with clock.at(moment(reading.opens)):
        dates = Dates(moment(reading.opens), moment(reading.due), moment(reading.closes))
        text = material.text
        assignment_id = assign_article(troupe.section_id, text.article_id, text.version_id, dates).id
        delivery = deliver_quiz(material.quiz_id, assignment_id, _rules(reading))
        threads = {
            plan.key: deliver_prompt(
                cast.teacher,
                material.prompts[plan.key],
                assignment_id,
                DeliverySettings(closes_at=dates.closes_at, **plan.rules),
            )
            for plan in prompts
        }
    return Given(assignment_id, delivery.id, threads)


def _rules(reading: ReadingPlan) -> DeliveryRules:
    return DeliveryRules(
        time_limit_seconds=reading.minutes * 60 or None,
        attempts_allowed=reading.attempts_allowed,
        late_credit_percent=reading.late_credit,
        layout=reading.layout,
        delay_seconds=reading.pause_hours * 3600,
        certainty=reading.certainty,
        second_try_percent=reading.second_try or None,
        hides_names=reading.hides_names,
    )


def _draft(plan: PromptPlan, text: Text) -> PromptDraft:
    spans = tuple(ends_of(place, text.sentences) for place in plan.cites)
    return PromptDraft(text.article_id, text.version_id, plan.title, compose(plan.body), spans)
