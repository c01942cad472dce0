"""The maps over the article: what each layer should say of each sentence and paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.support.recomputed.glance import asked_of
from tests.support.recomputed.goes import Sat, half_up
from tests.support.recomputed.picks import parts_of
from tests.support.recomputed.raw import Raw, Row
from tests.support.recomputed.words import counted

Tested = tuple[int, frozenset[int], int, int, int]
"""A question's number, the sentences it tests, points lost, points possible, graded answers."""


class Text:
    """The article as a class reads it: its sentences by paragraph, with the labels that people see."""

    def __init__(self, raw: Raw, assignment: Row) -> None:
        blocks = raw.by_id("blocks")
        rows = [row for row in raw.rows("version_sentences") if row.version_id == assignment.version_id]
        self.order = [row.sentence_id for row in sorted(rows, key=lambda row: row.position)]
        self.label = {row.sentence_id: f"{blocks[row.block_id].number}.{row.number}" for row in rows}
        self.paragraphs: dict[int, set[int]] = {}
        for row in rows:
            self.paragraphs.setdefault(blocks[row.block_id].number, set()).add(row.sentence_id)

    def between(self, first: int, last: int) -> frozenset[int]:
        """The sentences from one to another."""
        return frozenset(self.order[self.order.index(first) : self.order.index(last) + 1])

    def tested_by(self, raw: Raw, version: int) -> frozenset[int]:
        """The sentences that a version of a question tests."""
        spans, found = raw.by_id("spans"), set()
        for row in raw.rows("question_spans"):
            if row.question_version_id == version and row.role == "anchor":
                span = spans[row.span_id]
                found |= self.between(span.first_sentence_id, span.last_sentence_id)
        return frozenset(found)


@dataclass(frozen=True)
class Spot:
    """What a layer says of a place: how dark, the share, how many of how many, and the questions that test it."""

    level: int
    share: Fraction | None = None
    count: int = 0
    n: int = 0
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Layer:
    """A layer over a text: of how much, in words too, and what it says of sentences and paragraphs, if anything."""

    name: str
    text: Text
    n: int
    base: str
    sentences: Mapping[int, Spot]
    paragraphs: Mapping[int, Spot]


def level(share: Fraction | None) -> int:
    """How dark: under 10 %, 20, 35 and over, as it is shown."""
    return 0 if share is None else sum(half_up(share * 100) >= least for least in (0, 10, 20, 35))


def questions_tested(
    sat: Sat, text: Text, which: str, label: int | None, among: set[int] | None = None
) -> list[Tested]:
    """What each question says of the sentences that it tests, those that draws asked among them.

    `among`: the answers that may be told of, if not all.
    """
    goes, found = sat.meant(which, label), []
    for item in sat.items:
        rows = [go.answers[item.id] for go in goes if item.id in go.answers]
        groups = [(sat.newest[item.id], rows)]
        if sat.kind(item.id) == "draw":
            versions = sat.raw.versions
            asked = asked_of(rows, versions).values()
            newest = [
                max((versions[row.question_version_id] for row in each), key=lambda v: v.number) for each in asked
            ]
            groups = list(zip(newest, asked, strict=True))
        for version, answers in groups:
            sentences = text.tested_by(sat.raw, version.id)
            if sentences and version.type != "poll":
                told = [row for row in answers if among is None or row.id in among]
                points = [row.points for row in told if row.points is not None]
                possible = item.points * len(points)
                found.append((sat.number[item.id], sentences, possible - sum(points), possible, len(points)))
    return found


def _lost(tested: Iterable[Tested]) -> Spot | None:
    here = list(tested)
    if not here:
        return None
    possible = sum(each[3] for each in here)
    share = Fraction(sum(each[2] for each in here), possible) if possible else None
    numbers = tuple(sorted({each[0] for each in here}))
    return Spot(level(share), share, 0, max(each[4] for each in here), numbers)


def lost(sat: Sat, tested: Sequence[Tested]) -> Layer:
    """The layer of points lost, by what questions say of the sentences that they test."""
    text = Text(sat.raw, sat.assignment)
    sentences = {at: _lost(each for each in tested if at in each[1]) for at in text.order}
    paragraphs = {at: _lost(each for each in tested if each[1] & ids) for at, ids in text.paragraphs.items()}
    n = max((each[4] for each in tested), default=0)
    base = counted(n, "answer to a question", "answers to a question")
    return Layer("missed", text, n, base, _said(sentences), _said(paragraphs))


def _said(spots: Mapping[int, Spot | None]) -> dict[int, Spot]:
    return {at: spot for at, spot in spots.items() if spot}


def lost_by(sat: Sat, which: str, label: int | None) -> Layer:
    """The layer of points lost, for who may see everything."""
    return lost(sat, questions_tested(sat, Text(sat.raw, sat.assignment), which, label))


def pointing(sat: Sat, which: str, label: int | None, item: int | None, option: str | None) -> list[set[int]]:
    """What each answer that points somewhere points at: of all, of one question, or with one answer to it."""
    found = []
    for go in sat.meant(which, label):
        for row in go.answers.values():
            answer: Any = row.answer or {}
            kind = sat.raw.versions[row.question_version_id].type
            cited = set(answer.get("sentences") or answer.get("evidence") or [])
            if cited and item in (None, row.item_id) and (option is None or option in parts_of(row, kind)):
                found.append(cited)
    return found


def _of(count: int, n: int, shown: int | None = None) -> Spot | None:
    share = Fraction(min(count, n), n) if n else None
    return Spot(level(share), share, count if shown is None else shown, n) if count else None


def cited(sat: Sat, found: Sequence[set[int]]) -> Layer:
    """The layer of evidence, by what each answer points at."""
    text, n = Text(sat.raw, sat.assignment), len(found)
    counts = Counter(each for ids in found for each in ids)
    sentences = {at: _of(counts[at], n) for at in text.order}
    paragraphs = {at: _of(sum(bool(ids & own) for ids in found), n) for at, own in text.paragraphs.items()}
    base = counted(n, "answer that points", "answers that point")
    return Layer("evidence", text, n, base, _said(sentences), _said(paragraphs))


def confused(sat: Sat) -> Layer:
    """The layer of what was marked as confusing, of the whole class: of a paragraph its hardest sentence tells."""
    text, students = Text(sat.raw, sat.assignment), {row.id for row in sat.raw.students(sat.section)}
    marks = Counter(row.sentence_id for row in marks_by(sat, students))
    n = len(students)
    sentences = {at: _of(marks[at], n) for at in text.order}
    paragraphs = {}
    for at, ids in text.paragraphs.items():
        own = [marks[each] for each in ids]
        paragraphs[at] = _of(max(own), n, sum(own))
    base = counted(n, "student", "students")
    return Layer("confusion", text, n, base, _said(sentences), _said(paragraphs))


def marks_by(sat: Sat, students: set[int]) -> list[Row]:
    """Where some students were confused."""
    rows = sat.raw.rows("confusion_marks")
    return [row for row in rows if row.assignment_id == sat.assignment.id and row.enrollment_id in students]


def open_notes(raw: Raw, assignment: Row) -> list[Row]:
    """The questions in the margin, and notes to staff, of students of today that nobody else has answered."""
    students = {row.id for row in raw.students(assignment.section_id)}
    notes, found = raw.rows("comments"), []
    for note in notes:
        if note.assignment_id != assignment.id or note.span_id is None or note.enrollment_id not in students:
            continue
        asks = note.visibility == "staff" or (note.visibility == "class" and note.kind == "question")
        answered = [
            each
            for each in notes
            if each.root_id == note.id and each.enrollment_id != note.enrollment_id
            if not (each.hidden_at or each.deleted_at)
        ]
        if asks and not (note.hidden_at or note.deleted_at or answered):
            found.append(note)
    return found


def waiting(sat: Sat, notes: Sequence[Row]) -> Layer:
    """The layer of questions that wait."""
    text, spans = Text(sat.raw, sat.assignment), sat.raw.by_id("spans")
    ends = [spans[note.span_id] for note in notes]
    found = [text.between(span.first_sentence_id, span.last_sentence_id) for span in ends]
    counts = Counter(each for ids in found for each in ids)
    sentences = {at: counts[at] for at in text.order}
    paragraphs = {at: sum(bool(ids & own) for ids in found) for at, own in text.paragraphs.items()}
    spots = [{at: Spot(min(k, 4), count=k) for at, k in each.items() if k} for each in (sentences, paragraphs)]
    return Layer("questions", text, len(found), counted(len(found), "question", "questions"), *spots)
