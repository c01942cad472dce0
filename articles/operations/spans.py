"""Making spans: places of an article that questions, evidence and comments point at."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from articles.models import ArticleVersion, Block, Span, VersionSentence
from articles.queries import SentenceRow, offsets_of, place_of, with_places
from articles.spans import CONTEXT, Ends, SpanText, UnknownSentence, describe, settle
from core.database import db


def ensure_span(version_id: int, first_id: int, last_id: int) -> Span:
    """Return the span of whole sentences from the first to the last of a version, made if need be.

    The two may come in either order. Raises UnknownSentence when one is not in this version.
    """
    sentences = _sentences_around(version_id, first_id, last_id)
    return db.session.get_one(Span, ensure_spans(version_id, [(first_id, last_id)], sentences)[0])


def ensure_spans(version_id: int, ends: Sequence[tuple[int, int]], sentences: Sequence[SentenceRow]) -> list[int]:
    """Return the ids of the spans between these (first, last) sentences, in the order given; made if need be.

    `sentences` are all of the version's. At most four statements. Raises UnknownSentence.
    """
    wanted = [describe(sentences, first, last) for first, last in ends]
    known = _known_spans(version_id, wanted)
    missing = {(text.first_id, text.last_id): text for text in wanted if (text.first_id, text.last_id) not in known}
    if missing:
        article = db.session.scalars(select(ArticleVersion.article_id).where(ArticleVersion.id == version_id)).one()
        rows = [
            {
                "article_id": article,
                "version_id": version_id,
                "first_sentence_id": text.first_id,
                "last_sentence_id": text.last_id,
                "quote": text.quote,
                "prefix": text.prefix,
                "suffix": text.suffix,
            }
            for text in missing.values()
        ]
        db.session.execute(insert(Span), rows)
        known = _known_spans(version_id, wanted)
    return [known[text.first_id, text.last_id] for text in wanted]


def ensure_passage(version_id: int, ends: Ends, sentences: Sequence[SentenceRow]) -> int:
    """Return the id of the span of these words, also of parts of sentences; made if need be.

    `sentences` are all of the version's. At most four statements. Raises UnknownSentence.
    """
    ends, text = settle(sentences, ends)
    if ends.start is None:
        return ensure_spans(version_id, [(text.first_id, text.last_id)], sentences)[0]
    article = db.session.scalars(select(ArticleVersion.article_id).where(ArticleVersion.id == version_id)).one()
    place = (ends.first_id, ends.last_id, ends.start, ends.end)
    stands = [column == value for column, value in zip((*place_of(), *offsets_of()), place, strict=True)]
    known = with_places(select(Span.id), version_id).where(Span.article_id == article, Span.quote == text.quote)
    found = db.session.scalar(known.where(*stands).order_by(Span.id).limit(1))
    if found is not None:
        return found
    span = Span(
        article_id=article,
        version_id=version_id,
        first_sentence_id=ends.first_id,
        last_sentence_id=ends.last_id,
        start_offset=ends.start,
        end_offset=ends.end,
        quote=text.quote,
        prefix=text.prefix,
        suffix=text.suffix,
    )
    db.session.add(span)
    db.session.flush()
    return span.id


def _known_spans(version_id: int, wanted: Sequence[SpanText]) -> dict[tuple[int, int], int]:
    """The spans of whole sentences that stand in these places of the version with these words, oldest first."""
    article = select(ArticleVersion.article_id).where(ArticleVersion.id == version_id).scalar_subquery()
    first_id, last_id = place_of()
    rows = db.session.execute(
        with_places(select(first_id, last_id, Span.id), version_id)
        .where(
            Span.article_id == article,
            first_id.in_({text.first_id for text in wanted}),
            Span.quote.in_({text.quote for text in wanted}),
            Span.start_offset.is_(None),
            Span.end_offset.is_(None),
        )
        .order_by(Span.id.desc())
    )
    return {(first, last): span_id for first, last, span_id in rows}


def _sentences_around(version_id: int, first_id: int, last_id: int) -> list[SentenceRow]:
    """Return the sentences of a span with enough before and after it to quote its surroundings."""
    positions = db.session.scalars(
        select(VersionSentence.position).where(
            VersionSentence.version_id == version_id,
            VersionSentence.sentence_id.in_((first_id, last_id)),
        )
    ).all()
    if not positions:
        raise UnknownSentence(f"sentence {first_id}")
    rows = db.session.execute(
        select(VersionSentence, Block.number.label("block_number"))
        .join(Block, Block.id == VersionSentence.block_id)
        .where(
            VersionSentence.version_id == version_id,
            VersionSentence.position.between(min(positions) - CONTEXT, max(positions) + CONTEXT),
        )
        .order_by(VersionSentence.position, VersionSentence.sentence_id)
    )
    return [
        SentenceRow(s.sentence_id, s.position, number, s.number, s.text, s.html.rstrip(" "), s.html.endswith(" "))
        for s, number in rows
    ]
