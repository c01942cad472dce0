"""How the students of a class take part in a thread: for staff, who may grant a box or take one away."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core.database import commit
from core.forms import asked
from core.points import format_points, points_in_words
from core.table_files import send_table
from core.web import not_found, redirect_to, require
from discussion import operations, permissions, queries
from discussion.comment_text import stamp
from discussion.operations import Actor, AlreadyRuled, RulingDraft
from discussion.participation import Line, Ruling, Standing
from discussion.participation_forms import RulingForm
from discussion.participation_table import participation_table
from discussion.queries import DiscussionRow

blueprint = Blueprint("participation", __name__)
blueprint.add_app_template_filter(format_points, "points")
blueprint.add_app_template_filter(points_in_words, "points_in_words")
PAGE = 100
RULING = "discussion/ruling.html"


def _thread(delivery_id: int) -> DiscussionRow:
    """Return the thread for its staff."""
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(permissions.is_staff(place), _("This is for the staff of the class."))
    return place


def _around(place: DiscussionRow) -> dict[str, object]:
    return {"place": place, "section": {"id": place.section_id, "name": place.section_name}}


@blueprint.get("/discussions/<int:delivery_id>/participation")
def index(delivery_id: int) -> ResponseReturnValue:
    """Students by what is asked of them."""
    place = _thread(delivery_id)
    ledger = queries.read_class_ledger(place)
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "discussion/participation.html",
        ledger=ledger,
        lines=ledger.lines[(page - 1) * PAGE : page * PAGE],
        page={"number": page, "has_next": len(ledger.lines) > page * PAGE},
        may_arrange=permissions.may_arrange(place),
        **_around(place),
    )


@blueprint.get("/discussions/<int:delivery_id>/participation.<kind>")
def export(delivery_id: int, kind: str) -> ResponseReturnValue:
    """The same as a file."""
    place = _thread(delivery_id)
    return send_table(kind, f"participation-{place.id}", participation_table(queries.read_class_ledger(place)))


@blueprint.get("/discussions/<int:delivery_id>/participation/<int:enrollment_id>")
def student(delivery_id: int, enrollment_id: int) -> ResponseReturnValue:
    """One student: which posts tick which box, and what staff have decided."""
    place = _thread(delivery_id)
    return render_template(
        "discussion/participation_student.html",
        line=_line(place, enrollment_id),
        may_rule=permissions.may_moderate(place),
        **_around(place),
    )


def _line(place: DiscussionRow, enrollment_id: int) -> Line:
    return queries.find_ledger(place, queries.list_requirements(place.id), enrollment_id) or not_found()


@dataclass(frozen=True)
class _Case:
    """What staff decide about: a student's line in the thread's ledger, and how they stand with one requirement."""

    place: DiscussionRow
    line: Line
    standing: Standing


def _found(delivery_id: int, enrollment_id: int, requirement_id: int) -> _Case:
    """Return the thread, the student and how the student stands with the requirement, for who may decide about it."""
    place = _thread(delivery_id)
    require(permissions.may_moderate(place), _("This class is archived. It can be read, not changed."))
    line = _line(place, enrollment_id)
    standing = next((each for each in line.standings if each.requirement.id == requirement_id), None)
    return _Case(place, line, standing or not_found())


@blueprint.route(
    "/discussions/<int:delivery_id>/participation/<int:enrollment_id>/grants/<int:requirement_id>/<int:box>",
    methods=["GET", "POST"],
)
def grant(delivery_id: int, enrollment_id: int, requirement_id: int, box: int) -> ResponseReturnValue:
    """Grant a student a box, with a note that the student reads."""
    form = RulingForm()
    is_valid = form.validate_on_submit()
    case = _found(delivery_id, enrollment_id, requirement_id)
    if not 1 <= box <= case.standing.requirement.count:
        not_found()
    draft = RulingDraft(requirement_id, enrollment_id, form.text("note"), box=box)
    return _decide(form, case, draft) if is_valid else _ask(form, case)


@blueprint.route(
    "/discussions/<int:delivery_id>/participation/<int:enrollment_id>/voids/<int:requirement_id>/<int:comment_id>",
    methods=["GET", "POST"],
)
def void(delivery_id: int, enrollment_id: int, requirement_id: int, comment_id: int) -> ResponseReturnValue:
    """Let a post tick no box, with a note that the student reads."""
    form = RulingForm()
    is_valid = form.validate_on_submit()
    case = _found(delivery_id, enrollment_id, requirement_id)
    if not case.standing.concerns(comment_id):
        not_found()
    draft = RulingDraft(requirement_id, enrollment_id, form.text("note"), comment_id=comment_id)
    return _decide(form, case, draft) if is_valid else _ask(form, case)


def _ask(form: RulingForm, case: _Case) -> ResponseReturnValue:
    """Ask for the note; a comment is named in the address where a post shall tick no box."""
    return asked(RULING, **_asking(form, case))


def _asking(form: RulingForm, case: _Case) -> dict[str, object]:
    comment_id = (request.view_args or {}).get("comment_id")
    shown = {"form": form, "line": case.line, "standing": case.standing, "comment_id": comment_id}
    return {**shown, **_around(case.place)}


def _decide(form: RulingForm, case: _Case, draft: RulingDraft) -> ResponseReturnValue:
    """Write the decision down, in the stead of the one that the person has seen; the same one twice changes nothing."""
    place = case.place
    actor = Actor(current_user.id, place.section_id)
    seen = next((each.id for each in case.standing.rulings if _mark(each) == form.text("instead_of")), None)
    try:
        operations.rule(actor, place.id, draft, instead_of=seen)
    except AlreadyRuled:
        held = _found(place.id, draft.enrollment_id, draft.requirement_id).standing.ruling(draft.box, draft.comment_id)
        if held is not None and held.note != draft.note:
            return _clash(form, case, held)
    commit()
    flash(_("The box is granted.") if draft.box else _("The post no longer counts here."))
    return redirect_to("participation.student", delivery_id=place.id, enrollment_id=draft.enrollment_id)


def _mark(ruling: Ruling) -> str:
    """What tells a decision from another about the same, also from a later one."""
    return f"{ruling.id} {stamp(ruling.at)}"


def _clash(form: RulingForm, case: _Case, held: Ruling) -> ResponseReturnValue:
    """Show both: what somebody of staff has decided meanwhile, and the note that was typed here."""
    form.note.errors = [_("This is decided already. Both notes are here; saving keeps yours.")]
    form.instead_of.data, form.instead_of.raw_data = _mark(held), None
    return render_template(RULING, held=held, **_asking(form, case)), 409


@blueprint.post("/discussions/<int:delivery_id>/participation/<int:enrollment_id>/rulings/<int:ruling_id>/removal")
def take_back(delivery_id: int, enrollment_id: int, ruling_id: int) -> ResponseReturnValue:
    """Let it be as if staff had not decided."""
    place = _thread(delivery_id)
    require(permissions.may_moderate(place), _("This class is archived. It can be read, not changed."))
    line = _line(place, enrollment_id)
    if not any(each.id == ruling_id for standing in line.standings for each in standing.rulings):
        not_found()
    operations.take_back_ruling(Actor(current_user.id, place.section_id), place.id, ruling_id)
    commit()
    flash(_("Taken back."))
    return redirect_to("participation.student", delivery_id=place.id, enrollment_id=enrollment_id)
