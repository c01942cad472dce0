"""The page of who needs the instructor, shown by several views: as asked for, or with a form that was refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from classroom.queries import StaffedClass, list_staffed_classes
from core import clock
from core.forms import Form
from core.web import not_found, require
from results.extensions import extensions
from results.need_words import KIND_WORDS, LEVEL_WORDS, why
from results.needs import KINDS, Facts, Key, Need, Row, in_rows, queue, split
from results.queries.needs import list_facts, list_put_aside
from results.queries.not_started import MOST

PAGE = 25
MOST_TOGETHER = 200  # needs in one row
_ID = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True)
class Refused:
    """What could not be done in a row: by which need it goes, what it was, and the form as it was filled in.

    Where the row is not there any more its words stand above the queue; `again`: an address where they still serve.
    """

    key: Key
    action: str
    form: Form
    again: str = ""

    def is_of(self, row: Row) -> bool:
        """Whether this row is the one, and there is still the same to do about it."""
        return self.key in row.keys and self.action == row.first.action


def needs_page(refused: Refused | None = None) -> str:
    """The queue, most urgent first; with a form that was refused open in its row."""
    classes = list_staffed_classes(current_user.id)
    require(bool(classes) or current_user.is_instructor, _("This page is for your instructors."))
    chosen, now = _filters(classes), clock.now()
    wanted = [one.id for one in classes if chosen["class"] in (None, one.id)]
    aside = list_put_aside(current_user.id)
    facts = list_facts(current_user.id, wanted, now)
    waiting, dismissed = split(queue(facts, now), aside)
    listed = in_rows(dismissed if chosen["show"] else waiting)
    rows = [row for row in listed if chosen["kind"] in (None, row.first.key.kind)]
    opened = next((at for at, row in enumerate(rows) if refused and refused.is_of(row)), None)
    number = max(1, request.values.get("page", 1, type=int)) if opened is None else opened // PAGE + 1
    last = numbers(request.args.get("aside", ""))
    return render_template(
        "results/needs.html",
        rows=rows[(number - 1) * PAGE : number * PAGE],
        total=len(in_rows(waiting)),
        counts={kind: sum(row.first.key.kind == kind for row in listed) for kind in KINDS},
        cut=_cut(facts),
        most=MOST,
        dismissed=in_rows(dismissed),
        aside=aside,
        just=[need for need in dismissed if aside[need.key].id in last],
        page={"number": number, "has_next": len(rows) > number * PAGE},
        refused=refused,
        form=refused.form if refused else None,
        opened=None if opened is None else rows[opened],
        **_around(classes, chosen),
    )


def _cut(facts: Sequence[Facts]) -> set[str]:
    """The kinds of which there may be more than were read: their counts are not the whole."""
    return {kind for kind in KINDS if sum(each.key.kind == kind for each in facts) >= MOST}


def numbers(text: str) -> list[int]:
    """The ids in a text such as "7,12"; nothing else."""
    return [int(each) for each in text.split(",") if _ID.fullmatch(each)][:MOST_TOGETHER]


def _around(classes: Sequence[StaffedClass], chosen: dict[str, Any]) -> dict[str, Any]:
    places = {one.id: one for one in classes}
    return {
        "classes": classes,
        "places": places,
        "extensions": lambda need: extensions(need.about.due_at, clock.now(), places[need.section_id].zone),
        "why": lambda need: why(need, places[need.section_id].zone, clock.now()),
        "chosen": chosen,
        "kind_words": KIND_WORDS,
        "level_words": LEVEL_WORDS,
    }


def _filters(classes: Sequence[StaffedClass]) -> dict[str, Any]:
    """What the address asks for; 404 for another class."""
    section = request.values.get("class", type=int)
    if section is not None and section not in {one.id for one in classes}:
        not_found()
    kind = request.values.get("kind")
    return {
        "class": section,
        "kind": kind if kind in KINDS else None,
        "show": "aside" if request.values.get("show") == "aside" else None,
    }


def list_row(section_id: int, key: Key) -> list[Need]:
    """The needs of the row in which this one stands, what was put aside already left out; none where it is gone."""
    now = clock.now()
    every = queue(list_facts(current_user.id, [section_id], now, {key.kind}), now)
    waiting, _dismissed = split(every, list_put_aside(current_user.id))
    held = (row for rows in (in_rows(waiting), in_rows(every)) for row in rows)
    return list(next((row.needs for row in held if key in row.keys), ()))


def address() -> dict[str, str]:
    """The filters that the form's page had."""
    return {name: request.form[name] for name in ("class", "kind", "show") if request.form.get(name)}
