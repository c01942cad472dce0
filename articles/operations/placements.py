"""Writing down where spans stand in a version, by carrying them over or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from articles.edits import Edit
from articles.holders import Moved, holders
from articles.models import ArticleVersion, Span, SpanPlacement
from articles.queries.placements import MOST_SPANS, as_known, known_spans, with_places
from articles.spans import BY_HAND, ORPHAN, Found
from core.database import db


class PlacedMeanwhile(Exception):
    """Somebody gave the span a place at the same moment."""


def place_spans(version: ArticleVersion, edit: Edit, sentence_ids: Sequence[int]) -> None:
    """Write the places of an article's spans in its new version, whose sentences have these ids in order.

    Spans that were made while the edit was being read are placed as well.
    """
    statement = with_places(known_spans(), edit.before_id).where(Span.article_id == version.article_id)
    spans = [as_known(row) for row in db.session.execute(statement.order_by(Span.id).limit(MOST_SPANS))]
    places = edit.carry(spans)
    own = _own_places(version.article_id)
    rows = [_row(span.id, version.id, places[span.id], sentence_ids) for span in spans]
    rows = [row for row in rows if _place(row) != own[row["span_id"]]]
    if rows:
        db.session.execute(insert(SpanPlacement), rows)


def _own_places(article_id: int) -> dict[int, tuple[Any, ...]]:
    rows = db.session.execute(
        select(Span.id, Span.first_sentence_id, Span.last_sentence_id, Span.start_offset, Span.end_offset)
        .where(Span.article_id == article_id)
        .order_by(Span.id)
        .limit(MOST_SPANS)
    )
    return {span_id: tuple(place) for span_id, *place in rows}


def _row(span_id: int, version_id: int, found: Found | None, sentence_ids: Sequence[int]) -> dict[str, Any]:
    return {
        "span_id": span_id,
        "version_id": version_id,
        "first_sentence_id": sentence_ids[found.first] if found else None,
        "last_sentence_id": sentence_ids[found.last] if found else None,
        "start_offset": found.start_offset if found else None,
        "end_offset": found.end_offset if found else None,
        "state": found.state if found else ORPHAN,
    }


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["first_sentence_id"], row["last_sentence_id"], row["start_offset"], row["end_offset"]


def put_back(span_id: int, version_id: int, ends: tuple[int, int]) -> None:
    """Give a span whole sentences of a version by hand, first and last in reading order.

    Raises PlacedMeanwhile when somebody does the same at the same moment.
    """
    here = (SpanPlacement.span_id == span_id, SpanPlacement.version_id == version_id)
    placement = SpanPlacement(
        span_id=span_id, version_id=version_id, first_sentence_id=ends[0], last_sentence_id=ends[1], state=BY_HAND
    )
    try:
        with db.session.begin_nested():
            db.session.execute(delete(SpanPlacement).where(*here))
            db.session.add(placement)
    except IntegrityError as error:
        raise PlacedMeanwhile from error


def tell_holders(moved: Moved) -> None:
    """Let whoever holds spans of an article follow them to their new places."""
    for holder in holders():
        holder.follow(moved)
