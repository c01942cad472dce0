"""A second try after re-reading: who may, and for which question. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.points import FRACTION_ONE
from quizzes.attempts import AnswerRow, AttemptRow, OwnAttempt
from quizzes.feedback import AT_ONCE, ReleaseMoment, ReleaseRules, Shown, is_released, what_may_be_shown
from quizzes.question_types import TYPES
from quizzes.timing import Phase, phase
from quizzes.tries import SecondAnswer


@dataclass(frozen=True)
class Offer:
    """What a second try depends on apart from the question: the credit (None: there is none), and whether this is
    the last attempt that was handed in, none is in progress, and the reader's own close has not passed."""

    percent: int | None
    is_last: bool
    is_open: bool

    @property
    def stands(self) -> bool:
        """Whether any question can be tried again."""
        return self.percent is not None and self.is_last and self.is_open


@dataclass(frozen=True)
class Again:
    """What was answered in the second try of a question, if it was; else whether one is left."""

    second: SecondAnswer | None = None
    is_left: bool = False


@dataclass(frozen=True)
class Telling:
    """What decides about every question of one handed-in attempt."""

    rules: ReleaseRules
    moment: ReleaseMoment
    offer: Offer

    def again(self, row: AnswerRow, second: SecondAnswer | None) -> Again:
        """How a question stands with its second try."""
        return Again(second, second is None and may_try_again(self.offer, row, self.rules, self.moment))

    def shown(self, row: AnswerRow, again: Again) -> Shown:
        """What may be told of a question."""
        moment = replace(self.moment, second_try_left=again.is_left, is_dropped=row.dropped)
        return what_may_be_shown(self.rules, moment)

    @property
    def of_all(self) -> Shown:
        """What may be told of the attempt."""
        return what_may_be_shown(self.rules, self.moment)


def offer_of(attempt: AttemptRow, own: Sequence[OwnAttempt], now: datetime) -> Offer:
    """What is offered for this attempt; `own` are all of the reader's attempts at the quiz, first to last."""
    delivery = attempt.delivery
    return Offer(
        percent=delivery.second_try_percent,
        is_last=attempt.id == own[-1].id and attempt.is_settled(now),
        is_open=phase(delivery.dates, now) is not Phase.CLOSED and not delivery.archived,
    )


def may_try_again(offer: Offer, row: AnswerRow, rules: ReleaseRules, moment: ReleaseMoment) -> bool:
    """Whether a question that was not tried again yet may be: it was answered, its key says that the answer is
    not (all) right, the student may know that, and no classmate can know the key yet because of its date."""
    kind = TYPES[row.type]
    is_wrong = row.answer is not None and row.fraction is not None and row.fraction < FRACTION_ONE
    can_be_right = kind.has_key and not kind.needs_person and not row.dropped
    if not (offer.stands and is_wrong and can_be_right):
        return False
    is_key_out = rules.key != AT_ONCE and is_released(rules.key, moment)
    return what_may_be_shown(rules, moment).correctness and not is_key_out
