"""Making spans: places of an article that questions, evidence and comments point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from articles.models import ArticleVersion, Block, Span, VersionSentence
from articles.queries import SentenceRow, offsets_of, place_of, with_places
from articles.spans import CONTEXT, Ends, SpanText, UnknownSentence, settle
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
    return ensure_passages(version_id, [Ends(first, last) for first, last in ends], sentences)


def ensure_passage(version_id: int, ends: Ends, sentences: Sequence[SentenceRow]) -> int:
    """Return the id of the span of these words, also of parts of sentences; made if need be.

    `sentences` are all of the version's. At most four statements. Raises UnknownSentence.
    """
    return ensure_passages(version_id, [ends], sentences)[0]


def ensure_passages(version_id: int, every: Sequence[Ends], sentences: Sequence[SentenceRow]) -> list[int]:
    """Return the ids of the spans of these words, also of parts of sentences, in the order given; made if need be.

    `sentences` are all of the version's. At most four statements. Raises UnknownSentence.
    """
    settled = [settle(sentences, ends) for ends in every]
    wanted = dict(settled)
    known = _known_passages(version_id, wanted)
    missing = {ends: text for ends, text in wanted.items() if ends not in known}
    if missing:
        article = db.session.scalars(select(ArticleVersion.article_id).where(ArticleVersion.id == version_id)).one()
        db.session.execute(insert(Span), [_new_span(article, version_id, *found) for found in missing.items()])
        known |= _known_passages(version_id, missing)
    return [known[ends] for ends, _text in settled]


def _known_passages(version_id: int, wanted: Mapping[Ends, SpanText]) -> dict[Ends, int]:
    """The spans that stand in these places of the version with these words, oldest first."""
    article = select(ArticleVersion.article_id).where(ArticleVersion.id == version_id).scalar_subquery()
    first_id, last_id = place_of()
    rows = db.session.execute(
        with_places(select(Span.id, Span.quote, first_id, last_id, *offsets_of()), version_id)
        .where(
            Span.article_id == article,
            first_id.in_({ends.first_id for ends in wanted}),
            Span.quote.in_({text.quote for text in wanted.values()}),
        )
        .order_by(Span.id.desc())
    )
    found = {Ends(*place): (span_id, quote) for span_id, quote, *place in rows}
    return {ends: found[ends][0] for ends in found.keys() & wanted.keys() if found[ends][1] == wanted[ends].quote}


def _new_span(article_id: int, version_id: int, ends: Ends, text: SpanText) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "version_id": version_id,
        "first_sentence_id": ends.first_id,
        "last_sentence_id": ends.last_id,
        "start_offset": ends.start,
        "end_offset": ends.end,
        "quote": text.quote,
        "prefix": text.prefix,
        "suffix": text.suffix,
    }


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
