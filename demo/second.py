"""A second quiz in one class: some of its questions drawn from a tag, one lent by a co-instructor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from core import clock
from core.database import db
from core.points import parse_points
from demo.cast import Cast, Troupe
from demo.data import LentPlan, SecondPlan
from demo.questions import draft_of
from demo.readings import Given, Text, import_text
from demo.sittings import Hall, load_attempts
from quizzes.deliveries import DeliveryRules
from quizzes.models import Item
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.draws import add_draws
from quizzes.operations.placements import place_questions
from quizzes.operations.questions import add_question
from quizzes.operations.regrades import Decision, regrade_item
from quizzes.operations.shares import ask_for_bank, grant_bank
from quizzes.queries.items import list_items
from quizzes.question_types.draw import DRAW
from quizzes.questions import QuestionWords


def load_second(plan: SecondPlan, cast: Cast, place: tuple[Troupe, Given], text: Text) -> None:
    """Write the quiz, give it to the class, and let its students sit it."""
    troupe, given = place
    moment = troupe.calendar.moment(plan.given)
    lent = _lend(plan.lent, cast, moment)
    with clock.at(moment):
        kept = _keep(plan, cast.teacher, text)
        quiz_id = _write(plan, cast.teacher, text)
        place_questions(cast.teacher, quiz_id, lent[:1])
        publish_quiz(quiz_id)
        delivery = deliver_quiz(quiz_id, given.assignment_id, DeliveryRules(**plan.rules))
    asked = (*plan.questions, *plan.spare, *plan.lent.questions)
    load_attempts(Hall(cast, troupe, delivery.id, text, asked, plan.answers), plan.attempts)
    with clock.at(troupe.calendar.moment(plan.regrade.moment)):
        decision = Decision(plan.regrade.policy, plan.regrade.why, cast.teacher, kept[plan.regrade.question])
        for item in list_items(quiz_id):
            if item.type == DRAW:
                regrade_item(delivery.id, item.item_id, decision)


def _keep(plan: SecondPlan, author: int, text: Text) -> dict[str, int]:
    """Put what is drawn from into a draft that no class has; the questions by their keys in the plan."""
    store = create_quiz(author, text.article_id, plan.store).id
    return {row.key: add_question(store, author, draft_of(row, text.sentences)).question_id for row in plan.spare}


def _write(plan: SecondPlan, author: int, text: Text) -> int:
    quiz_id = create_quiz(author, text.article_id, plan.title).id
    for question in plan.questions:
        add_question(quiz_id, author, draft_of(question, text.sentences))
    words = QuestionWords.of(f"A question drawn from “{plan.tag}”")
    add_draws(quiz_id, author, plan.tag, (plan.many, parse_points(plan.points), words))
    return quiz_id


def _lend(plan: LentPlan, cast: Cast, moment: datetime) -> list[int]:
    """Let the co-instructor share questions on a text of their own, and ask for the teacher's; ids of the former."""
    owner = cast.users[plan.owner]
    text = import_text(owner, plan.text)
    with clock.at(moment):
        quiz_id = create_quiz(owner, text.article_id, plan.title).id
        for question in plan.questions:
            add_question(quiz_id, owner, draft_of(question, text.sentences))
        ask_for_bank(cast.teacher, owner)
        grant_bank(owner, cast.teacher)
        ask_for_bank(owner, cast.teacher)
        held = select(Item.question_id).where(Item.quiz_id == quiz_id).order_by(Item.position, Item.id)
        return list(db.session.scalars(held))
