"""The history of a score as people read it: who, when, before, after, why. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from core.points import Points, format_points
from quizzes.feedback import Shown
from quizzes.regrading import DROP
from quizzes.tries import better_of

GIVEN, TRIED, SCORED_ANEW, DROPPED, TAKEN_BACK = "given", "tried", "scored_anew", "dropped", "taken_back"


@dataclass(frozen=True)
class ScoreEvent:
    """One change of one score. Points of None: it waited for a person, or the question did not count.

    `before` and `after` are the first try's, `second_before` and `second_after` those of a second try, if there was
    one. `role` is what the person is in the class; students are told that and no name.
    """

    response_id: int
    at: datetime
    by: str
    role: str
    before: Points | None
    after: Points | None
    why: str
    policy: str | None
    is_reversal: bool
    second_before: Points | None = None
    second_after: Points | None = None

    @property
    def kind(self) -> str:
        """What happened: given by hand, tried again, scored anew, dropped, or one of the last two taken back."""
        if self.policy is None:
            return TRIED if self.role == "student" else GIVEN
        if self.is_reversal:
            return TAKEN_BACK
        return DROPPED if self.policy == DROP else SCORED_ANEW

    @property
    def who(self) -> str:
        """Who did it, as a student is told."""
        if self.role == "student":
            return str(_("You"))
        return str(_("An assistant") if self.role == "assistant" else _("Your instructor"))

    @property
    def points_in_words(self) -> str:
        """Say "1 → 1.5", "waiting → 2" or "1 → not counted": what the question counted, the better of two tries."""
        before, after = better_of(self.before, self.second_before), better_of(self.after, self.second_after)
        return self._change(before, after)

    @property
    def tries_in_words(self) -> str:
        """What became of each of two tries; "" where there is one, or where the second was just given."""
        if (self.second_before is None and self.second_after is None) or self.kind == TRIED:
            return ""
        first, second = self._change(self.before, self.after), self._change(self.second_before, self.second_after)
        return str(_("first try %(first)s, second try %(second)s", first=first, second=second))

    def _change(self, before: Points | None, after: Points | None) -> str:
        was = _("waiting") if before is None else format_points(before)
        now = _("waiting") if after is None else format_points(after)
        if self.policy == DROP:
            was = _("not counted") if self.is_reversal else was
            now = now if self.is_reversal else _("not counted")
        return f"{was} → {now}"


def told_of(events: list[ScoreEvent], shown: Shown) -> list[ScoreEvent]:
    """What a student sees of the history of an own score: nothing before right and wrong are shown."""
    return events if shown.correctness else []


def reasons(events: list[ScoreEvent], shown: Shown) -> list[ScoreEvent]:
    """The newest decision for the whole class, if it changed this score: told with the score, points or not."""
    decided = [event for event in events if event.policy is not None]
    return decided[-1:] if shown.score else []
