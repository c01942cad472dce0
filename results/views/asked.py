"""What every page of results begins with: the reading, the quiz and the attempts that its address asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import AssignmentRow, get_assignment_for
from classroom.queries import list_labels
from core import clock
from core.web import not_found, require
from quizzes.standings import Meant
from results.permissions import may_see_names, may_see_results
from results.queries.classes import DeliveryRow
from results.queries.overview import Asked, load_deliveries
from results.which import DEFAULT, in_address, in_words, which_asked


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


def read_asked(reading: AssignmentRow) -> Asked:
    """Return the quiz, the attempts and the label that the address names; a label that is not the class's is 404.

    Labels and other attempts than the first are for staff: who may see no names could tell one student by comparing the
    figures of two labels, or those of all attempts with those of the first.
    """
    label_id, names = _label_id(), may_see_names(reading)
    which = which_asked(request.args.get("attempts"))
    require(names or (label_id is None and which == DEFAULT), _("This page is for your instructors"))
    labels = tuple(list_labels(reading.section_id)) if names else ()
    meant = Meant(which, label_id)
    asked = Asked(request.args.get("quiz", type=int), meant, labels)
    return asked if label_id is None or asked.label else not_found()


def _label_id() -> int | None:
    return request.args.get("label", type=int)


def get_delivery(reading: AssignmentRow, asked: Asked) -> DeliveryRow:
    """Return the quiz asked for as it is given to the class, or 404."""
    delivery, _here, _others = load_deliveries(current_user.id, reading, asked, clock.now())
    return delivery or not_found()


def which_attempts() -> dict[str, Any]:
    """Every page says which attempts it means (`which_words`); its links keep that and the `label` (both in `kept`)."""
    which = which_asked(request.args.get("attempts"))
    asked = {"attempts": in_address(which), "label": _label_id()}
    kept = urlencode({name: value for name, value in asked.items() if value is not None})
    return {**asked, "which_words": in_words(which), "kept": f"?{kept}" if kept else ""}
