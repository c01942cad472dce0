"""A page asks the database for as many things in a class of 300 as in a class of 30."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from articles.models import Assignment
from bench.colloquy.seed import TEACHER, fill
from core.database import db
from tests.support.browsing import sign_in
from tests.support.statements import CountStatements

SMALL, LARGE = 30, 300
OF_READING = (
    "",
    "/quiz",
    "/discussion",
    "/results",
    "/results/students",
    "/results/matrix",
    "/results/map",
    "/results/map?layer=evidence",
    "/results/map?layer=confusion",
    "/results/map?layer=questions",
    "/results/projector?show=question-1",
    "/results/projector/comments",
    "/results/statistics",
    "/results.csv",
)
OF_CLASS = ("", "/people", "/settings", "/roster", "/gradebook")


def test_pages_of_300_students_take_no_more_statements_than_pages_of_30(
    app: Flask, count_statements: CountStatements
) -> None:
    filled = fill(app, (SMALL, LARGE))
    teacher = sign_in(app, TEACHER, filled.password)
    counts: dict[int, dict[str, int]] = {SMALL: {}, LARGE: {}}
    for size, found in counts.items():
        reading = filled.readings[size]
        with app.app_context():
            section = db.session.scalars(select(Assignment.section_id).where(Assignment.id == reading)).one()
        pages = {f"reading{page}": f"/readings/{reading}{page}" for page in OF_READING}
        pages |= {f"class{page}": f"/classes/{section}{page}" for page in OF_CLASS}
        for name, address in pages.items():
            assert teacher.get(address, follow_redirects=True).status_code == 200, address
            with count_statements() as seen:
                teacher.get(address, follow_redirects=True)
            found[name] = len(seen)
    assert not [f"{name}: {n}" for name, n in counts[LARGE].items() if not 0 < n <= min(counts[SMALL][name], 15)]
