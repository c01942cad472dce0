"""The comments of a class as a table. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from core.table_files import Number, TableFile, moment_cell
from discussion.queries.exported import Exported, ExportedRow

COLUMNS = (
    "comment_id", "reading_id", "reading", "place", "thread_id", "thread", "note_id", "parent_id", "group_id",
    "for_whom", "kind", "enrollment_id", "name", "role", "anonymous", "written_at_utc", "edited_at_utc", "state",
    "endorsed", "reactions", "passage", "quoted_sentences", "text",
)  # fmt: skip
STATES = (SHOWN, WAITING, HIDDEN, DELETED) = ("shown", "waiting", "hidden", "deleted")


def comments_table(comments: Iterable[Exported]) -> TableFile:
    """Return a row for each comment. Of one that its author deleted only its place: neither author nor words.

    `note_id`: the note that it answers, or is itself. `anonymous`: to classmates. `text` is Markdown, as typed.
    """
    return TableFile("Comments", COLUMNS, (_row(each) for each in comments), held=1)


def state_of(row: ExportedRow) -> str:
    """Return what became of a comment; of several things the one that keeps it from more people."""
    if row.deleted_at:
        return DELETED
    if row.hidden_at:
        return HIDDEN
    return WAITING if row.waits else SHOWN


def _row(each: Exported) -> list[str]:
    row, state = each.row, state_of(each.row)
    author = [_number(row.enrollment_id), row.name, row.role, _said(row.alias is not None)]
    marks = [_said(row.endorsed_at is not None), _number(row.reactions), each.passage, "; ".join(each.quoted), row.body]
    return [
        _number(row.id),
        _number(row.assignment_id),
        row.article_title,
        "margin" if row.thread_id is None else "thread",
        _number(row.thread_id),
        row.title or "",
        _number((row.root_id or row.id) if row.thread_id is None else None),
        _number(row.parent_id),
        _number(row.group_id),
        row.visibility,
        row.kind,
        *([""] * len(author) if state == DELETED else author),
        moment_cell(row.created_at),
        moment_cell(row.edited_at),
        state,
        *([""] * len(marks) if state == DELETED else marks),
    ]


def _number(value: int | None) -> str:
    return "" if value is None else Number(value)


def _said(it_is: bool) -> str:
    return "yes" if it_is else "no"
