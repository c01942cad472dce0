"""What the instructor thought better of: how two questions are scored, one of them taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core import clock
from demo.data import QuestionPlan, RegradePlan
from demo.questions import draft_of
from demo.sittings import Hall
from quizzes.operations.questions import revise_question
from quizzes.operations.regrades import Decision, regrade_item, undo_regrade
from quizzes.queries.items import list_items


def rescore(hall: Hall, quiz_id: int, plans: Sequence[RegradePlan]) -> None:
    """Take the decisions of one class, in order, after everything was handed in."""
    moment = hall.troupe.calendar.moment
    places = {question.key: at for at, question in enumerate(hall.questions)}
    items = [item.item_id for item in list_items(quiz_id)]
    for plan in plans:
        at = places[plan.question]
        with clock.at(moment(plan.moment)):
            if plan.accepts:
                edited = draft_of(_accepting(hall.questions[at], plan.accepts), hall.text.sentences)
                revise_question(items[at], hall.cast.teacher, edited)
            decision = Decision(plan.policy, plan.why, hall.cast.teacher)
            made = regrade_item(hall.delivery_id, items[at], decision)
        if plan.undone:
            with clock.at(moment(plan.undone)):
                undo_regrade(made, hall.cast.teacher)


def _accepting(plan: QuestionPlan, fractions: Sequence[float]) -> QuestionPlan:
    rows = [{**row, "fraction": share} for row, share in zip(plan.content["accepted"], fractions, strict=True)]
    return replace(plan, content={**plan.content, "accepted": rows})
