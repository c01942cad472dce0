"""Reads how a class takes part in the discussions of a reading: in as many statements however many there are."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, func, select

from articles.queries import AssignmentRow
from classroom.models import Accommodation, Enrollment
from core.database import AnySelect, read_rows
from discussion.queries import list_turnouts
from discussion.queries.credit import Counted, CreditSetting, count_standings, list_asking_threads, read_first_posts
from quizzes.queries.completion import IS_STUDENT
from results.queries.students import WHOLE_CLASS
from results.taking_part import TakingPart, asked_of_all


@cache
def _students() -> AnySelect:
    return (
        select(Enrollment.id, func.coalesce(Accommodation.extra_days, 0))
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(Enrollment.section_id == bindparam("section"), IS_STUDENT)
        .order_by(Enrollment.id)
        .limit(WHOLE_CLASS)
    )


def read_taking_part(reading: AssignmentRow, now: datetime) -> tuple[int, list[TakingPart]]:
    """Return how many study in the class, and its discussions of a reading. Six statements at most."""
    turnouts = list_turnouts(reading.id)
    threads = [thread for thread in list_asking_threads(reading.section_id) if thread.assignment_id == reading.id]
    students = [Counted(*row) for row in read_rows(_students(), {"section": reading.section_id})]
    setting = CreditSetting(threads, read_first_posts(threads), reading.zone, now)
    counted = count_standings(setting, students)
    asks = {thread.id: tuple(asked_of_all(thread.requirements, counted.get(thread.id, {}))) for thread in threads}
    return len(students), [TakingPart(row, asks.get(row.delivery_id, ())) for row in turnouts]
