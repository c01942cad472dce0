"""One item as the statistics page shows it: figures with their intervals, and what each answer drew whom. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from articles.queries import SentenceRow
from core.points import Points
from quizzes.intervals import Interval, alpha_interval, fisher_interval, mean_interval, wilson_interval
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.statistics import (
    ItemStatistics,
    QuizStatistics,
    is_complete,
    item_statistics,
    part_statistics,
    quiz_statistics,
    totals_of,
)
from results.answers import AnswerRow, part_rows
from results.queries.statistics import ClassAnswers

ENOUGH_TO_TELL_APART = 15
"""With fewer attempts discrimination is chance, and is hidden."""
LOWER, MIDDLE, UPPER = 0, 1, 2
Thirds = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """Whom one answer drew: how many, their share, mean points on the other questions, and of which third they are."""

    row: AnswerRow
    n: int
    share: Fraction
    mean_rest: Fraction | None
    thirds: Thirds


@dataclass(frozen=True)
class ItemAnalysis:
    """An item with its figures; `left_out` is None where everybody answered. Polls have no figures, only answers.

    `asked` are the questions that a draw asked, each over the attempts that were asked it.
    """

    item: ItemRow
    label: str
    figures: ItemStatistics | None
    drawn: tuple[Drawn, ...]
    left_out: Drawn | None
    thirds: Thirds
    asked: tuple[ItemAnalysis, ...] = ()

    @property
    def facility_interval(self) -> Interval | None:
        """Where the facility of many such classes lies, 0 to 1 (Wilson)."""
        found = self.figures
        return wilson_interval(float(found.facility), found.n) if found and found.facility is not None else None

    @property
    def tells_apart(self) -> bool:
        """Whether there are enough attempts to speak of discrimination."""
        return self.figures is not None and self.figures.n >= ENOUGH_TO_TELL_APART

    @property
    def discrimination(self) -> float | None:
        """The discrimination index in per cent, None as long as it would be chance."""
        return self.figures.discrimination if self.figures and self.tells_apart else None

    @property
    def discrimination_interval(self) -> Interval | None:
        """Its interval, -1 to 1 (Fisher)."""
        found = self.discrimination
        return None if found is None or self.figures is None else fisher_interval(found / 100, self.figures.n)


@dataclass(frozen=True)
class QuizAnalysis:
    """A quiz with its items, hardest first. `is_complete`: every attempt held the same questions."""

    figures: QuizStatistics
    maximum: Points
    items: tuple[ItemAnalysis, ...]
    is_complete: bool

    @property
    def mean_interval(self) -> Interval | None:
        """Where the mean score of many such classes lies, within what can be scored (Student)."""
        found = self.figures
        if found.mean is None or found.sd is None:
            return None
        ends = mean_interval(found.mean, found.sd, found.n)
        return ends and (max(0.0, ends[0]), min(float(self.maximum), ends[1]))

    @property
    def alpha_interval(self) -> Interval | None:
        """The interval of the internal consistency, up to 1 (Bonett)."""
        held = sum(1 for each in self.items if each.figures is not None and each.figures.n)
        alpha = self.figures.alpha
        return None if alpha is None else alpha_interval(alpha / 100, held, self.figures.n)

    @property
    def dropped(self) -> list[int]:
        """The numbers of the items that no attempt holds."""
        return [each.item.number for each in self.items if each.figures is not None and not each.figures.n]


def thirds_of(totals: Sequence[int]) -> list[int]:
    """Return the third of the class that each attempt belongs to: LOWER, MIDDLE or UPPER.

    By the middle of its rank, so that equal totals are always in one third, which need not be equally large then.
    """
    counts, below = Counter(totals), 0
    third: dict[int, int] = {}
    for total in sorted(counts):
        place = Fraction(2 * below + counts[total], 2 * len(totals))
        third[total] = LOWER if place < Fraction(1, 3) else (UPPER if place > Fraction(2, 3) else MIDDLE)
        below += counts[total]
    return [third[total] for total in totals]


@dataclass(frozen=True)
class Words:
    """The article's sentences by id, and each draw's item with what it asked, by (item id, version id)."""

    sentences: Mapping[int, SentenceRow]
    asked: Mapping[tuple[int, int], ItemRow] = field(default_factory=dict)


def analyse(items: Sequence[ItemRow], answers: ClassAnswers, words: Words) -> QuizAnalysis:
    """Return the figures of a quiz and of each of its items, hardest first, polls last."""
    scored = [item for item in items if TYPES[item.type].has_key]
    held = {item.item_id: answers.points[item.item_id] for item in scored if item.item_id in answers.points}
    maxima = {item.item_id: item.points for item in items}
    figures = item_statistics(held, maxima)
    totals = totals_of(held) if held else [0] * answers.attempts
    ranks = thirds_of(totals)
    nothing: list[None] = [None] * answers.attempts
    found = []
    for item in items:
        points = answers.points.get(item.item_id, nothing)
        column = _Column(points, answers.keys.get(item.item_id, nothing), totals, ranks, item in scored)
        analysis = _item(item, _figures_of(item, figures), column, words.sentences)
        found.append(replace(analysis, asked=_asked(item, answers.versions.get(item.item_id, ()), column, words)))
    whole = quiz_statistics(held) if held else QuizStatistics(answers.attempts)
    return QuizAnalysis(
        whole, sum(maxima[item] for item in held), tuple(sorted(found, key=_hardness)), is_complete(held)
    )


NOT_HELD = ItemStatistics(0, None, None, None, None, False, None, None)


def _figures_of(item: ItemRow, figures: Mapping[int, ItemStatistics]) -> ItemStatistics | None:
    return figures.get(item.item_id, NOT_HELD) if TYPES[item.type].has_key else None


def _hardness(each: ItemAnalysis) -> tuple[bool, Fraction, int]:
    facility = each.figures.facility if each.figures else None
    return facility is None, facility or Fraction(0), each.item.number


@dataclass(frozen=True)
class _Column:
    """What the attempts did with one item; of a poll the total has no part in it."""

    points: Sequence[Points | None]
    keys: Sequence[str | None]
    totals: Sequence[Points]
    thirds: Sequence[int]
    is_scored: bool


def _asked(draw: ItemRow, versions: Sequence[int | None], column: _Column, words: Words) -> tuple[ItemAnalysis, ...]:
    """Each question that a draw asked, from the cells of the attempts that were asked it; hardest first."""
    questions = [words.asked[draw.item_id, version] if version else None for version in versions]
    found = []
    for item in {question.version_id: question for question in questions if question}.values():
        is_it = [question is not None and question.question_id == item.question_id for question in questions]
        points = [cell if here else None for cell, here in zip(column.points, is_it, strict=True)]
        keys = [cell if here else None for cell, here in zip(column.keys, is_it, strict=True)]
        has_key = TYPES[item.type].has_key
        figures = part_statistics(points, column.totals, draw.points) if has_key else None
        own = replace(column, points=points, keys=keys)
        found.append(_item(item, figures, own, words.sentences))
    return tuple(sorted(found, key=_hardness))


class _Tally:
    def __init__(self) -> None:
        self.n, self.rest, self.thirds = 0, 0, [0, 0, 0]


def _item(
    item: ItemRow, figures: ItemStatistics | None, column: _Column, sentences: Mapping[int, SentenceRow]
) -> ItemAnalysis:
    kind = TYPES[item.type]
    content = kind.read(item.content)
    parts = cache(lambda key: tuple(dict.fromkeys(kind.key_parts(content, key))) if key else ("",))
    drawn: dict[str, _Tally] = {}
    thirds, held = [0, 0, 0], 0
    alike = Counter(zip(column.points, column.keys, column.totals, column.thirds, strict=True))
    for (points, key, total, third), times in alike.items():
        if points is None or key is None:
            continue
        held += times
        thirds[third] += times
        for part in parts(key):
            tally = drawn.setdefault(part, _Tally())
            tally.n += times
            tally.rest += times * (total - points if column.is_scored else total)
            tally.thirds[third] += times
    left_out = drawn.pop("", None)
    rows = part_rows(item, Counter({part: tally.n for part, tally in drawn.items()}), held, sentences)
    return ItemAnalysis(
        item,
        str(kind.label),
        figures,
        tuple(_drawn(row, drawn.get(row.key, _Tally()), held) for row in rows),
        _drawn(AnswerRow("", "", "", None, None, left_out.n), left_out, held) if left_out else None,
        (thirds[0], thirds[1], thirds[2]),
    )


def _drawn(row: AnswerRow, tally: _Tally, held: int) -> Drawn:
    mean = Fraction(tally.rest, tally.n) if tally.n else None
    lower, middle, upper = tally.thirds
    return Drawn(row, tally.n, Fraction(tally.n, held) if held else Fraction(0), mean, (lower, middle, upper))
