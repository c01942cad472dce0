"""What a student may see of a handed-in attempt. Four things, released separately; one pure function."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from quizzes.timing import GRACE, second_of

AT_ONCE, AFTER_DUE, AFTER_CLOSE = "at_once", "after_due", "after_close"
BY_INSTRUCTOR, NEVER = "by_instructor", "never"


@dataclass(frozen=True)
class ReleaseRules:
    """When each thing is released: one of the five moments for each."""

    score: str
    correctness: str
    feedback: str
    key: str


class ClassDates(Protocol):
    """When a class is through with a quiz: the latest of all own dates, and when staff released what waits for them."""

    @property
    def latest_due_at(self) -> datetime | None: ...
    @property
    def latest_closes_at(self) -> datetime | None: ...
    @property
    def released_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class ReleaseMoment:
    """What the rules are asked about. The dates are the latest that anybody in the class has, own dates included.

    `is_settled`: no answer of the attempt can change any more. `attempts_left`: the reader may still give others.
    Of one question: `second_try_left`, it can be answered once more; `is_dropped`, it was taken out of the quiz.
    `is_staff`: the reader teaches the class.
    """

    now: datetime
    due_at: datetime | None
    closes_at: datetime | None
    released_at: datetime | None
    attempts_left: bool
    is_settled: bool = True
    second_try_left: bool = False
    is_dropped: bool = False
    is_staff: bool = False

    @classmethod
    def of(cls, dates: ClassDates, now: datetime, *, attempts_left: bool = False) -> "ReleaseMoment":
        """Return what to ask about at this moment for a class with these dates."""
        return cls(now, dates.latest_due_at, dates.latest_closes_at, dates.released_at, attempts_left)


@dataclass(frozen=True)
class Shown:
    """What may be shown. Nothing that is False here may be in the page in any form."""

    score: bool
    correctness: bool
    feedback: bool
    key: bool


NOTHING = Shown(score=False, correctness=False, feedback=False, key=False)
EVERYTHING = Shown(score=True, correctness=True, feedback=True, key=True)


def what_may_be_shown(rules: ReleaseRules, moment: ReleaseMoment) -> Shown:
    """Decide for one attempt, or for one question of it: whose score, right and wrong, feedback and key may be told.

    Nothing while answers are still taken. Without a score there is no right and wrong. The key also waits until
    the reader can answer no more, neither in another attempt nor in a second try. Of a question that was taken
    out nothing is right or wrong, and what was said about it may be what was wrong with it. Staff see everything.
    """
    if moment.is_staff:
        return EVERYTHING
    if not moment.is_settled:
        return NOTHING
    score = is_released(rules.score, moment)
    return Shown(
        score=score,
        correctness=score and is_released(rules.correctness, moment) and not moment.is_dropped,
        feedback=is_released(rules.feedback, moment) and not moment.is_dropped,
        key=is_released(rules.key, moment)
        and not (moment.attempts_left or moment.second_try_left or moment.is_dropped),
    )


def is_released(rule: str, moment: ReleaseMoment) -> bool:
    """Whether one rule is fulfilled. A date that is not set never passes: then the close stands in
    for the due date, and the instructor's release for the close. The close has passed once no save counts
    any more: others could still use what is shown."""
    match rule:
        case "at_once":
            return True
        case "after_due" if moment.due_at:
            return second_of(moment.now) > moment.due_at
        case "after_due" | "after_close" if moment.closes_at:
            return second_of(moment.now) > moment.closes_at + GRACE
        case "after_due" | "after_close" | "by_instructor":
            return moment.released_at is not None and moment.released_at <= moment.now
    return False
