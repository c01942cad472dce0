"""Deciding anew how a question is scored in a class, for its instructors: look first, then do; and take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from classroom.permissions import require_writable
from core.database import commit
from core.errors import Conflict
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow
from quizzes.forms.bank import row_id
from quizzes.forms.regrades import RegradeForm
from quizzes.operations.regrades import (
    AlreadyUndoneError,
    Decision,
    DroppedError,
    NewerRegradeError,
    regrade_item,
    undo_taken_together,
)
from quizzes.queries.asked import AskedAt, find_drawn, list_asked
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.items import ItemRow, list_items
from quizzes.queries.regrades import (
    RegradeRow,
    TaughtDelivery,
    get_regrade,
    list_answers_to,
    list_regrades,
    list_taught_deliveries,
)
from quizzes.queries.uses import list_versions
from quizzes.question_types import TYPES
from quizzes.question_types.draw import DRAW
from quizzes.regrade_previews import POLICY_HINTS, POLICY_WORDS, ClassPreview, policies_for, preview_class
from quizzes.regrading import DROP, grades_differ
from quizzes.views.authoring import Answered

blueprint = Blueprint("regrades", __name__)


@dataclass(frozen=True)
class Asked:
    """A question that is scored: at its item, or at every draw of the quiz (`slots`), any of which may ask it."""

    item: ItemRow
    slots: list[int]
    drawn_id: int | None

    @property
    def address(self) -> dict[str, int | None]:
        """What an address needs to lead here, beside the class."""
        return {"item_id": self.item.item_id, "question": self.drawn_id}


@dataclass(frozen=True)
class Page:
    """What the page shows: the class, the question, the preview in each class taught, earlier decisions."""

    delivery: DeliveryRow
    asked: Asked
    classes: list[ClassPreview]
    decided: list[RegradeRow]
    places: list[AskedAt]

    @property
    def item(self) -> ItemRow:
        """The question as it is now."""
        return self.asked.item

    @property
    def other_quizzes(self) -> list[AskedAt]:
        """Other quizzes that asked the question, once for each class."""
        found = (row for row in self.places if row.quiz_id != self.delivery.quiz_id and not row.archived)
        return list({row.delivery_id: row for row in found}.values())

    @property
    def here(self) -> ClassPreview:
        """The preview in this class."""
        return next(row for row in self.classes if row.place.delivery_id == self.delivery.id)

    @property
    def others(self) -> list[ClassPreview]:
        """The other classes in which somebody has handed in."""
        return [row for row in self.classes if row.place.delivery_id != self.delivery.id and row.answers]

    @property
    def is_dropped(self) -> bool:
        """Whether the question counts for nobody here."""
        return any(row.holds and row.policy == DROP for row in self.decided)

    @property
    def newest(self) -> int | None:
        """The decision that can be taken back: the newest that holds."""
        return next((row.id for row in self.decided if row.holds), None)


@blueprint.route("/deliveries/<int:delivery_id>/questions/<int:item_id>/scoring", methods=["GET", "POST"])
def scoring(delivery_id: int, item_id: int) -> Answered:
    """Show what each way of scoring would do, and do one of them."""
    delivery = _delivery(delivery_id)
    asked = _asked(delivery, item_id)
    item = asked.item
    form = RegradeForm(data={"seen": item.version_id})
    elsewhere = _elsewhere(delivery) if "also" in request.form else []
    form.offer(policies_for(item), [(row.delivery_id, row.section_name) for row in elsewhere])
    if not form.is_submitted():
        return _page(_load(delivery, asked), form)
    require_writable(delivery)
    if not form.validate():
        return _page(_load(delivery, asked), form), 422
    if form.text("seen") != str(item.version_id):
        form.seen.data, form.seen.raw_data = str(item.version_id), None
        return _page(_load(delivery, asked), form, stale=True), 409
    decision = Decision(form.policy.data, form.text("why"), current_user.id, asked.drawn_id)
    try:
        for at, slot in product(sorted({delivery_id, *(form.also.data or ())}), asked.slots):
            regrade_item(at, slot, decision)
    except DroppedError:
        raise Conflict(_("The question is dropped in one of these classes. Take that back there first.")) from None
    commit()
    classes = 1 + len(form.also.data or ())
    flash(ngettext("Scored anew in one class.", "Scored anew in %(num)s classes.", classes))
    return redirect_to("regrades.scoring", delivery_id=delivery_id, **asked.address)


@blueprint.route(
    "/deliveries/<int:delivery_id>/questions/<int:item_id>/scoring/<int:regrade_id>/reversal", methods=["GET", "POST"]
)
def reversal(delivery_id: int, item_id: int, regrade_id: int) -> Answered:
    """Say what taking a decision back does, and do it."""
    delivery = _delivery(delivery_id)
    if not RegradeForm(formdata=None).is_submitted():
        regrade = get_regrade(delivery.id, item_id, regrade_id)
        asked = _asked(delivery, item_id)
        decided = list_regrades(delivery.id, item_id, asked.drawn_id)
        newest = next((row for row in decided if row.holds), None)
        context = {"delivery": delivery, "asked": asked, "item": asked.item, "regrade": regrade, "newest": newest}
        return render_template("quizzes/regrades/reversal.html", policies=POLICY_WORDS, **context)
    require_writable(delivery)
    try:
        undo_taken_together(delivery.id, item_id, regrade_id, current_user.id)
    except NewerRegradeError:
        raise Conflict(_("A newer decision about this question holds. Take that one back first.")) from None
    except AlreadyUndoneError:
        get_regrade(delivery.id, item_id, regrade_id)  # 404 where there never was one
        raise Conflict(_("Somebody has taken this back already.")) from None
    commit()
    flash(_("Taken back. The scores are what they were."))
    question = row_id(request.args.get("question", ""))
    return redirect_to("regrades.scoring", delivery_id=delivery_id, item_id=item_id, question=question)


def after_an_edit(old: ItemRow) -> Response | None:
    """Lead an instructor to the first class where an edit of a question scores an answer differently."""
    places = [row for row in list_asked(current_user.id, old.question_id) if not row.archived]
    if not places:
        return None
    newest = list_versions(old.question_id)[0].content
    deliveries, items = [row.delivery_id for row in places], [row.item_id for row in places]
    answers = list_answers_to(deliveries, items, question_id=old.question_id)
    changed = {
        row.delivery_id for row in answers if grades_differ(replace(row.scored.given, content=old.content), newest)
    }
    place = next((place for place in places if place.delivery_id in changed), None)
    if place is None:
        return None
    flash(_("Saved. It scores some answers differently: decide what becomes of those that were given before."))
    question = old.question_id if place.by_draw else None
    return redirect_to("regrades.scoring", delivery_id=place.delivery_id, item_id=place.item_id, question=question)


def _elsewhere(delivery: DeliveryRow) -> list[TaughtDelivery]:
    """The other classes with the quiz, where somebody has started it."""
    places = list_taught_deliveries(current_user.id, delivery.quiz_id)
    return [row for row in places if row.delivery_id != delivery.id and row.attempts and not row.archived]


def _load(delivery: DeliveryRow, asked: Asked) -> Page:
    places = list_taught_deliveries(current_user.id, delivery.quiz_id)
    open_places = [place for place in places if place.delivery_id == delivery.id or not place.archived]
    rows = list_answers_to([place.delivery_id for place in open_places], asked.slots, question_id=asked.drawn_id)
    classes = [preview_class(asked.item, place, rows) for place in open_places]
    decided = list_regrades(delivery.id, asked.item.item_id, asked.drawn_id)
    return Page(delivery, asked, classes, decided, list_asked(current_user.id, asked.item.question_id))


def _delivery(delivery_id: int) -> DeliveryRow:
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.regrades(delivery.role), _("Only instructors of this class decide how it is scored."))
    return delivery


def _asked(delivery: DeliveryRow, item_id: int) -> Asked:
    """The item's question as it is now; of a draw the one that the address names, if it was drawn in this class."""
    items = list_items(delivery.quiz_id)
    item = next((item for item in items if item.item_id == item_id), None) or not_found()
    if item.type != DRAW:
        return Asked(item, [item_id], None)
    question_id = row_id(request.args.get("question", ""))
    if question_id is None:
        raise Conflict(_("A draw asks many questions. Choose one of them on the results page."))
    drawn = find_drawn(delivery.id, question_id) or not_found()
    return Asked(replace(item, **drawn), [row.item_id for row in items if row.type == DRAW], question_id)


def _page(page: Page, form: RegradeForm, *, stale: bool = False) -> str:
    form.offer(policies_for(page.item), [(row.place.delivery_id, row.place.section_name) for row in page.others])
    kind = TYPES[page.item.type]
    return render_template(
        "quizzes/regrades/scoring.html",
        page=page,
        delivery=page.delivery,
        asked=page.asked,
        item=page.item,
        form=form,
        stale=stale,
        key_lines=[] if kind.needs_person else kind.key_lines(kind.read(page.item.content)),
        policies=POLICY_WORDS,
        hints=POLICY_HINTS,
    )
