"""A person's notifications as their page has them: by day on their own calendar, then by class. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from classroom.notifications import Line
from core.dates import to_local


@dataclass(frozen=True)
class ClassNews:
    """What one class told a person in one day, newest first."""

    section_id: int
    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Day:
    """One day: its date and the news of each class, the class with the newest first."""

    date: date
    classes: Sequence[ClassNews]

    @property
    def first(self) -> Line:
        """The newest line, for the day's name."""
        return self.classes[0].lines[0]


def by_day(lines: Sequence[Line], zone: str) -> list[Day]:
    """Group lines, which come newest first, by day in the tz database zone of their reader and by class."""
    days = groupby(lines, key=lambda line: to_local(line.told.at, zone).date())
    return [Day(day, by_class(list(own))) for day, own in days]


def by_class(lines: Sequence[Line]) -> list[ClassNews]:
    """Group lines by class, in the order in which classes first come."""
    classes: dict[int, list[Line]] = {}
    for line in lines:
        classes.setdefault(line.told.section_id, []).append(line)
    return [ClassNews(section_id, own[0].told.section_name, own) for section_id, own in classes.items()]
