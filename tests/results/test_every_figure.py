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
from tests.support.recomputed.glance import expected_glance, told_glance
from tests.support.recomputed.looking import Looking
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

SEEDS = range(int(os.environ.get("GENERATED_CLASSES", "4")))
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
    looking.same(expected_table(sat, which, label), told_table(page), where)
    rows = [row for at in (1, 2) for row in told_matrix(looking.page(f"{here}/matrix{query}&page={at}"))]
    looking.same(expected_matrix(sat, which, label), rows, where)
    looking.same(expected_csv(sat, which, label), told_csv(looking.text(f"{here}.csv{query}")), where)
    analysed = Analysed(sat, which, label)
    looking.same(expected_file(analysed), told_file(looking.text(f"{here}/statistics.csv{query}")), where)
    looking.same(expected_page(analysed), told_page(looking.page(f"{here}/statistics{query}")), where)
    state = STATES[(delivery + RULES.index(which)) % len(STATES)]
    listed = told_table(looking.page(f"{here}/students{query}&state={state}"))
    looking.same(expected_table(sat, which, label, state), listed, (*where, state))


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
        for delivery in reading.deliveries:
            for which in RULES:
                look_at_class(looking, reading, delivery, (which, None))
            if reading.section == people.section:
                look_at_class(looking, reading, delivery, (RULES[delivery % 4], LABEL))
    assert looking.figures > 1_000
