"""The history of a score as people read it: who, when, before, after, why. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from quizzes.feedback import Shown
from quizzes.points import Points, format_points
from quizzes.regrading import DROP

GIVEN, TRIED, SCORED_ANEW, DROPPED, TAKEN_BACK = "given", "tried", "scored_anew", "dropped", "taken_back"


@dataclass(frozen=True)
class ScoreEvent:
    """One change of one score. `points` of None: it waited for a person, or the question did not count.

    `role` is what the person is in the class; students are told that and no name.
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
        """Say "1 → 1.5", "waiting → 2" or "1 → not counted"."""
        before = _("waiting") if self.before is None else format_points(self.before)
        after = _("waiting") if self.after is None else format_points(self.after)
        if self.policy == DROP:
            before = _("not counted") if self.is_reversal else before
            after = after if self.is_reversal else _("not counted")
        return f"{before} → {after}"


def told_of(events: list[ScoreEvent], shown: Shown) -> list[ScoreEvent]:
    """What a student sees of the history of an own score: nothing before right and wrong are shown."""
    return events if shown.correctness else []


def reasons(events: list[ScoreEvent], shown: Shown) -> list[ScoreEvent]:
    """The newest decision for the whole class, if it changed this score: told with the score, points or not."""
    decided = [event for event in events if event.policy is not None]
    return decided[-1:] if shown.score else []
