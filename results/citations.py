"""Which sentences a class pointed at, in all or with one answer to one question. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import NamedTuple

from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.question_types.draw import DRAW
from results.maps import Citation


class CitationRow(NamedTuple):
    """So many answers to one item had this answer key and pointed at these sentences ("4,7").

    `points_only`: the question asks for sentences alone, so that there is no answer beside them.
    """

    item_id: int
    points_only: bool
    answer_key: str
    cited: str
    answers: int


@dataclass(frozen=True)
class CitedOption:
    """An answer beside the evidence: its key, letter and words, whether it is right, how many pointed with it."""

    key: str
    letter: str
    text: str
    right: bool | None
    answers: int


@dataclass(frozen=True)
class CitedItem:
    """A question with evidence: how many answers point at something, and the answers that can be told apart."""

    item: ItemRow
    answers: int
    options: tuple[CitedOption, ...]


def of_enough(rows: Sequence[CitationRow], least: int) -> list[CitationRow]:
    """Return the rows of items at least so many answers to which point somewhere.

    The whole less the others would tell of an item with fewer.
    """
    answers: Counter[int] = Counter()
    for row in rows:
        answers[row.item_id] += row.answers
    return [row for row in rows if answers[row.item_id] >= least]


def cited_items(items: Sequence[ItemRow], rows: Sequence[CitationRow]) -> list[CitedItem]:
    """Return the questions to which somebody pointed at a sentence, in the quiz's order.

    A draw has no options: answers to different questions are never mixed.
    """
    found = []
    for item in items:
        own = [row for row in rows if row.item_id == item.item_id]
        if own:
            found.append(CitedItem(item, sum(row.answers for row in own), _options(item, own)))
    return found


def _options(item: ItemRow, rows: Sequence[CitationRow]) -> tuple[CitedOption, ...]:
    if item.type == DRAW or all(row.points_only for row in rows):
        return ()
    kind = TYPES[item.type]
    options = kind.option_rows(kind.read(item.content))
    return tuple(
        CitedOption(
            option.key,
            ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1),
            option.text,
            option.right,
            sum(row.answers for row in _holding(item, rows, option.key)),
        )
        for at, option in enumerate(options)
    )


def _holding(item: ItemRow, rows: Iterable[CitationRow], option: str) -> list[CitationRow]:
    """Return the answers that hold an option, alone or among others."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    return [row for row in rows if row.answer_key and option in kind.key_parts(content, row.answer_key)]


def citations_of(rows: Iterable[CitationRow], item: ItemRow | None, option: str | None) -> list[Citation]:
    """Return what was pointed at in all, for one item, or by those who chose one of its options."""
    meant = [row for row in rows if item is None or row.item_id == item.item_id]
    if item is not None and option is not None:
        meant = _holding(item, meant, option)
    return [Citation(frozenset(int(each) for each in row.cited.split(",")), row.answers) for row in meant]
