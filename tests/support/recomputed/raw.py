"""The rows of the database as they are kept, read once."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.database import Base, db

Row = Any
TABLES = (
    "accommodations", "articles", "assignments", "attempts", "blocks", "comment_flags", "comment_reactions",
    "comment_spans", "comments", "confusion_marks",
    "enrollments", "grade_categories", "grade_columns", "grade_decisions", "gradebooks", "items",
    "labelled_enrollments", "labels", "participation_requirements", "participation_rulings", "prompt_deliveries",
    "prompts", "question_spans", "question_versions", "questions", "quiz_deliveries", "quizzes", "regrades",
    "responses", "score_changes", "second_tries", "sections", "spans", "users", "version_sentences",
)  # fmt: skip


def read_rows(table: str) -> list[Row]:
    """Every row of a table, whatever it is about."""
    found = Base.metadata.tables[table]
    rows = db.session.execute(select(*found.c).order_by(*found.primary_key.columns)).mappings()
    return [SimpleNamespace(**row) for row in rows]


class Raw:
    """The tables, each read when it is first asked for, and by what their rows are looked up."""

    def __init__(self, now: datetime) -> None:
        self.now = now.replace(microsecond=0)
        self._tables: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """All rows of one table."""
        if table not in self._tables:
            self._tables[table] = read_rows(table)
        return self._tables[table]

    def by_id(self, table: str) -> dict[int, Row]:
        """The rows of a table by their id."""
        return {row.id: row for row in self.rows(table)}

    def grouped(self, table: str, column: str) -> dict[Any, list[Row]]:
        """The rows of a table by what a column says."""
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            found[getattr(row, column)].append(row)
        return found

    @cached_property
    def places(self) -> dict[int, Row]:
        """The places in classes."""
        return self.by_id("enrollments")

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of people by place."""
        users = self.by_id("users")
        return {place.id: users[place.user_id].name for place in self.places.values()}

    @cached_property
    def versions(self) -> dict[int, Row]:
        """The versions of questions."""
        return self.by_id("question_versions")

    @cached_property
    def answers(self) -> dict[int, list[Row]]:
        """The responses by attempt."""
        return self.grouped("responses", "attempt_id")

    @cached_property
    def second(self) -> dict[int, Row]:
        """The second tries by response."""
        return {row.response_id: row for row in self.rows("second_tries")}

    @cached_property
    def allowances(self) -> dict[int, Row]:
        """What single students are allowed, by place."""
        return {row.enrollment_id: row for row in self.rows("accommodations")}

    def students(self, section: int, label: int | None = None) -> list[Row]:
        """Who studies in a class today, of these with a label; by name as lists have them."""
        worn = {row.enrollment_id for row in self.rows("labelled_enrollments") if row.label_id == label}
        here = [
            place
            for place in self.places.values()
            if place.section_id == section and place.role == "student" and place.state == "active"
        ]
        here = [place for place in here if label is None or place.id in worn]
        return sorted(here, key=lambda place: (self.names[place.id], place.id))

    def own(self, date: datetime | None, place: int) -> datetime | None:
        """A date of the class as it is for one student: calendar days later in the class's zone."""
        allowed = self.allowances.get(place)
        if date is None or allowed is None or not allowed.extra_days:
            return date
        zone = ZoneInfo(self.by_id("sections")[self.places[place].section_id].time_zone)
        return (date.astimezone(zone) + timedelta(days=allowed.extra_days)).astimezone(date.tzinfo)
