"""A student's own quizzes of a reading: what is left to do, and the questions that lost points, as released. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from quizzes.attempts import AnswerRow, AttemptRow, DeliveryRow, OwnAttempt
from quizzes.feedback import NOTHING, ReleaseMoment, Shown, is_released
from quizzes.grading import FIRST, HIGHEST
from quizzes.reviews import NOT_YET, PARTLY, Review, Text, review_all
from quizzes.second_tries import Telling
from quizzes.start_pages import AttemptLine, StartPage, start_page
from quizzes.telling import telling_of
from quizzes.tries import SecondAnswer


@dataclass(frozen=True)
class OwnWork:
    """A quiz as the student meets it, and their attempts at it, first to last."""

    delivery: DeliveryRow
    attempts: Sequence[AttemptRow] = ()

    @property
    def lines(self) -> list[OwnAttempt]:
        """The attempts as the start page lists them."""
        return [
            OwnAttempt(
                each.id,
                each.number,
                each.started_at,
                each.limit_ends_at,
                each.submitted_at,
                each.points,
                each.max_points,
                each.ungraded,
            )
            for each in self.attempts
        ]


@dataclass(frozen=True)
class Answered:
    """The answers of one attempt, and its second tries by the id of the first answer's row."""

    answers: Sequence[AnswerRow] = ()
    seconds: Mapping[int, SecondAnswer] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnQuiz:
    """How a student stands with a quiz. `counting`: the attempt that counts, or the last one handed in.

    `shown`: what may be told of that attempt. `is_excused`: it does not count for the student, who may know that.
    """

    delivery: DeliveryRow
    page: StartPage
    counting: AttemptRow | None = None
    telling: Telling | None = None
    is_excused: bool = False

    @property
    def shown(self) -> Shown:
        """What may be told of the attempt; nothing without one."""
        return self.telling.of_all if self.telling else NOTHING

    @property
    def is_settled(self) -> bool:
        """Whether no save can change the attempt any more."""
        return self.telling is not None and self.telling.moment.is_settled

    @property
    def is_to_do(self) -> bool:
        """Whether an attempt is in progress, or it is open, asked of the student, and nothing has been handed in."""
        if self.delivery.archived:
            return False
        is_left = self.counting is None and self.page.can_start and not self.is_excused
        return self.page.in_progress is not None or is_left

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in of what was asked of the student, and nothing can be."""
        return self.counting is None and not self.is_to_do and not self.is_excused

    @property
    def line(self) -> AttemptLine | None:
        """The attempt that is told of, with its points as released."""
        at = self.counting.id if self.counting else None
        return next((line for line in self.page.attempts if line.id == at), None)


def own_quiz(work: OwnWork, now: datetime, *, excused: bool = False) -> OwnQuiz:
    """Say how the student stands with a quiz at this moment. `excused`: by staff, which is told with the score."""
    own = work.lines
    told = excused and is_released(work.delivery.release_score, ReleaseMoment.of(work.delivery, now))
    page = start_page(work.delivery, own, now)
    line = that_counts(page.attempts, work.delivery.which_counts)
    counting = next((each for each in work.attempts if line and each.id == line.id), None)
    return OwnQuiz(work.delivery, page, counting, telling_of(counting, own, now) if counting else None, told)


def that_counts(lines: Sequence[AttemptLine], which: str) -> AttemptLine | None:
    """Return the attempt that counts, the earlier of equals; the last where all do or no score is told yet."""
    done = [line for line in lines if line.handed_in_at is not None]
    told = [line for line in done if line.points is not None]
    if told and which == FIRST:
        return told[0]
    if told and which == HIGHEST:
        return max(told, key=lambda line: (line.points or 0, -line.number))
    return (told or done)[-1] if done else None


def missed(quiz: OwnQuiz, answered: Answered, text: Text) -> list[Review]:
    """Return the questions that lost points, as far as they may be told, in the attempt's order."""
    if quiz.telling is None or not quiz.shown.correctness:
        return []
    return [one for one in review_all(answered.answers, answered.seconds, quiz.telling, text) if _has_lost(one)]


def _has_lost(one: Review) -> bool:
    return one.points is not None and one.points < one.worth and one.state in (PARTLY, NOT_YET)
