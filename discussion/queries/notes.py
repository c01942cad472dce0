"""Notes with what answers them: of a whole margin, of one paragraph, or one by itself. One statement each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, CompoundSelect, Integer, and_, bindparam, case, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import aliased

from articles.models import Span, VersionSentence
from articles.queries import offsets_of, place_of, with_places
from classroom.models import STAFF, Enrollment
from core.database import AnySelect, read_rows
from core.web import not_found
from discussion.margins import Margin
from discussion.models import Comment
from discussion.queries.comments import CommentRow, as_known, for_viewer, shown_comments, viewer_of
from discussion.queries.margins import is_new, visible_notes, with_reads
from discussion.queries.visibility import is_gone

IN_MARGIN = 4
"""Notes of one paragraph on the page of the article; the others stand on the paragraph's own page."""
ANSWERS_IN_MARGIN = 3
WITHOUT_PLACE = 50
ON_A_PAGE = 200
ANSWERS_OF_ONE = 500
NOBODYS = -1  # the id of no note


class Anchor(NamedTuple):
    """Where a note stands: the words it was made on, and their place in the class's text (None: nowhere)."""

    quote: str
    first_id: int | None
    last_id: int | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, and the answers to it in the order they were written, at most so many; `answers` are all that stand.

    `turn` is its number among the notes on the very same words, from 1; `rank` says which to show first.
    """

    comment: CommentRow
    visibility: str
    kind: str
    anchor: Anchor
    turn: int
    rank: int
    answers: int
    shown: tuple[CommentRow, ...]


def _rank() -> Any:
    """Staff's first, then what staff endorsed, then one's own, then what is new."""
    from_staff, endorsed = Enrollment.role.in_(STAFF), Comment.endorsed_at.is_not(None)
    mine = Comment.enrollment_id == bindparam("me", type_=Integer)
    return case((from_staff, 0), (endorsed, 1), (mine, 2), (is_new(), 3), else_=4)


def _placed() -> CTE:
    """Every note of the margin that exists for the viewer, with its place in the class's version."""
    first, last, *offsets = place = (*place_of(), *offsets_of())
    nth = func.row_number()
    of_words = nth.over(partition_by=place, order_by=Comment.id)
    of_block = nth.over(partition_by=VersionSentence.block_id, order_by=(_rank(), Comment.id))
    statement = (
        select(
            Comment.id,
            Span.quote,
            first.label("first_id"),
            last.label("last_id"),
            *(column.label(name) for column, name in zip(offsets, ("start_at", "end_at"), strict=True)),
            VersionSentence.block_id,
            of_words.label("turn"),
            of_block.label("nth"),
            _rank().label("rank"),
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(Span, Span.id == Comment.span_id)
    )
    statement = with_reads(with_places(statement, bindparam("version")))
    in_text = and_(VersionSentence.version_id == bindparam("version"), VersionSentence.sentence_id == first)
    return statement.outerjoin(VersionSentence, in_text).where(visible_notes()).cte("placed")


def _chosen(scope: str, placed: CTE) -> Any:
    if scope == "note":
        return placed.c.id == bindparam("note")
    if scope == "paragraph":
        skipped = bindparam("skipped", type_=Integer)
        here = (placed.c.nth > skipped, placed.c.nth <= skipped + ON_A_PAGE)
        return and_(placed.c.block_id == bindparam("block"), *here)
    most = case((placed.c.block_id.is_(None), WITHOUT_PLACE), else_=IN_MARGIN)
    return or_(placed.c.nth <= most, placed.c.id == bindparam("note"))


@cache
def _notes(scope: str) -> AnySelect:
    placed = _placed()
    chosen = select(placed).where(_chosen(scope, placed)).cte("chosen")
    answer = aliased(Comment)
    answers = (
        select(
            answer.id,
            answer.root_id.label("note_id"),
            func.row_number().over(partition_by=answer.root_id, order_by=answer.id).label("nth"),
            func.count(answer.id).over(partition_by=answer.root_id).label("answers"),
        )
        .join(chosen, chosen.c.id == answer.root_id)
        .where(not_(is_gone(answer)))
        .subquery()
    )
    tops = select(chosen.c.id, chosen.c.id.label("note_id"), literal(0).label("answers"))
    first_ones = select(answers.c.id, answers.c.note_id, answers.c.answers).where(
        answers.c.nth <= bindparam("most_answers", type_=Integer)
    )
    ids: CompoundSelect[Any] = union_all(tops, first_ones)
    shown = ids.subquery("shown")
    columns = ("quote", "first_id", "last_id", "start_at", "end_at", "turn", "rank")
    return (
        shown_comments()
        .add_columns(Comment.visibility, Comment.kind, *(chosen.c[name] for name in columns), shown.c.answers)
        .join(shown, shown.c.id == Comment.id)
        .join(chosen, chosen.c.id == shown.c.note_id)
        .order_by(shown.c.note_id, Comment.id)
    )


WIDTH = len(CommentRow._fields)


def _list(scope: str, margin: Margin, **given: int) -> list[NoteRow]:
    """Return the notes of a scope in the order they were written."""
    who = {**viewer_of(margin), "assignment": margin.assignment_id, "version": margin.version_id}
    rows = read_rows(_notes(scope), {**who, **given})
    comments = for_viewer(margin, [as_known(margin, row[:WIDTH]) for row in rows])
    notes: list[tuple[CommentRow, tuple[Any, ...]]] = []
    answers: dict[int, list[CommentRow]] = {}
    counts: dict[int, int] = {}
    for comment, row in zip(comments, rows, strict=True):
        if comment.root_id is None:
            notes.append((comment, row[WIDTH:-1]))
        else:
            answers.setdefault(comment.root_id, []).append(comment)
            counts[comment.root_id] = row[-1]
    return [
        NoteRow(
            comment,
            visibility,
            kind,
            Anchor._make(anchor),
            turn,
            rank,
            counts.get(comment.id, 0),
            tuple(answers.get(comment.id, ())),
        )
        for comment, (visibility, kind, *anchor, turn, rank) in notes
    ]


def list_notes(margin: Margin, wanted_id: int | None = None) -> list[NoteRow]:
    """Return of each paragraph the notes to show first, with the one that is wanted, and those without a place."""
    return _list("reading", margin, note=wanted_id or NOBODYS, most_answers=ANSWERS_IN_MARGIN)


def list_notes_of_paragraph(margin: Margin, block_id: int, skipped: int = 0) -> list[NoteRow]:
    """Return the notes that begin in one block of the class's text, at most ON_A_PAGE after so many."""
    return _list("paragraph", margin, block=block_id, skipped=skipped, most_answers=ANSWERS_IN_MARGIN)


def get_note(margin: Margin, note_id: int) -> NoteRow:
    """Return one note of a margin with its answers, or answer 404: not there, or not meant for the viewer."""
    notes = _list("note", margin, note=note_id, most_answers=ANSWERS_OF_ONE)
    return notes[0] if notes else not_found()
