"""The article as a map: what a layer says of each sentence, and of each paragraph summed. Pure.

Four layers: points missed on the questions that test a place, evidence cited there, students confused there, and
questions that wait there for an answer. A level from 1 to 4 shades a place; 0 says that there is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from articles.queries import BlockRow, sentences_of
from articles.spans import covered
from core.text import excerpt
from results.struggle import AnchoredItem, Struggle, by_place, by_sentence, level_of

LAYERS = (MISSED, EVIDENCE, CONFUSION, QUESTIONS) = ("missed", "evidence", "confusion", "questions")
DARKEST = 4
SHORT = 190
"""How many characters of a paragraph of which there is nothing to say a short map shows."""


@dataclass(frozen=True)
class Spot:
    """What a layer says of a place: its level, a share of `n` (0 to 1) or a bare count, the questions that test it.

    `n`: the answers or students that the share is of.
    """

    level: int = 0
    share: Fraction | None = None
    count: int = 0
    n: int = 0
    numbers: tuple[int, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to say: not tested, cited by nobody, marked by nobody, no question."""
        return not self.count and not self.numbers


NOTHING = Spot()


@dataclass(frozen=True)
class Layer:
    """One layer over a text: its spots by sentence id and by paragraph number, and how many it is of in all."""

    name: str
    sentences: Mapping[int, Spot] = field(default_factory=dict)
    paragraphs: Mapping[int, Spot] = field(default_factory=dict)
    n: int = 0


@dataclass(frozen=True)
class Citation:
    """So many answers pointed at just these sentences."""

    sentence_ids: frozenset[int]
    answers: int


@dataclass(frozen=True)
class Run:
    """Neighbouring sentences that say the same: what a layer says of them, their words, a remark after them."""

    spot: Spot
    text: str
    remark: str = ""


@dataclass(frozen=True)
class MapRow:
    """One block of the article on a map. A heading has no number and no spot. `is_short`: its words are cut."""

    number: int | None
    spot: Spot | None
    runs: tuple[Run, ...]
    is_short: bool = False


def sentences_by_paragraph(blocks: Sequence[BlockRow]) -> dict[int, frozenset[int]]:
    """Return the ids of the sentences of each numbered paragraph."""
    return {block.number: frozenset(s.id for s in block.sentences) for block in blocks if block.number is not None}


def missed_layer(tested: Sequence[AnchoredItem], blocks: Sequence[BlockRow]) -> Layer:
    """Return where points were lost, of those that were possible there."""
    places = by_place(tested, sentences_by_paragraph(blocks))
    most = max((item.graded for item in tested), default=0)
    return Layer(MISSED, _spots(by_sentence(tested)), _spots(places), most)


def _spots(found: Mapping[int, Struggle]) -> dict[int, Spot]:
    return {key: Spot(each.level, each.share, 0, each.graded, each.numbers) for key, each in found.items()}


def evidence_layer(citations: Iterable[Citation], blocks: Sequence[BlockRow]) -> Layer:
    """Return how many answers point at each place, of those that point anywhere; each counts once for a place."""
    citations = list(citations)
    n = sum(citation.answers for citation in citations)
    sentences: Counter[int] = Counter()
    for citation in citations:
        sentences.update(dict.fromkeys(citation.sentence_ids, citation.answers))
    paragraphs = {
        number: sum(citation.answers for citation in citations if citation.sentence_ids & ids)
        for number, ids in sentences_by_paragraph(blocks).items()
    }
    return _shares(EVIDENCE, sentences, paragraphs, n)


def confusion_layer(marks: Mapping[int, int], students: int, blocks: Sequence[BlockRow]) -> Layer:
    """Return by how many students each sentence was marked, of the class; a paragraph sums its sentences' marks.

    One student may mark several sentences of a paragraph: its share is of its hardest sentence.
    """
    paragraphs = {}
    for number, ids in sentences_by_paragraph(blocks).items():
        hardest = max((marks.get(each, 0) for each in ids), default=0)
        total = sum(marks.get(each, 0) for each in ids)
        paragraphs[number] = _share(hardest, students, count=total)
    return Layer(CONFUSION, {key: _share(n, students) for key, n in marks.items() if n}, paragraphs, students)


def questions_layer(spans: Sequence[tuple[int | None, int | None, int]], blocks: Sequence[BlockRow]) -> Layer:
    """Return how many questions wait at each place, given first and last sentence and how many; each counts once."""
    text = sentences_of(blocks)
    known = {sentence.id for sentence in text}
    held = [
        (frozenset(covered(text, first, last)), n)
        for first, last, n in spans
        if first is not None and last is not None and {first, last} <= known
    ]
    sentences: Counter[int] = Counter()
    for ids, n in held:
        sentences.update(dict.fromkeys(ids, n))
    places = sentences_by_paragraph(blocks)
    paragraphs = {number: sum(n for at, n in held if at & ids) for number, ids in places.items()}
    return Layer(
        QUESTIONS,
        {key: Spot(level_of_count(n), count=n) for key, n in sentences.items()},
        {key: Spot(level_of_count(n), count=n) for key, n in paragraphs.items()},
        sum(n for *_ends, n in spans),
    )


def level_of_count(count: int) -> int:
    """Return the level of a bare count: one more for each, up to the darkest."""
    return min(count, DARKEST)


def _shares(name: str, sentences: Mapping[int, int], paragraphs: Mapping[int, int], n: int) -> Layer:
    return Layer(
        name,
        {key: _share(count, n) for key, count in sentences.items() if count},
        {key: _share(count, n) for key, count in paragraphs.items()},
        n,
    )


def _share(part: int, n: int, count: int | None = None) -> Spot:
    share = Fraction(min(part, n), n) if n else None
    level = level_of(share) if share is not None and part else 0
    return Spot(level, share, part if count is None else count, n)


def map_rows(
    layer: Layer,
    blocks: Sequence[BlockRow],
    remarks: Mapping[int, str] | None = None,
    *,
    is_short: bool = False,
) -> list[MapRow]:
    """Return the text with what a layer says, block by block, without its images.

    `remarks` stand after sentences (by id). A short map cuts the paragraphs of which there is nothing to say.
    """
    return [_row(layer, block, remarks or {}, is_short) for block in blocks if not block.image]


def _row(layer: Layer, block: BlockRow, remarks: Mapping[int, str], is_short: bool) -> MapRow:
    spot = None if block.number is None else layer.paragraphs.get(block.number, NOTHING)
    if spot is None or (is_short and spot.is_nothing):
        words = " ".join(sentence.text for sentence in block.sentences)
        return MapRow(block.number, spot, (Run(NOTHING, excerpt(words, SHORT) if is_short else words),), is_short)
    said = [(layer.sentences.get(s.id, NOTHING), remarks.get(s.id, ""), s.text) for s in block.sentences]
    key: Callable[[tuple[Spot, str, str]], tuple[Spot, str]] = lambda each: each[:2]  # noqa: E731
    runs = groupby(said, key=key)
    return MapRow(
        block.number,
        spot,
        tuple(Run(spot, " ".join(text for *_said, text in run), remark) for (spot, remark), run in runs),
    )


def sentence_table(layer: Layer, blocks: Sequence[BlockRow]) -> list[tuple[str, Spot]]:
    """Return what a layer says of each sentence of which there is something to say: (label, spot), in reading order."""
    return [
        (sentence.label, layer.sentences[sentence.id])
        for block in blocks
        for sentence in block.sentences
        if sentence.label and sentence.id in layer.sentences
    ]
