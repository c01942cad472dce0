"""The article as a map of what the class made of it, for those who teach it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from articles.queries import sentences_of
from core import clock
from results import map_words
from results.maps import map_rows, sentence_table
from results.permissions import may_see_names
from results.queries.maps import MapAsked, layers_for, read_map
from results.views.asked import get_reading, read_asked, which_attempts

blueprint = Blueprint("maps", __name__)
blueprint.context_processor(which_attempts)


@blueprint.get("/readings/<int:assignment_id>/results/map")
def index(assignment_id: int) -> ResponseReturnValue:
    """One layer over the article: points lost, evidence cited, confusion, or open questions."""
    reading = get_reading(assignment_id)
    asked, layers = read_asked(reading), layers_for(reading)
    item, option = request.args.get("item", type=int), request.args.get("option")
    wanted = MapAsked(asked, request.args.get("layer", ""), item, option).within(layers)
    found = read_map(current_user.id, reading, wanted, clock.now())
    if found is None:
        return render_template("results/none.html", reading=reading)
    sentences = {sentence.id: sentence for sentence in sentences_of(found.blocks)}
    return render_template(
        "results/map.html",
        reading=reading,
        asked=asked,
        delivery=found.delivery,
        map=found,
        layers=layers,
        words=map_words,
        names=may_see_names(reading),
        locale=str(get_locale()),
        rows=map_rows(found.layer, found.blocks),
        sentences=sentence_table(found.layer, found.blocks),
        in_a_sentence=map_words.in_a_sentence(found.layer, sentences),
    )
