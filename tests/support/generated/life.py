"""A generated class that has lived for some days."""

from __future__ import annotations

from flask import Flask

from core.database import commit
from tests.support.generated.school import HOUR, School, make_school
from tests.support.generated.staff import Staff
from tests.support.generated.students import Act, Pupil, perform
from tests.support.moments import Clock
from tests.support.people import TIME_ZONE, People

SIZES = (12, 21, 6, 16)
"""How many students a school begins with."""


def live(app: Flask, people: People, clock: Clock, seed: int) -> School:
    """Make a school and let it live until one of several moments: before a close, after it, after all of them."""
    school = make_school(app, people, seed, SIZES[seed % len(SIZES)])
    with app.app_context():
        acts: list[Act] = []
        for place, user in school.students.items():
            pupil = Pupil(school, place, user, school.random.uniform(0.2, 0.9))
            for reading in school.everywhere:
                if reading.section == school.section_of[place]:
                    acts += pupil.plan(reading)
        staff = Staff(school)
        acts += staff.plan()
        until = school.start + school.random.choice((30, 71, 74, 100, 130, 200)) * HOUR
        perform(acts, clock.set, until)
        staff.decide_grades(people.section, TIME_ZONE)
        commit()
    return school
