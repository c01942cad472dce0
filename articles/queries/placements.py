"""Where spans stand in a version of their article: in their own sentences, or where they were carried to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import aliased

from articles.models import Span, SpanPlacement, VersionSentence
from articles.spans import Known
from articles.spans.locating import Selector
from core.database import AnySelect, db, read_connection

MOST_SPANS = 100_000
MOST_ORPHANS = 500


@dataclass(frozen=True)
class OrphanRow:
    """A span whose sentences are not in a version, with the words it was made from."""

    id: int
    quote: str
    prefix: str
    suffix: str


def with_places(statement: AnySelect, version_id: Any) -> AnySelect:
    """Join a SELECT over Span to the places in a version (an id or a column); `place_of` then says them."""
    here = and_(SpanPlacement.span_id == Span.id, SpanPlacement.version_id == version_id)
    return statement.outerjoin(SpanPlacement, here)


def place_of() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the first and last sentence id of a SELECT that `with_places` has joined; NULL for an orphan.

    The sentences need not be in the version.
    """
    is_own = SpanPlacement.span_id.is_(None)
    return (
        case((is_own, Span.first_sentence_id), else_=SpanPlacement.first_sentence_id),
        case((is_own, Span.last_sentence_id), else_=SpanPlacement.last_sentence_id),
    )


def offsets_of() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the offsets in the first and the last sentence of such a SELECT; NULL for whole sentences."""
    is_own = SpanPlacement.span_id.is_(None)
    return (
        case((is_own, Span.start_offset), else_=SpanPlacement.start_offset),
        case((is_own, Span.end_offset), else_=SpanPlacement.end_offset),
    )


def only_placed(statement: AnySelect, version_id: Any) -> AnySelect:
    """Keep, of a SELECT over Span, those that stand in a version."""
    first, last = aliased(VersionSentence), aliased(VersionSentence)
    first_id, last_id = place_of()
    return (
        with_places(statement, version_id)
        .join(first, and_(first.version_id == version_id, first.sentence_id == first_id))
        .join(last, and_(last.version_id == version_id, last.sentence_id == last_id))
    )


def known_spans() -> AnySelect:
    """A SELECT of an article's spans with their places in a version: what `as_known` reads."""
    return select(Span.id, Span.quote, Span.prefix, Span.suffix, *place_of(), *offsets_of())


def as_known(row: Any) -> Known:
    """Return a row of `known_spans` for carrying over."""
    span_id, quote, prefix, suffix, first, last, start, end = row
    ends = None if first is None else (first, last)
    return Known(span_id, Selector(quote, prefix, suffix, 0), ends, start, end)


def list_known_spans(article_id: int, version_id: int) -> list[Known]:
    """Return every span of an article and where it stands in a version. Read in a transaction of its own."""
    statement = with_places(known_spans(), version_id).where(Span.article_id == article_id)
    with read_connection() as apart:
        return [as_known(row) for row in apart.execute(statement.order_by(Span.id).limit(MOST_SPANS))]


def list_orphans(article_id: int, version_id: int) -> list[OrphanRow]:
    """Return the spans of an article that have no place in a version, oldest first."""
    first, last = aliased(VersionSentence), aliased(VersionSentence)
    first_id, last_id = place_of()
    rows = db.session.execute(
        with_places(select(Span.id, Span.quote, Span.prefix, Span.suffix), version_id)
        .outerjoin(first, and_(first.version_id == version_id, first.sentence_id == first_id))
        .outerjoin(last, and_(last.version_id == version_id, last.sentence_id == last_id))
        .where(Span.article_id == article_id, or_(first.sentence_id.is_(None), last.sentence_id.is_(None)))
        .order_by(Span.id)
        .limit(MOST_ORPHANS)
    )
    return [OrphanRow(*row) for row in rows]
