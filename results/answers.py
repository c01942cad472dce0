"""One question as a class answered it: options with their counts, hardest first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from flask_babel import gettext as _

from articles.addresses import to_passages
from articles.queries import SentenceRow
from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.question_types.base import QuestionType
from results.evidence import EvidenceTable

OTHER_ANSWERS = 8
COMMON_MISS = Fraction(1, 5)
"""A wrong answer is a common miss when at least this share of the class, and two people, gave it."""


@dataclass(frozen=True)
class AnswerRow:
    """One answer, by its part of an answer key, and how many gave it. `right` is None where the key does not say."""

    key: str
    letter: str
    text: str
    sentence: SentenceRow | None
    right: bool | None
    students: int
    is_common_miss: bool = False


@dataclass(frozen=True)
class QuestionResult:
    """One question with its figures; `facility` is 0 to 1, None while nothing is graded.

    `is_withheld`: it has no figures because too few answered, or because those of a few could be told from them.
    """

    item: ItemRow
    label: str
    figures: ItemFigures
    facility: Fraction | None
    rows: tuple[AnswerRow, ...]
    left_out: int
    sentence_ids: frozenset[int]
    reference: str
    spans: tuple[tuple[int, int], ...]
    evidence: EvidenceTable | None = None
    drawn: tuple[QuestionResult, ...] = ()
    is_withheld: bool = False

    @property
    def address(self) -> str:
        """What follows the reading's address to get to what the question tests; empty where it tests no passage."""
        return to_passages(self.spans)

    @property
    def has_key(self) -> bool:
        """Whether answers to it can be right or wrong; facility and losses mean nothing where they cannot."""
        return TYPES[self.item.type].has_key

    @property
    def common_miss(self) -> AnswerRow | None:
        """The wrong answer that most gave, if it is common."""
        return next((row for row in self.rows if row.is_common_miss), None)

    @property
    def lost(self) -> int:
        """Points lost by the class on this question."""
        return self.item.points * self.figures.graded - self.figures.points


def count_parts(item: ItemRow, figures: ItemFigures) -> Counter[str]:
    """Return how many answers hold each part (an option, a sentence, a text)."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    counted: Counter[str] = Counter()
    for key, students in figures.answers.items():
        if key:
            counted.update(dict.fromkeys(kind.key_parts(content, key), students))
    return counted


def answer_rows(item: ItemRow, figures: ItemFigures, sentences: Mapping[int, SentenceRow]) -> tuple[AnswerRow, ...]:
    """Return the options with their counts, then the other answers that were given, most frequent first."""
    return part_rows(item, count_parts(item, figures), figures.responses, sentences)


def part_rows(
    item: ItemRow, counted: Counter[str], responses: int, sentences: Mapping[int, SentenceRow]
) -> tuple[AnswerRow, ...]:
    """Return the same, given how many of the `responses` hold each part."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    options = kind.option_rows(content)
    known = {option.key for option in options}
    options = [option for option in options if counted[option.key] or _is_there(item, option.key, sentences)]
    rows = [
        AnswerRow(
            option.key,
            _letter(at, kind),
            option.text or _no_longer_there(item, option.key, sentences),
            _sentence(item, option.key, sentences),
            option.right,
            counted[option.key],
        )
        for at, option in enumerate(options)
    ]
    right = False if kind.unlisted_is_wrong else None
    others = sorted((-n, key) for key, n in counted.items() if key not in known and n > 0)
    for n, key in others[:OTHER_ANSWERS]:
        words = _no_longer_there(item, key, sentences) or kind.part_in_words(content, key)
        rows.append(AnswerRow(key, "", words, _sentence(item, key, sentences), right, -n))
    return _mark_miss(rows, responses)


def _letter(at: int, kind: QuestionType[Any]) -> str:
    """The letter of an option; parts of an answer have none."""
    if kind.unlisted_is_wrong:
        return ""
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _sentence(item: ItemRow, key: str, sentences: Mapping[int, SentenceRow]) -> SentenceRow | None:
    return sentences.get(int(key)) if item.type == "evidence" and key.isdigit() else None


def _is_there(item: ItemRow, key: str, sentences: Mapping[int, SentenceRow]) -> bool:
    """Whether an answer can be given: a sentence only where the class's text has it."""
    return item.type != "evidence" or _sentence(item, key, sentences) is not None


def _no_longer_there(item: ItemRow, key: str, sentences: Mapping[int, SentenceRow]) -> str:
    """What to call a sentence that was chosen and is not in the class's text any more; "" for everything else."""
    return "" if _is_there(item, key, sentences) else str(_("A sentence that is no longer in the text"))


def _mark_miss(rows: Sequence[AnswerRow], responses: int) -> tuple[AnswerRow, ...]:
    wrong = [row for row in rows if row.right is False and row.students >= 2]
    most = max((row.students for row in wrong), default=0)
    if not most or Fraction(most, max(responses, 1)) < COMMON_MISS:
        return tuple(rows)
    miss = next(row for row in wrong if row.students == most)
    return tuple(replace(row, is_common_miss=row is miss) for row in rows)


def of_enough(result: QuestionResult, least: int) -> QuestionResult:
    """Return a question for who may see nothing that is of fewer than `least` answers.

    Nor can it be had by taking what is shown from the whole: of the questions that a draw asked so many have no figures
    that together they were asked of `least` or more.
    """
    evidence = result.evidence
    if _is_of_few(result, least):
        return _withheld(replace(result, drawn=tuple(_withheld(each) for each in result.drawn)))
    hidden = _hidden(result.drawn, least)
    drawn = tuple(_withheld(each) if at in hidden else of_enough(each, least) for at, each in enumerate(result.drawn))
    told = evidence if evidence is None or evidence.counts.students >= least else None
    return replace(result, drawn=drawn, evidence=told)


def _is_of_few(result: QuestionResult, least: int) -> bool:
    return result.figures.responses < least or 0 < result.figures.graded < least


def _withheld(result: QuestionResult) -> QuestionResult:
    bare = replace(result, figures=ItemFigures(), facility=None, rows=(), left_out=0, evidence=None)
    return replace(bare, is_withheld=True)


def _hidden(drawn: Sequence[QuestionResult], least: int) -> set[int]:
    """The places of those that are of few and, while all that is hidden is of few, of the next that fewest answered."""
    in_order = sorted(range(len(drawn)), key=lambda at: (drawn[at].figures.responses, at))
    hidden = {at for at in in_order if _is_of_few(drawn[at], least)}
    for at in in_order:
        if not 0 < sum(drawn[each].figures.responses for each in hidden) < least:
            break
        hidden.add(at)
    return hidden


def hardest_first(results: Sequence[QuestionResult]) -> list[QuestionResult]:
    """Return the questions by facility, lowest first; those without a graded answer last."""
    return sorted(results, key=lambda r: (r.facility is None, r.facility or 0, r.item.number))
