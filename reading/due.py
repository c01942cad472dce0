"""What is due next for a student. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reading.queries.quizzes import QuizState
from reading.queries.student_home import ReadingRow
from reading.queries.talk import Talk

NO_TALK = Talk(0, 0)


@dataclass(frozen=True)
class Due:
    """One reading with the student's quizzes on it and how much of its discussion is done."""

    reading: ReadingRow
    quizzes: list[QuizState] = field(default_factory=list)
    talk: Talk = NO_TALK

    @property
    def is_done(self) -> bool:
        """Tell whether every quiz is handed in and every prompt has an own post; with neither, never."""
        if not self.quizzes and not self.talk.prompts:
            return False
        handed_in = all(quiz.state == "handed_in" for quiz in self.quizzes)
        return handed_in and self.talk.answered >= self.talk.prompts


@dataclass(frozen=True)
class Agenda:
    """The reading to go to now, those after it, and those that are done or closed."""

    upcoming: Due | None
    later: list[Due]
    past: list[Due]


def _is_past(due: Due, now: datetime) -> bool:
    closes = due.reading.closes_at
    if closes is not None and now > closes:
        return True
    if due.is_done:
        return True
    over = due.reading.due_at
    return not due.quizzes and over is not None and now > over


def agenda(
    readings: Sequence[ReadingRow],
    quizzes: Sequence[QuizState],
    talk: Mapping[int, Talk],
    now: datetime,
) -> Agenda:
    """Return what to do, in the order of `readings` (due next first); past readings newest first."""
    of: dict[int, list[QuizState]] = defaultdict(list)
    for quiz in quizzes:
        of[quiz.assignment_id].append(quiz)
    rows = [Due(row, of[row.id], talk.get(row.id, NO_TALK)) for row in readings]
    past = [row for row in rows if _is_past(row, now)]
    open_rows = [row for row in rows if not _is_past(row, now)]
    return Agenda(open_rows[0] if open_rows else None, open_rows[1:], past[::-1])
