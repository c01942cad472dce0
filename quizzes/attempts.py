"""A quiz in a class, an attempt at it and its answers, as rows that queries give and pure rules take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from classroom.allowances import Allowance
from core.points import FractionUnits, Points
from quizzes.endings import clock_ending
from quizzes.feedback import ReleaseRules
from quizzes.layout import LayoutRow
from quizzes.question_types.base import Answer
from quizzes.regrading import Given
from quizzes.timing import Dates, end_of, has_ended, is_settled, own_limit


class DeliveryRow(NamedTuple):
    """A quiz as it is given to a class, its rules, and the reader's place in the class.

    `due_at` and `closes_at` are the reader's own, `latest_*` the latest that anybody has. The time limit and the
    attempts allowed are the class's: what holds for the reader is `own_limit_seconds` and `own_attempts`.
    """

    id: int
    quiz_id: int
    quiz_title: str
    published: bool
    assignment_id: int
    article_id: int
    article_title: str
    language: str
    direction: str
    version_id: int
    section_id: int
    section_name: str
    zone: str
    archived: bool
    role: str
    enrollment_id: int
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    time_limit_seconds: int | None
    attempts_allowed: int | None
    which_counts: str
    shuffle_questions: bool
    shuffle_options: bool
    layout: str
    late_credit_percent: int
    release_score: str
    release_correctness: str
    release_feedback: str
    release_key: str
    released_at: datetime | None
    access_code: str
    delay_seconds: int
    latest_due_at: datetime | None
    latest_closes_at: datetime | None
    time_factor_percent: int
    extra_days: int
    extra_attempts: int
    hides_timer: bool
    hides_names: bool
    certainty: str
    second_try_percent: int | None

    @property
    def allowance(self) -> Allowance:
        """What the reader is allowed beyond others."""
        return Allowance(self.time_factor_percent, self.extra_days, self.extra_attempts, self.hides_timer)

    @property
    def own_limit_seconds(self) -> int | None:
        """The reader's time limit; None where there is none."""
        return own_limit(self.time_limit_seconds, self.time_factor_percent)

    @property
    def own_attempts(self) -> int | None:
        """How many attempts the reader has; None for any number."""
        return None if self.attempts_allowed is None else self.attempts_allowed + self.extra_attempts

    def waits_for_others(self, rule: str) -> bool:
        """Whether what has this rule waits for a date that is not the reader's: nobody is told others' dates."""
        due, close = rule == "after_due", rule == "after_close"
        if due and self.due_at:
            return self.due_at != self.latest_due_at
        return (due or close) and self.closes_at != self.latest_closes_at

    @property
    def dates(self) -> Dates:
        """When it opens, is due and closes."""
        return Dates(self.opens_at, self.due_at, self.closes_at)

    @property
    def release(self) -> ReleaseRules:
        """When each of the four things is shown."""
        return ReleaseRules(self.release_score, self.release_correctness, self.release_feedback, self.release_key)


@dataclass(frozen=True)
class AttemptRow:
    """One attempt of the reader's own, with the delivery it belongs to."""

    id: int
    number: int
    layout: list[LayoutRow]
    article_version_id: int
    started_at: datetime
    limit_ends_at: datetime | None
    submitted_at: datetime | None
    receipt_code: str
    points: Points
    max_points: Points
    ungraded: int
    ended_by: str | None
    delivery: DeliveryRow

    @property
    def ends_at(self) -> datetime | None:
        """The last second in which it can be worked on; None when nothing ends it."""
        return end_of(self.limit_ends_at, self.delivery.closes_at)

    def is_handed_in(self, now: datetime) -> bool:
        """Whether it counts as handed in."""
        return self.submitted_at is not None or has_ended(self.ends_at, now)

    def is_settled(self, now: datetime) -> bool:
        """Whether no answer can be saved any more: only then may anything of the result be told."""
        return is_settled(self.submitted_at, self.ends_at, now)

    @property
    def handed_in_at(self) -> datetime | None:
        """When it was, or will have been, handed in."""
        return self.submitted_at or self.ends_at

    @property
    def ending(self) -> str | None:
        """How it ended, or will have ended if its student does nothing: one of quizzes/endings.py."""
        is_closed = self.submitted_at is not None
        return self.ended_by if is_closed else clock_ending(self.limit_ends_at, self.delivery.closes_at)


@dataclass(frozen=True)
class OwnAttempt:
    """A line in the list of a person's attempts at one quiz."""

    id: int
    number: int
    started_at: datetime
    limit_ends_at: datetime | None
    submitted_at: datetime | None
    points: Points
    max_points: Points
    ungraded: int


class AnswerRow(NamedTuple):
    """The answer to one item, with the version of the question that the attempt shows."""

    response_id: int
    item_id: int
    number: int
    worth: Points
    option_order: tuple[str, ...]
    version_id: int
    type: str
    stem: str
    stem_html: str
    content: dict[str, Any]
    hint: str
    general_feedback_html: str
    answer: Any | None
    fraction: FractionUnits | None
    points: Points | None
    flagged: bool
    revision: int
    writer: str
    saved_at: datetime | None
    grader_comment: str
    dropped: bool = False
    regrade_id: int | None = None
    certainty: int | None = None
    rubric: dict[str, str] | None = None

    def giving(self, answer: Answer | None) -> Given:
        """An answer in this place, as it is graded."""
        return Given(self.type, self.content, self.version_id, answer, self.worth)
