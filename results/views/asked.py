"""What every page of results begins with: the reading, the quiz and the attempts that its address asks for."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import AssignmentRow, get_assignment_for
from core import clock
from core.web import not_found, require
from results.permissions import may_see_names, may_see_results
from results.queries.classes import DeliveryRow
from results.queries.overview import Asked, load_deliveries
from results.which import in_address, in_words, which_asked


def get_reading(assignment_id: int) -> AssignmentRow:
    """Return the reading for those who may see how the class did."""
    reading = get_assignment_for(current_user, assignment_id)
    require(may_see_results(reading), _("This page is for your instructors"))
    return reading


def get_named_reading(assignment_id: int) -> AssignmentRow:
    """Return the reading for those who may see who did what."""
    reading = get_reading(assignment_id)
    require(may_see_names(reading), _("This page is for your instructors"))
    return reading


def read_asked() -> Asked:
    """Return the quiz and the attempts that the address names."""
    return Asked(request.args.get("quiz", type=int), which_asked(request.args.get("attempts")))


def read_label() -> int | None:
    """Return the label whose students are meant; the address keeps it."""
    return request.args.get("label", type=int)


def get_delivery(reading: AssignmentRow, asked: Asked) -> DeliveryRow:
    """Return the quiz asked for as it is given to the class, or 404."""
    delivery, _here, _others = load_deliveries(current_user.id, reading, asked, clock.now())
    return delivery or not_found()


def which_attempts() -> dict[str, Any]:
    """Every page says which attempts it means (`which_words`), and its links keep it (`attempts`)."""
    which = read_asked().which
    return {"attempts": in_address(which), "which_words": in_words(which), "label": read_label()}
