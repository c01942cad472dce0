"""What each way of scoring a question anew would do in a class, before anything is done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from core.points import POINT, Points, format_points
from quizzes.queries.items import ItemRow
from quizzes.queries.regrades import AnsweredBy, TaughtDelivery
from quizzes.question_types import TYPES
from quizzes.regrading import (
    BY_KEY,
    DROP,
    FULL_CREDIT,
    NEW_KEY,
    NOBODY_LOSES,
    Change,
    Effect,
    Rule,
    difference,
    effect_of,
    regrade,
)

MOST_NAMES = 100
POLICY_WORDS: dict[str, LazyString] = {
    NOBODY_LOSES: lazy_gettext("Nobody loses"),
    NEW_KEY: lazy_gettext("The new key for all"),
    FULL_CREDIT: lazy_gettext("Full credit for all"),
    DROP: lazy_gettext("Drop the question"),
}
POLICY_HINTS: dict[str, LazyString] = {
    NOBODY_LOSES: lazy_gettext("Everybody gets the better of the score they have and the score by the new key."),
    NEW_KEY: lazy_gettext("Every answer is graded by the key as it is now."),
    FULL_CREDIT: lazy_gettext("Everybody gets all points, also those who left it out."),
    DROP: lazy_gettext("It counts for nobody, and the quiz is out of fewer points."),
}


@dataclass(frozen=True)
class Named:
    """One answer that would change: whose, which attempt, and the points before and after."""

    name: str
    attempt_number: int
    before: Points | None
    after: Points | None


@dataclass(frozen=True)
class PolicyPreview:
    """One way of scoring: its effect in words, and the students behind it (the first MOST_NAMES)."""

    policy: str
    words: str
    names: tuple[Named, ...]
    changed: int
    loses: bool


@dataclass(frozen=True)
class ClassPreview:
    """What each way would do in one class."""

    place: TaughtDelivery
    answers: int
    policies: tuple[PolicyPreview, ...]

    def words_of(self, policy: str) -> str:
        """Say what one way would do here."""
        return next((row.words for row in self.policies if row.policy == policy), "")


def policies_for(item: ItemRow) -> tuple[str, ...]:
    """Return the ways that make sense: no key grades what a person grades."""
    kind = TYPES[item.type]
    return (FULL_CREDIT, DROP) if kind.needs_person or not kind.has_key else (NOBODY_LOSES, NEW_KEY, FULL_CREDIT, DROP)


def preview_class(item: ItemRow, place: TaughtDelivery, rows: Sequence[AnsweredBy]) -> ClassPreview:
    """Work out every way in one class, over answers of its students that are handed in."""
    here = [row for row in rows if row.delivery_id == place.delivery_id and row.counts and row.scored.is_over]
    whose = {row.scored.response_id: row for row in here}
    policies = []
    for policy in policies_for(item):
        seen = max((row.scored.given.version_id for row in here), default=item.version_id)
        rule = Rule(0, policy, item.version_id if policy in BY_KEY else seen, item.type, item.content)
        changes = regrade(rule, [row.scored for row in here])
        effect = effect_of(policy, changes)
        told = sorted((change for change in changes if change.tells), key=lambda change: _order(change, whose))
        names = tuple(_named(change, whose) for change in told[:MOST_NAMES])
        policies.append(PolicyPreview(policy, in_words(effect), names, len(told), effect.down > 0))
    return ClassPreview(place, len(here), tuple(policies))


def in_words(effect: Effect) -> str:
    """Say "7 up by 1 point, 2 lose 0.5 to 1 points", "5 answers no longer count", or that nothing changes."""
    if effect.policy == DROP:
        return str(ngettext("%(num)s answer no longer counts", "%(num)s answers no longer count", effect.dropped))
    parts = []
    if effect.rises:
        parts.append(str(_("%(n)s up by %(points)s", n=effect.up, points=_amounts(effect.rises))))
    if effect.falls:
        parts.append(str(_("%(n)s would lose %(points)s", n=effect.down, points=_amounts(effect.falls))))
    return ", ".join(parts) or str(_("No score changes"))


def _amounts(counts: Sequence[tuple[Points, int]]) -> str:
    least, most = counts[0][0], counts[-1][0]
    if least == most == POINT:
        return str(_("1 point"))
    if least == most:
        return str(_("%(n)s points", n=format_points(most)))
    return str(_("%(least)s to %(most)s points", least=format_points(least), most=format_points(most)))


def _named(change: Change, whose: Mapping[int, AnsweredBy]) -> Named:
    row = whose[change.scored.response_id]
    after = None if change.dropped else change.counted
    return Named(row.name, row.attempt_number, change.scored.counted, after)


def _order(change: Change, whose: Mapping[int, AnsweredBy]) -> tuple[Points, str, int]:
    """Those who lose most come first."""
    row = whose[change.scored.response_id]
    return difference(change), row.name.casefold(), change.scored.response_id
