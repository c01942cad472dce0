"""Passages and notes of a reading taken along as Web Annotations, and notes brought in from others' tools."""

from __future__ import annotations

import json
import re

from flask import Blueprint, Response, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from articles.annotations import Written, as_collection
from articles.spans import UnknownSentence
from core.database import commit, give_up
from core.errors import Conflict
from core.forms import refused
from core.web import redirect_to, require
from discussion.margins import Margin, meant
from discussion.operations.imported_notes import add_notes
from discussion.operations.notes import NewNote
from discussion.permissions import WRITERS
from discussion.queries import get_margin_for
from reading.annotation_forms import AnnotationsForm
from reading.incoming import NEW, WRONG, Incoming, incoming_of
from reading.queries.annotations import list_material, list_own_places, list_written, text_of

blueprint = Blueprint("annotations", __name__)
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def _may_bring(margin: Margin) -> bool:
    return margin.role in WRITERS and not margin.archived


def _page(margin: Margin, form: AnnotationsForm) -> dict[str, object]:
    section = {"id": margin.section_id, "name": margin.section_name}
    return {"place": margin, "section": section, "form": form, "may_bring": _may_bring(margin)}


@blueprint.get("/readings/<int:assignment_id>/annotations")
def index(assignment_id: int) -> ResponseReturnValue:
    """Say what can be taken along, and ask for what is to come in."""
    margin = get_margin_for(current_user.id, assignment_id)
    return render_template("reading/annotations.html", **_page(margin, AnnotationsForm(formdata=None)))


@blueprint.get("/readings/<int:assignment_id>/annotations.jsonld")
def download(assignment_id: int) -> ResponseReturnValue:
    """Send one's own notes and quotations; staff: those of the class, or the passages of questions and prompts."""
    margin = get_margin_for(current_user.id, assignment_id)
    what = request.args.get("of", "mine")
    require(what == "mine" or margin.is_staff)
    root = current_app.config["COLLOQUY_PUBLIC_URL"] or request.url_root.rstrip("/")
    written = _written(margin, what, root)
    address = f"{root}/readings/{margin.assignment_id}"
    made = as_collection(written, address, f"{address}/annotations.jsonld?of={what}", margin.article_title)
    answer = Response(json.dumps(made, ensure_ascii=False, indent=1), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename={_filename(margin, what)}"
    return answer


def _written(margin: Margin, what: str, root: str) -> list[Written]:
    if what == "material":
        return list_material(margin, root)
    return list_written(margin, root, mine=what != "class")


def _filename(margin: Margin, what: str) -> str:
    title = re.sub(r"[^a-z0-9]+", "-", margin.article_title.lower().encode("ascii", "ignore").decode()).strip("-")
    return f"{title[:60] or 'reading'}-{what if what in ('class', 'material') else 'mine'}.jsonld"


def _incoming(margin: Margin, form: AnnotationsForm) -> list[Incoming] | None:
    text, own = text_of(margin), list_own_places(margin)
    give_up()  # what follows takes its time, and nobody has to wait for it
    found = form.read()
    return None if found is None else incoming_of(found, text, own)


@blueprint.post("/readings/<int:assignment_id>/annotations/preview")
def preview(assignment_id: int) -> ResponseReturnValue:
    """Show what would become of each annotation; nothing is written."""
    margin = get_margin_for(current_user.id, assignment_id)
    require(_may_bring(margin))
    form = AnnotationsForm()
    rows = _incoming(margin, form)
    if rows is None:
        return refused("reading/annotations.html", **_page(margin, form))
    return render_template("reading/annotations_preview.html", rows=rows, **_page(margin, form))


@blueprint.post("/readings/<int:assignment_id>/annotations")
def create(assignment_id: int) -> ResponseReturnValue:
    """Bring the annotations in as notes: all of them, or none."""
    margin = get_margin_for(current_user.id, assignment_id)
    require(_may_bring(margin))
    form = AnnotationsForm()
    rows = _incoming(margin, form)
    if rows is None:
        return refused("reading/annotations.html", **_page(margin, form))
    if any(row.state == WRONG for row in rows) and not form.leave_out.data:
        form.leave_out.errors = [_("Some cannot come in. Tick this to bring in the others, or put them right first.")]
        return refused("reading/annotations_preview.html", rows=rows, **_page(margin, form))
    choice = (form.choice.data or "self") if margin.is_staff else "self"
    what = meant(choice, margin.role)
    new = [NewNote(row.text, row.ends, what) for row in rows if row.state == NEW and row.text and row.ends]
    try:
        add_notes(margin, new)
    except UnknownSentence:
        raise Conflict(_("The text was edited meanwhile. Bring the annotations in again.")) from None
    commit()
    flash(ngettext("%(num)d note has come into the margin.", "%(num)d notes have come into the margin.", len(new)))
    return redirect_to("reading.article", assignment_id=margin.assignment_id)
