"""The maps over the article: what each layer should say of each sentence and paragraph, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from tests.support.recomputed.glance import asked_of
from tests.support.recomputed.goes import Sat, half_up
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import parts_of
from tests.support.recomputed.raw import Raw, Row
from tests.support.recomputed.words import counted, percent

Figures = dict[str, Any]
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


def _number(version: Row) -> int:
    return int(version.number)


def level(share: Fraction | None) -> int:
    """How dark: under 10 %, 20, 35 and over, as it is shown."""
    return 0 if share is None else sum(half_up(share * 100) >= least for least in (0, 10, 20, 35))


def questions_tested(sat: Sat, text: Text, which: str, label: int | None) -> list[Tested]:
    """What each question says of the sentences that it tests, those that draws asked among them."""
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
                points = [row.points for row in answers if row.points is not None]
                possible = item.points * len(points)
                found.append((sat.number[item.id], sentences, possible - sum(points), possible, len(points)))
    return found


def _lost(tested: Iterable[Tested], *, told: bool) -> tuple[str, str, str, int] | None:
    """What a place says: the questions, the answers, the share that was lost, how dark."""
    here = list(tested)
    if not here:
        return None
    possible = sum(each[3] for each in here) if told else 0
    share = Fraction(sum(each[2] for each in here), possible) if possible else None
    numbers = ", ".join(map(str, sorted({each[0] for each in here})))
    return numbers, str(max(each[4] for each in here)), percent(share), level(share)


def lost_by_paragraph(sat: Sat, which: str, label: int | None, *, told: bool) -> Figures:
    """What was lost on each paragraph that a question tests."""
    text = Text(sat.raw, sat.assignment)
    tested = questions_tested(sat, text, which, label)
    found = {}
    for number, ids in text.paragraphs.items():
        said = _lost([each for each in tested if each[1] & ids], told=told)
        if said:
            found[str(number)] = said
    return found


def expected_lost(sat: Sat, which: str, label: int | None) -> Figures:
    """The layer of points lost."""
    text = Text(sat.raw, sat.assignment)
    tested = questions_tested(sat, text, which, label)
    by_paragraph = lost_by_paragraph(sat, which, label, told=True)
    n = max((each[4] for each in tested), default=0)
    sentences = {}
    for at in text.order:
        said = _lost([each for each in tested if at in each[1]], told=True)
        if said:
            sentences[text.label[at]] = said[:3]
    return {
        "n": counted(n, "answer to a question", "answers to a question"),
        "paragraphs": {at: said[:3] for at, said in by_paragraph.items()},
        "sentences": sentences,
        "levels": {str(at): by_paragraph[str(at)][3] if str(at) in by_paragraph else 0 for at in text.paragraphs},
    }


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


def _counts(text: Text, found: Sequence[set[int]], n: int) -> Figures:
    sentences = Counter(each for ids in found for each in ids)
    paragraphs = {at: sum(bool(ids & own) for ids in found) for at, own in text.paragraphs.items()}
    return {
        "paragraphs": {str(at): (f"{k} of {n}",) for at, k in paragraphs.items() if k},
        "sentences": {text.label[at]: (f"{sentences[at]} of {n}",) for at in text.order if sentences[at]},
        "levels": {str(at): level(Fraction(k, n)) if k else 0 for at, k in paragraphs.items()},
    }


def expected_cited(sat: Sat, which: str, label: int | None, item: int | None = None, option: str = "") -> Figures:
    """The layer of evidence."""
    found = pointing(sat, which, label, item, option or None)
    n = {"n": counted(len(found), "answer that points", "answers that point")}
    return n | _counts(Text(sat.raw, sat.assignment), found, len(found))


def expected_confusion(sat: Sat) -> Figures:
    """The layer of what was marked as confusing, of the whole class."""
    text, students = Text(sat.raw, sat.assignment), {row.id for row in sat.raw.students(sat.section)}
    marks = Counter(
        row.sentence_id
        for row in sat.raw.rows("confusion_marks")
        if row.assignment_id == sat.assignment.id and row.enrollment_id in students
    )
    n = len(students)
    sums = {at: [marks[each] for each in ids] for at, ids in text.paragraphs.items()}
    return {
        "n": counted(n, "student", "students"),
        "paragraphs": {str(at): (counted(sum(each), "mark", "marks"),) for at, each in sums.items() if any(each)},
        "sentences": {text.label[at]: (f"{marks[at]} of {n}",) for at in text.order if marks[at]},
        "levels": {str(at): level(Fraction(max(each), n)) if any(each) else 0 for at, each in sums.items()},
    }


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


def open_questions(sat: Sat, text: Text) -> list[frozenset[int]]:
    """The places that they are about."""
    spans = [sat.raw.by_id("spans")[note.span_id] for note in open_notes(sat.raw, sat.assignment)]
    return [text.between(span.first_sentence_id, span.last_sentence_id) for span in spans]


def expected_questions(sat: Sat) -> Figures:
    """The layer of questions that wait."""
    text = Text(sat.raw, sat.assignment)
    found = open_questions(sat, text)
    sentences = Counter(each for ids in found for each in ids)
    paragraphs = {at: sum(bool(ids & own) for ids in found) for at, own in text.paragraphs.items()}
    return {
        "n": counted(len(found), "question", "questions"),
        "paragraphs": {str(at): (str(k),) for at, k in paragraphs.items() if k},
        "sentences": {text.label[at]: (str(sentences[at]),) for at in text.order if sentences[at]},
        "levels": {str(at): min(k, 4) for at, k in paragraphs.items()},
    }


def told_map(page: Node) -> Figures:
    """What the page says in its tables, and how dark each paragraph is; nothing where the map is held back."""
    if not page.all(of="map-tables"):
        return {}
    paragraphs, sentences = page.one(of="map-tables").all("table")
    levels = {}
    for place in page.all("div", "hp"):
        if "id" in place.attributes:
            (dark,) = [name for name in place.classes if name.startswith("lv")]
            levels[place.attributes["id"].removeprefix("map-p")] = int(dark[2:])
    return {
        "n": _base(page),
        "paragraphs": _read_rows(paragraphs),
        "sentences": _read_rows(sentences),
        "levels": levels,
    }


def _base(page: Node) -> str:
    (meta,) = [each for each in page.all("p", "meta") if each.text.startswith("n = ")]
    return meta.text.removeprefix("n = ")


def _read_rows(table: Node) -> Figures:
    found = {}
    for row in table.one("tbody").all("tr"):
        cells = [each for each in row.held if isinstance(each, Node)]
        if cells[0].tag == "th" and not row.all("span", "muted"):
            found[cells[0].text.removeprefix("¶").strip()] = tuple(each.text for each in cells[1:])
    return found
