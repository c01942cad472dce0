"""A discussion that begins with what split the class: a prompt of a question, and groups of people who disagree."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import randbits

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import AssignmentRow
from classroom.permissions import is_writable, teaches
from core import clock
from core.database import commit
from core.errors import Conflict
from core.web import not_found, redirect_to, require
from discussion.operations import Actor, HasGroupPosts, NotInClass, Split, split_thread
from discussion.queries import DiscussionRow, count_groups, list_discussions_for, owns_article
from results.divided import ENOUGH, Division, most_divided_first, opposing_groups
from results.queries.choices import is_open_for_some, list_choices, read_questions
from results.queries.classes import DeliveryRow
from results.queries.overview import Asked, load_deliveries
from results.queries.seeded import list_seeded_threads
from results.seeded_prompt import title_of
from results.seeding_forms import OppositionForm, SeedForm
from results.seeding_operations import AlreadySeeded, seed_division
from results.views.asked import get_named_reading, which_attempts

blueprint = Blueprint("seeding", __name__)
blueprint.context_processor(which_attempts)
TEMPLATE = "results/seeding.html"


@dataclass(frozen=True)
class _Room:
    """What the page works with: the quiz's questions that split the class, and the discussions of the reading.

    `seeded`: the thread that was made of each question already, by item. `is_open`: whether somebody can still answer.
    """

    reading: AssignmentRow
    delivery: DeliveryRow
    divisions: list[Division]
    threads: list[DiscussionRow]
    seeded: dict[int, int]
    is_open: bool

    def find(self, item_id: int | None) -> Division | None:
        """The division of one of the questions; None where the question did not split the class."""
        return next((each for each in self.divisions if each.question.item.item_id == item_id), None)

    def offer(self, form: OppositionForm) -> OppositionForm:
        """Let the form choose among them."""
        form.offer(((each.question.item.item_id, title_of(each)) for each in self.divisions), self.threads)
        return form


def _room(assignment_id: int) -> _Room | None:
    reading, now = get_named_reading(assignment_id), clock.now()
    asked = Asked(request.args.get("quiz", type=int))
    delivery, _here, _others = load_deliveries(current_user.id, reading, asked, now)
    if delivery is None:
        return None
    questions, is_open = read_questions(reading, delivery, now), is_open_for_some(delivery.id, now)
    threads = list_discussions_for(current_user.id, assignment_id)
    seeded = list_seeded_threads(delivery.id)
    return _Room(reading, delivery, most_divided_first(questions), threads, seeded, is_open)


def _page(room: _Room, seed: SeedForm, opposition: OppositionForm) -> str:
    return render_template(
        TEMPLATE,
        reading=room.reading,
        delivery=room.delivery,
        room=room,
        seed=seed,
        opposition=opposition,
        enough=ENOUGH,
        may_write=_may_write(room.reading),
        may_split=teaches(room.reading) and is_writable(room.reading),
    )


def _may_write(reading: AssignmentRow) -> bool:
    return teaches(reading) and is_writable(reading) and owns_article(current_user.id, reading.article_id)


@blueprint.get("/readings/<int:assignment_id>/results/discussion")
def index(assignment_id: int) -> ResponseReturnValue:
    """The questions that split the class, most divided first, and what can be made of them."""
    room = _room(assignment_id)
    if room is None:
        return render_template("results/none.html", reading=get_named_reading(assignment_id))
    return _page(room, SeedForm(formdata=None), room.offer(OppositionForm(formdata=None)))


@blueprint.post("/readings/<int:assignment_id>/results/discussion")
def create(assignment_id: int) -> ResponseReturnValue:
    """Make a prompt of a question, with the split and the passage, and give it to the class."""
    room = _room(assignment_id) or not_found()
    require(_may_write(room.reading), _("Prompts are written by the instructor whose article it is."))
    form = SeedForm()
    form.is_open = room.is_open
    division = room.find(form.item.data)
    if division is None or not form.validate_on_submit():
        return _page(room, form, room.offer(OppositionForm(formdata=None))), 422
    try:
        thread_id = seed_division(current_user.id, room.reading, room.delivery.id, division)
    except AlreadySeeded:
        made = list_seeded_threads(room.delivery.id).get(division.question.item.item_id)
        if made is None:
            raise Conflict(_("The question or its discussion was changed at the same moment. Try again.")) from None
        flash(_("The class discusses this question already. Here it is."))
        return redirect_to("comments.thread", delivery_id=made)
    commit()
    flash(_("The class can discuss this now. Everybody posts once before seeing the others' posts."))
    return redirect_to("comments.thread", delivery_id=thread_id)


@blueprint.post("/readings/<int:assignment_id>/results/groups")
def mix(assignment_id: int) -> ResponseReturnValue:
    """Split a discussion into groups of students who answered a question differently."""
    room = _room(assignment_id) or not_found()
    require(teaches(room.reading) and is_writable(room.reading), _("This is for the instructors of the class."))
    form = room.offer(OppositionForm())
    form.held = count_groups(form.thread.data) if form.thread.data else (0, 0)
    if not form.validate_on_submit():
        return _page(room, SeedForm(formdata=None), form), 422
    answers = list_choices(room.delivery.id, form.item.data, clock.now())
    seed = randbits(31)
    lists = opposing_groups(answers, room.delivery.students, form.size.data or 1, seed)
    try:
        split_thread(Actor(current_user.id, room.reading.section_id), form.thread.data, Split(lists, seed))
    except HasGroupPosts:
        raise Conflict(_("People have written in the groups of this discussion: they stay as they are.")) from None
    except NotInClass:
        raise Conflict(_("Somebody has left the class meanwhile. Mix the groups again.")) from None
    commit()
    flash(_("The class is split. In each group are students who answered differently."))
    return redirect(url_for("groups.index", delivery_id=form.thread.data), 303)
