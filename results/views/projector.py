"""What a teacher puts on the screen in class: maps, questions with their split, two comments. No names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from articles.queries import AssignmentRow, sentences_of
from classroom.permissions import require_writable
from core import clock
from core.database import commit
from core.web import redirect_to
from discussion.operations import choose_for_projector
from discussion.projected_models import MOST_PROJECTED
from discussion.queries import list_projected
from discussion.references import fill
from quizzes.queries.items import list_items
from quizzes.standings import Meant
from results import map_words
from results.maps import map_rows
from results.overview import FEW
from results.projector import COMMENTS, place_of, split_of, steps_of
from results.queries.overview import Asked, load_deliveries
from results.queries.projector import Screen, read_posts, read_slide
from results.views.asked import get_named_reading
from results.which import in_address, which_asked

blueprint = Blueprint("projector", __name__)
CHOICE = "results/projector_comments.html"


def _kept(reading: AssignmentRow) -> dict[str, object]:
    """What every link of the projector carries on."""
    which = in_address(which_asked(request.args.get("attempts")))
    quiz = request.args.get("quiz", type=int)
    return {"assignment_id": reading.id, "quiz": quiz, "attempts": which}


@blueprint.get("/readings/<int:assignment_id>/results/projector")
def show(assignment_id: int) -> ResponseReturnValue:
    """One thing at a time, large and without names."""
    reading = get_named_reading(assignment_id)
    asked = Asked(request.args.get("quiz", type=int), Meant(which_asked(request.args.get("attempts"))))
    delivery, _here, _others = load_deliveries(current_user.id, reading, asked, clock.now())
    if delivery is None:
        return render_template("results/none.html", reading=reading)
    steps = steps_of(list_items(delivery.quiz_id))
    place = place_of(steps, request.args.get("show"), request.args.get("stage", 0, type=int))
    slide = read_slide(Screen(current_user.id, reading, asked, delivery), place, clock.now())
    return render_template(
        "results/projector.html",
        reading=reading,
        delivery=delivery,
        steps=steps,
        place=place,
        slide=slide,
        rows=map_rows(slide.map.layer, slide.map.blocks) if slide.map else [],
        sentence=map_words.in_a_sentence(slide.map.layer, {s.id: s for s in sentences_of(slide.map.blocks)})
        if slide.map
        else "",
        split=split_of(slide.question, place.stage) if slide.question else None,
        few=FEW,
        words=map_words,
        locale=str(get_locale()),
        kept=_kept(reading),
        with_chips=_with_chips(reading),
    )


@blueprint.get("/readings/<int:assignment_id>/results/projector/comments")
def choose(assignment_id: int) -> ResponseReturnValue:
    """Choose the two comments to show."""
    reading = get_named_reading(assignment_id)
    return render_template(CHOICE, **_choice(reading, list_projected(reading.id)))


@blueprint.post("/readings/<int:assignment_id>/results/projector/comments")
def keep(assignment_id: int) -> ResponseReturnValue:
    """Have the chosen comments on the projector and no others."""
    reading = get_named_reading(assignment_id)
    require_writable(reading)
    chosen = list(dict.fromkeys(request.form.getlist("comment", type=int)))
    if len(chosen) > MOST_PROJECTED:
        return render_template(CHOICE, are_too_many=True, **_choice(reading, chosen)), 422
    choose_for_projector(reading.id, chosen)
    commit()
    return redirect_to("projector.show", show=COMMENTS, **_kept(reading))


def _choice(reading: AssignmentRow, chosen: Sequence[int]) -> dict[str, object]:
    posts = read_posts(reading)
    missing = set(chosen) - {post.row.id for post in posts}  # older than the list goes back
    return {
        "reading": reading,
        "posts": [*(read_posts(reading, sorted(missing)) if missing else ()), *posts],
        "chosen": chosen,
        "kept": _kept(reading),
        "with_chips": _with_chips(reading),
    }


def _with_chips(reading: AssignmentRow) -> partial[str]:
    return partial(fill, reading_url=url_for("reading.article", assignment_id=reading.id))
