"""How sure the class was, for its staff."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core import clock
from quizzes.certainty import LEVEL_WORDS, signed
from quizzes.queries.items import list_items
from results.certainty import advice, class_certainty
from results.queries.certainty import count_certainty
from results.views.asked import get_delivery, get_named_reading, read_asked, which_attempts

blueprint = Blueprint("certainty", __name__)
blueprint.context_processor(which_attempts)


@blueprint.get("/readings/<int:assignment_id>/results/certainty")
def index(assignment_id: int) -> ResponseReturnValue:
    """Certainty by right and wrong, the mean mark, and where many were sure and wrong."""
    reading = get_named_reading(assignment_id)
    asked = read_asked(reading)
    delivery = get_delivery(reading, asked)
    found = class_certainty(count_certainty(delivery.id, clock.now(), asked.meant))
    items = {item.item_id: item for item in list_items(delivery.quiz_id)}
    return render_template(
        "results/certainty.html",
        reading=reading,
        asked=asked,
        delivery=delivery,
        found=found,
        level_words=LEVEL_WORDS,
        mean="" if found.mean is None else signed(found.mean),
        advice=advice(found, {item_id: item.number for item_id, item in items.items()}),
        sure_and_wrong=[(items[item_id], count) for item_id, count in found.sure_and_wrong.items() if item_id in items],
    )
