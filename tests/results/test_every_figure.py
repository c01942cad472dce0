"""Over generated classes every page of results says what plain Python finds in the raw rows."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask

from tests.support.generated.life import live
from tests.support.generated.school import Reading
from tests.support.moments import Clock
from tests.support.people import People
from tests.support.recomputed.advice import expected_advice, told_advice
from tests.support.recomputed.answers import expected_words, told_words
from tests.support.recomputed.glance import expected_glance, told_glance
from tests.support.recomputed.grades_looked_at import look_at_cells, look_at_gradebook, look_at_own
from tests.support.recomputed.looking import Looking
from tests.support.recomputed.map_pages import expected_map, told_map
from tests.support.recomputed.maps import cited, confused, lost_by, open_notes, pointing, waiting
from tests.support.recomputed.needs import Needs, expected_queue, told_queue
from tests.support.recomputed.others import (
    expected_beside,
    expected_certainty,
    expected_divided,
    expected_over_time,
    told_beside,
    told_certainty,
    told_divided,
    told_over_time,
)
from tests.support.recomputed.pages import COMPARED
from tests.support.recomputed.projector import (
    STEPS,
    expected_slide_map,
    expected_split,
    told_slide_map,
    told_split,
)
from tests.support.recomputed.responses import expected_response, some_answers, told_response
from tests.support.recomputed.statistics import Analysed
from tests.support.recomputed.statistics_page import expected_file, expected_page, told_file, told_page
from tests.support.recomputed.students import (
    expected_csv,
    expected_matrix,
    expected_table,
    expected_work,
    told_csv,
    told_matrix,
    told_table,
    told_work,
)
from tests.support.recomputed.talks import expected_taking_part, expected_talk, told_taking_part, told_talk

FIRST = int(os.environ.get("FIRST_CLASS", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("GENERATED_CLASSES", "6")))
RULES = ("first", "last", "best", "all")
STATES = ("handed_in", "late", "waiting", "started", "not_started", "missing")
LABEL = 1


def look_at_class(looking: Looking, reading: Reading, delivery: int, asked: tuple[str, int | None]) -> None:
    """The pages about a quiz that count attempts by one rule, of everybody or of a label."""
    which, label = asked
    sat, here, where = looking.sat[delivery], f"/readings/{reading.assignment}/results", (delivery, asked)
    query = f"?quiz={delivery}&attempts={which}&label={label or ''}"
    page = looking.page(here + query)
    looking.same(expected_glance(sat, which, label), told_glance(page), where)
    looking.same(expected_words(sat, which, label), told_words(page), where)
    if delivery % 2:
        part = looking.page(here + query, {"X-Fragment": "1"})
        looking.same(expected_glance(sat, which, label), told_glance(part), (*where, "live"))
    looking.same(expected_table(sat, which, label), told_table(page), where)
    expected = expected_matrix(sat, which, label)
    pages = range(1, len(expected) // 50 + 2)
    rows = [row for at in pages for row in told_matrix(looking.page(f"{here}/matrix{query}&page={at}"))]
    looking.same(expected, rows, where)
    looking.same(expected_csv(sat, which, label), told_csv(looking.file(f"{here}.csv{query}")), where)
    analysed = Analysed(sat, which, label)
    looking.same(expected_file(analysed), told_file(looking.file(f"{here}/statistics.csv{query}")), where)
    statistics = looking.page(f"{here}/statistics{query}")
    looking.same(expected_page(analysed), told_page(statistics), where)
    looking.same(expected_advice(analysed), told_advice(statistics), (*where, "advice"))
    state = STATES[(delivery + RULES.index(which)) % len(STATES)]
    listed = told_table(looking.page(f"{here}/students{query}&state={state}"))
    looking.same(expected_table(sat, which, label, state), listed, (*where, state))


def look_at_maps(looking: Looking, reading: Reading, delivery: int, asked: tuple[str, int | None]) -> None:
    """Every layer over the article; of the evidence, also that of each question and beside one answer to it."""
    which, label = asked
    sat, where = looking.sat[delivery], (delivery, asked)
    here = f"/readings/{reading.assignment}/results/map?quiz={delivery}&attempts={which}&label={label or ''}&layer="
    if sat.done_by_five(which, label):
        lost = expected_map(lost_by(sat, which, label))
        looking.same(lost, told_map(looking.page(f"{here}missed")), (*where, "missed"))

    def look(item: int | None, option: str, address: str) -> None:
        if item is None or pointing(sat, which, label, item, None):
            expected = expected_map(cited(sat, pointing(sat, which, label, item, option or None)))
            looking.same(expected, told_map(looking.page(f"{here}evidence{address}")), (*where, item, option))

    look(None, "", "")
    for item in sat.items:
        look(item.id, "", f"&item={item.id}")
        if item.id % 2 and "evidence" in sat.newest[item.id].content:
            option = "true" if sat.kind(item.id) == "true_false" else "k1"
            look(item.id, option, f"&item={item.id}&option={option}")


def look_at_others(looking: Looking, reading: Reading, delivery: int, asked: tuple[str, int | None]) -> None:
    """Certainty, and two classes side by side."""
    which, label = asked
    sat, here, where = looking.sat[delivery], f"/readings/{reading.assignment}/results", (delivery, asked)
    query = f"?quiz={delivery}&attempts={which}&label={label or ''}"
    page = looking.page(f"{here}/certainty{query}")
    looking.same(expected_certainty(sat, which, label), told_certainty(page), (*where, "certainty"))
    others = [each for each in looking.sat.values() if each.delivery.quiz_id == sat.delivery.quiz_id]
    others = [each for each in others if each.section != sat.section]
    if others and label is None:
        looking.same(expected_beside(sat, others[0], which), told_beside(looking.page(here + query)), where)


def look_at_projector(looking: Looking, reading: Reading, delivery: int, asked: tuple[str, int | None]) -> None:
    """Each step of the projector, at one of the three stages of a question."""
    sat, which = looking.sat[delivery], asked[0]
    here = f"/readings/{reading.assignment}/results/projector?quiz={delivery}&attempts={which}&show="
    for step in STEPS:
        told = told_slide_map(looking.page(f"{here}{step}"))
        looking.same(expected_slide_map(sat, which, step), told, (delivery, which, "projector", step))
    for item in sat.items:
        number, stage = sat.number[item.id], (0, 1, 2, 2)[item.id % 4]
        told = told_split(looking.page(f"{here}question-{number}&stage={stage}"))
        expected = expected_split(sat, which, item.id, stage)
        looking.same(expected, told, (delivery, which, "projector", number, stage))


def look_once(looking: Looking, reading: Reading, delivery: int) -> None:
    """What is the same whichever attempts are meant."""
    sat, here = looking.sat[delivery], f"/readings/{reading.assignment}/results"
    for layer in (confused(sat), waiting(sat, open_notes(sat.raw, sat.assignment))):
        told = told_map(looking.page(f"{here}/map?quiz={delivery}&layer={layer.name}"))
        looking.same(expected_map(layer), told, (delivery, layer.name))
    divided = told_divided(looking.page(f"{here}/discussion?quiz={delivery}"))
    looking.same(expected_divided(sat), divided, (delivery, "divided"))


def look_at_answers(looking: Looking, reading: Reading, delivery: int) -> None:
    """Single answers."""
    sat = looking.sat[delivery]
    for go, item in some_answers(sat):
        row = go.all_answers[item].id
        told = told_response(looking.page(f"/readings/{reading.assignment}/results/responses/{row}"))
        looking.same(expected_response(sat, go, item), told, (delivery, "answer", row))


def look_at_talk(looking: Looking, reading: Reading) -> None:
    """Who took part in the discussions of a reading, and how the class stands with what they ask for."""
    here, of = f"/readings/{reading.assignment}/results", (looking.raw, reading.section, reading.assignment)
    looking.same(expected_talk(*of), told_talk(looking.page(here)), (reading.assignment, "talk"))
    told = told_taking_part(looking.page(f"{here}/taking-part"))
    looking.same(expected_taking_part(*of), told, (reading.assignment, "taking part"))


def look_at_needs(looking: Looking, viewer: int) -> None:
    """Who needs the instructor, in all classes and in each."""
    sections = sorted({sat.section for sat in looking.sat.values()})
    found = {at: Needs(looking.raw, list(looking.sat.values()), at, viewer).all() for at in sections}
    for address, asked in (("/needs-me?", sections), (f"/needs-me?class={sections[-1]}&", sections[-1:])):
        expected = expected_queue([need for at in asked for need in found[at]])
        pages = range(1, len(expected["rows"]) // 25 + 2)
        told = told_queue([looking.page(f"{address}page={at}") for at in pages])
        looking.same(expected, told, address)


def look_at_students(looking: Looking, reading: Reading) -> None:
    """Every third student's work on a reading, people who left among them."""
    sats = [looking.sat[delivery] for delivery in reading.deliveries]
    places = [each for each in looking.raw.places.values() if each.section_id == reading.section]
    for place in [each for each in places if each.role == "student"][::3]:
        page = looking.page(f"/readings/{reading.assignment}/results/students/{place.id}")
        looking.same(expected_work(sats, place.id), told_work(page), place.id)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_what_the_raw_rows_say(
    seed: int, app: Flask, people: People, clock: Clock, sign_in: Any
) -> None:
    school = live(app, people, clock, seed)
    looking = Looking(school, sign_in(people.instructor))
    for reading in school.everywhere:
        look_at_students(looking, reading)
        look_at_talk(looking, reading)
        for delivery in reading.deliveries:
            look_once(looking, reading, delivery)
            look_at_answers(looking, reading, delivery)
            asked = (
                RULES[(seed + delivery) % 4],
                LABEL if delivery == seed % 7 and reading is not school.parallel else None,
            )
            for look in (look_at_class, look_at_maps, look_at_others, look_at_projector):
                look(looking, reading, delivery, asked)
    look_at_gradebook(looking, people.section)
    look_at_own(looking, school, sign_in)
    look_at_cells(looking, people.section)
    look_at_needs(looking, people.instructor.id)
    over_time = {reading.assignment: [looking.sat[at] for at in reading.deliveries] for reading in school.readings}
    page = looking.page(f"/classes/{people.section}/over-time")
    looking.same(expected_over_time(over_time), told_over_time(page), "over time")
    assert looking.figures > 1_000
    assert looking.visited >= COMPARED.keys()
