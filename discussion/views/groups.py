"""Splitting a thread into small groups: for those who arrange the class's discussions."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import randbits

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.web import redirect_to, require
from discussion import operations, permissions, queries
from discussion.group_forms import SIZE, SplitForm, read_moves
from discussion.group_models import MOST_GROUPS
from discussion.groups import FEWEST, deal, groups_for_size
from discussion.operations import Actor, HasGroupPosts, Move, MovedMeanwhile, Split
from discussion.queries import DiscussionRow

blueprint = Blueprint("groups", __name__)
TEMPLATE = "discussion/groups.html"
_WRITTEN = _l("People have written in the groups. Move students one by one; the groups stay.")


def _thread(delivery_id: int) -> DiscussionRow:
    """Return the thread for who may split it."""
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(permissions.may_arrange(place), _("This is for the instructors of the class."))
    return place


def _shown(place: DiscussionRow, form: SplitForm) -> dict[str, object]:
    return {
        "place": place,
        "section": {"id": place.section_id, "name": place.section_name},
        "form": form,
        "groups": queries.list_groups(place.id),
        "members": queries.list_members(place),
        "is_written_in": queries.has_group_posts(place.id),
    }


@blueprint.get("/discussions/<int:delivery_id>/groups")
def index(delivery_id: int) -> ResponseReturnValue:
    """The groups of a thread, with everybody in them."""
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(permissions.is_staff(place), _("This is for the staff of the class."))
    may_arrange = permissions.may_arrange(place)
    return render_template(TEMPLATE, may_arrange=may_arrange, **_shown(place, SplitForm(formdata=None)))


@blueprint.post("/discussions/<int:delivery_id>/groups")
def split(delivery_id: int) -> ResponseReturnValue:
    """Split the class by chance, or anew."""
    form = SplitForm()
    is_valid = form.validate_on_submit()
    place = _thread(delivery_id)
    if not is_valid:
        return refused(TEMPLATE, may_arrange=True, **_shown(place, form))
    students = [member.enrollment_id for member in queries.list_members(place)]
    number, seed = form.number.data or FEWEST, randbits(31)
    count = groups_for_size(len(students), number) if form.way.data == SIZE else number
    lists = deal(students, min(count, MOST_GROUPS), seed)
    try:
        operations.split_thread(Actor(current_user.id, place.section_id), place.id, Split(lists, seed))
    except HasGroupPosts:
        raise Conflict(str(_WRITTEN)) from None
    commit()
    flash(_("The class is split. Students see the posts of their own group."))
    return redirect_to("groups.index", delivery_id=place.id)


@blueprint.post("/discussions/<int:delivery_id>/groups/members")
def move(delivery_id: int) -> ResponseReturnValue:
    """Put students into other groups, those alone that the form changes. What they wrote stays where it is."""
    place = _thread(delivery_id)
    groups = queries.list_groups(place.id)
    chosen = read_moves(request.form, [member.enrollment_id for member in queries.list_members(place)])
    if not all(each.group in groups for each in chosen.values()):
        raise Conflict(_("The class was split anew meanwhile. Look at the groups again; nobody was moved."))
    try:
        if chosen:
            operations.move_students(Actor(current_user.id, place.section_id), place.id, chosen)
    except MovedMeanwhile:
        return _stale(place, chosen)
    commit()
    flash(_("Saved."))
    return redirect_to("groups.index", delivery_id=place.id)


def _stale(place: DiscussionRow, chosen: Mapping[int, Move]) -> ResponseReturnValue:
    """Show the groups as they are, with what was chosen here still chosen, and who is elsewhere than was seen."""
    shown = _shown(place, SplitForm(formdata=None))
    context = {**shown, "may_arrange": True, "chosen": {who: each.group for who, each in chosen.items()}}
    held = {each.enrollment_id: each.group_id for each in queries.list_members(place)}
    elsewhere = {who for who, each in chosen.items() if held.get(who) not in each}
    return render_template(TEMPLATE, elsewhere=elsewhere, **context), 409


@blueprint.post("/discussions/<int:delivery_id>/groups/removal")
def join(delivery_id: int) -> ResponseReturnValue:
    """Make one thread of the groups again, while nobody has written in one."""
    place = _thread(delivery_id)
    try:
        operations.join_groups(Actor(current_user.id, place.section_id), place.id)
    except HasGroupPosts:
        raise Conflict(str(_WRITTEN)) from None
    commit()
    flash(_("The class talks in one thread again."))
    return redirect_to("groups.index", delivery_id=place.id)
