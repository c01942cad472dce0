"""What a decision about scoring does to answers that were given. Pure.

A question's versions share the keys of their options, so an answer to one version can be graded by
the key of another. Decisions that hold stand in the order in which they were taken, each on what the
ones before it made of the answer. A second try is graded as the first is, and keeps its reduced credit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from core.points import FRACTION_ONE, FractionUnits, Points
from quizzes.grading import Grade, grade_answer
from quizzes.question_types.base import Answer, Json
from quizzes.tries import SecondAnswer, better

NOBODY_LOSES, NEW_KEY, FULL_CREDIT, DROP = "nobody_loses", "new_key", "full_credit", "drop"
BY_KEY = (NOBODY_LOSES, NEW_KEY)


@dataclass(frozen=True)
class Rule:
    """One decision that holds: what it does, and the version up to which it reaches, with that version's key.

    `question_id` is what it is about. Where the item draws its questions, `versions` are those of this one; None: all.
    """

    regrade_id: int
    policy: str
    version_id: int
    type: str
    content: Json
    question_id: int | None = None
    versions: frozenset[int] | None = None


@dataclass(frozen=True)
class Given:
    """An answer, and the version of the question that it was given to. An item's `worth` is its maximum."""

    type: str
    content: Json
    version_id: int
    answer: Answer | None
    worth: Points


@dataclass(frozen=True)
class Scored:
    """A response as it stands, with the second try if there is one.

    `is_over`: its attempt is handed in; else it may still change, and nobody is told.
    """

    response_id: int
    attempt_id: int
    given: Given
    answer_key: str | None
    fraction: FractionUnits | None
    points: Points | None
    dropped: bool
    regrade_id: int | None
    graded_by_id: int | None
    is_over: bool
    evidence_key: str | None = None
    evidence_fraction: FractionUnits | None = None
    second: SecondAnswer | None = None

    @property
    def counted(self) -> Points | None:
        """What the question counts: the better of two tries."""
        return better(self.points, self.second)

    @property
    def grade(self) -> Grade:
        """What it earns now, dropped or not."""
        return Grade(self.fraction, self.points, self.answer_key, self.evidence_key, self.evidence_fraction)


@dataclass(frozen=True)
class Change:
    """What becomes of a response: its grade, that of its second try, and whether it is dropped."""

    scored: Scored
    fraction: FractionUnits | None
    points: Points | None
    dropped: bool
    evidence_fraction: FractionUnits | None = None
    second: SecondAnswer | None = None

    @property
    def counted(self) -> Points | None:
        """What the question counts then: the better of two tries."""
        return better(self.points, self.second)

    @property
    def tells(self) -> bool:
        """Whether a score changes that its student may have seen: this goes into the history."""
        return self.scored.is_over and self.changes

    @property
    def changes(self) -> bool:
        """Whether anything is different afterwards."""
        before = (self.scored.fraction, self.scored.points, self.scored.dropped, self.scored.second)
        return before != (self.fraction, self.points, self.dropped, self.second)


def reaches(rule: Rule, version_id: int) -> bool:
    """Whether a decision is about answers to this version: a newer one came after it with a key of its own.

    What is dropped is dropped whatever its version.
    """
    if rule.versions is not None and version_id not in rule.versions:
        return False
    return rule.policy == DROP or version_id <= rule.version_id


def rescored(rule: Rule, given: Given, before: Grade) -> Grade:
    """What one decision makes of a grade. What waits for a person, or was graded by one, no key can change."""
    if rule.policy == DROP or not reaches(rule, given.version_id):
        return before
    if rule.policy == FULL_CREDIT:
        return replace(before, fraction=FRACTION_ONE, points=given.worth)
    if rule.type != given.type:
        return before
    by_key = grade_answer(rule.type, rule.content, given.answer, given.worth)
    if by_key.fraction is None or before.fraction is None:
        return before
    if rule.policy == NOBODY_LOSES and by_key.fraction <= before.fraction:
        return before
    return replace(by_key, answer_key=before.answer_key, evidence_key=before.evidence_key)


def rescored_second(rule: Rule, row: Scored) -> SecondAnswer | None:
    """What one decision makes of the second try of a response; None where there is none."""
    second = row.second
    if second is None:
        return None
    grade = rescored(rule, replace(row.given, answer=second.answer), Grade(second.fraction, second.points, None))
    return _earning(second, row.given.worth, grade)


def _earning(second: SecondAnswer, worth: Points, grade: Grade) -> SecondAnswer:
    if grade.fraction is None or grade.fraction == second.fraction:
        return second
    return second.earning(worth, grade.fraction)


def graded(given: Given, rules: Sequence[Rule]) -> Grade:
    """Grade an answer by its own version's key and the decisions that hold, oldest first."""
    grade = grade_answer(given.type, given.content, given.answer, given.worth)
    for rule in rules:
        grade = rescored(rule, given, grade)
    return grade


def regrade(rule: Rule, rows: Iterable[Scored]) -> list[Change]:
    """What a new decision does to every response that it reaches, whether or not anything changes."""
    changes = []
    for row in rows:
        if reaches(rule, row.given.version_id):
            grade = rescored(rule, row.given, row.grade)
            dropped = row.dropped or rule.policy == DROP
            second = rescored_second(rule, row)
            changes.append(Change(row, grade.fraction, grade.points, dropped, grade.evidence_fraction, second))
    return changes


def grades_differ(old: Given, content: Json) -> bool:
    """Whether another version's key gives another fraction for an answer."""
    before = grade_answer(old.type, old.content, old.answer, old.worth)
    return grade_answer(old.type, content, old.answer, old.worth).fraction != before.fraction


@dataclass(frozen=True)
class Applied:
    """What the record says a decision changed a response from; `is_older` when the score changed otherwise since.

    The points and the fraction of a second try are None where there was none then.
    """

    points: Points | None
    fraction: FractionUnits | None
    is_older: bool
    second_points: Points | None = None
    second_fraction: FractionUnits | None = None


def undo(
    rule: Rule, rows: Iterable[Scored], below: Sequence[Rule], applied: Callable[[int], Applied | None]
) -> list[Change]:
    """Take back the newest decision about an item; `below` are the others that hold, oldest first.

    A score that it changed goes back to what the record says, unless a person graded the answer since. An
    answer that was saved under it, and so has no record, is graded as if it had never been taken.
    """
    changes = []
    for row in rows:
        if row.regrade_id == rule.regrade_id:
            record = applied(row.response_id)
            grade = _taken_back(rule, row, below, record)
            second = _second_taken_back(rule, row, below, record)
            dropped = row.dropped and rule.policy != DROP
            changes.append(Change(row, grade.fraction, grade.points, dropped, grade.evidence_fraction, second))
    return changes


def _taken_back(rule: Rule, row: Scored, below: Sequence[Rule], applied: Applied | None) -> Grade:
    by_hand_since = applied is not None and applied.is_older and row.graded_by_id is not None
    if rule.policy == DROP or by_hand_since:
        return row.grade
    if applied:
        evidence = graded(row.given, below).evidence_fraction
        return replace(row.grade, fraction=applied.fraction, points=applied.points, evidence_fraction=evidence)
    if row.graded_by_id is not None or graded(row.given, [*below, rule]).fraction != row.fraction:
        return row.grade
    return graded(row.given, below)


def _second_taken_back(rule: Rule, row: Scored, below: Sequence[Rule], applied: Applied | None) -> SecondAnswer | None:
    second = row.second
    if second is None or rule.policy == DROP:
        return second
    if applied and applied.second_points is not None and applied.second_fraction is not None:
        return replace(second, fraction=applied.second_fraction, points=applied.second_points)
    given = replace(row.given, answer=second.answer)
    if graded(given, [*below, rule]).fraction != second.fraction:
        return second
    return _earning(second, given.worth, graded(given, below))


@dataclass(frozen=True)
class Effect:
    """What a decision would do to the scores of a class: how many change by how much, and how many do not."""

    policy: str
    rises: tuple[tuple[Points, int], ...]
    falls: tuple[tuple[Points, int], ...]
    dropped: int
    same: int

    @property
    def up(self) -> int:
        """How many answers gain points."""
        return sum(count for _by, count in self.rises)

    @property
    def down(self) -> int:
        """How many answers lose points."""
        return sum(count for _by, count in self.falls)


def difference(change: Change) -> Points:
    """By how much what the question counts changes; what waited for a person had none."""
    return (change.counted or 0) - (change.scored.counted or 0)


def effect_of(policy: str, changes: Sequence[Change]) -> Effect:
    """Count what changes among answers that are handed in."""
    told = [change for change in changes if change.scored.is_over]
    by = Counter(difference(change) for change in told)
    rises = tuple(sorted((amount, count) for amount, count in by.items() if amount > 0))
    falls = tuple(sorted((-amount, count) for amount, count in by.items() if amount < 0))
    dropped = sum(change.dropped and not change.scored.dropped for change in told)
    return Effect(policy, rises, falls, dropped, by[0] - dropped if policy == DROP else by[0])
