"""Reading and grading answers by hand, for the staff of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from classroom.permissions import require_writable
from core.database import commit
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow
from quizzes.forms.grading import GradeForm
from quizzes.operations.attempts import close_attempt
from quizzes.operations.grading import HandGrade, StaleGradeError, grade_response
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import (
    BY_HAND,
    AnswerLine,
    GradedAnswer,
    ItemCounts,
    count_answers,
    find_unclosed_attempt,
    get_answer,
    list_answers,
)
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES
from quizzes.views.authoring import Answered

blueprint = Blueprint("grading", __name__)


@dataclass(frozen=True)
class Pile:
    """All answers to one question, and the one that lies on top."""

    delivery: DeliveryRow
    item_id: int
    lines: Sequence[AnswerLine]
    shown: GradedAnswer

    @property
    def place(self) -> int:
        """The place of the answer shown, from 0; behind all others if the list was too long to hold it."""
        places = (at for at, line in enumerate(self.lines) if line.id == self.shown.id)
        return next(places, len(self.lines))

    @property
    def waiting(self) -> int:
        """How many answers wait."""
        return sum(line.waits for line in self.lines)

    @property
    def before(self) -> int | None:
        """The answer before the one shown."""
        return self.lines[self.place - 1].id if self.place else None

    @property
    def after(self) -> int | None:
        """The answer after the one shown."""
        return self.lines[self.place + 1].id if self.place + 1 < len(self.lines) else None

    @property
    def next_waiting(self) -> int | None:
        """The next other answer that waits, around the end if need be."""
        others = [*self.lines[self.place + 1 :], *self.lines[: self.place]]
        return next((line.id for line in others if line.waits), None)


@blueprint.get("/deliveries/<int:delivery_id>/grading")
def index(delivery_id: int) -> str:
    """Show the questions that a person grades, and how many answers wait."""
    delivery = _delivery(delivery_id)
    counts = count_answers(delivery.id)
    items = [item for item in list_items(delivery.quiz_id) if item.type in BY_HAND]
    rows = [(item, counts.get(item.item_id, ItemCounts(0, 0))) for item in items]
    waiting = sum(count.waiting for _item, count in rows)
    return render_template("quizzes/grading/index.html", delivery=delivery, rows=rows, waiting=waiting)


@blueprint.route("/deliveries/<int:delivery_id>/grading/<int:item_id>", methods=["GET", "POST"])
def answer(delivery_id: int, item_id: int) -> Answered:
    """Show one answer and grade it: the one asked for, else the first that waits."""
    delivery = _delivery(delivery_id)
    lines = list_answers(delivery.id, item_id)
    shown = get_answer(delivery.id, item_id, _wanted(lines))
    pile = Pile(delivery, item_id, lines, shown)
    form = GradeForm(data={"points": shown.points, "comment": shown.comment, "revision": shown.revision})
    form.most = shown.most
    if not form.is_submitted():
        return _page(pile, form)
    require_writable(delivery)
    if not form.validate():
        return _page(pile, form), 422
    _close_if_past_its_end(shown.id)
    try:
        grade_response(shown.id, HandGrade(current_user.id, form.points.data, form.text("comment"), _revision(form)))
    except StaleGradeError:
        return _stale(pile, form)
    commit()
    return _next(pile)


def _delivery(delivery_id: int) -> DeliveryRow:
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.grades(delivery.role), _("This page is for your instructors."))
    return delivery


def _wanted(lines: Sequence[AnswerLine]) -> int:
    """The answer that the address names, else the first that waits, else the first."""
    asked = request.args.get("response", type=int)
    if asked is not None:
        return asked
    waiting = next((line.id for line in lines if line.waits), None)
    return waiting or (lines[0].id if lines else not_found())


def _page(pile: Pile, form: GradeForm, *, stale: bool = False) -> str:
    kind = TYPES[pile.shown.type]
    content = kind.read(pile.shown.content)
    return render_template(
        "quizzes/grading/answer.html",
        delivery=pile.delivery,
        item_id=pile.item_id,
        shown=pile.shown,
        pile=pile,
        form=form,
        content=content,
        lines=kind.answer_lines(content, pile.shown.answer),
        stale=stale,
    )


def _revision(form: GradeForm) -> int:
    text = form.text("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _close_if_past_its_end(response_id: int) -> None:
    """An attempt that nobody closed counts as handed in at its end: say so before its score changes."""
    unclosed = find_unclosed_attempt(response_id)
    if unclosed:
        close_attempt(*unclosed)


def _stale(pile: Pile, form: GradeForm) -> Answered:
    """Show the grade that was given meanwhile beside the one that was about to be saved."""
    form.revision.raw_data = None
    form.revision.data = str(pile.shown.revision)
    return _page(pile, form, stale=True), 409


def _next(pile: Pile) -> Response:
    """Go on to the next answer that waits, those after this one first; at the end, to the list."""
    if pile.next_waiting is None:
        flash(_("Every answer to this question is graded."))
        return redirect_to("grading.index", delivery_id=pile.delivery.id)
    flash(_("Saved."))
    return redirect_to("grading.answer", delivery_id=pile.delivery.id, item_id=pile.item_id, response=pile.next_waiting)
