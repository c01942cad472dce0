"""Spans: places in an article, what people write for them, and how they are found again. Pure."""

from articles.spans.carrying import (
    BY_HAND,
    BY_ID,
    BY_LIKENESS,
    BY_QUOTE,
    ORPHAN,
    STATES,
    Fate,
    Found,
    Joined,
    Known,
    carry,
    fates,
    follow_sentences,
)
from articles.spans.describing import describe_quote
from articles.spans.locating import Selector, locate
from articles.spans.parts import Ends, settle
from articles.spans.places import (
    CONTEXT,
    Placed,
    SpanText,
    UnknownSentence,
    covered,
    describe,
    find_references,
    format_reference,
    paragraph_of,
    parse_reference,
)
from articles.spans.quotes import Quote, find_quotes

__all__ = [
    "BY_HAND",
    "BY_ID",
    "BY_LIKENESS",
    "BY_QUOTE",
    "CONTEXT",
    "ORPHAN",
    "STATES",
    "Ends",
    "Fate",
    "Found",
    "Joined",
    "Known",
    "Placed",
    "Quote",
    "Selector",
    "SpanText",
    "UnknownSentence",
    "carry",
    "covered",
    "describe",
    "describe_quote",
    "fates",
    "find_quotes",
    "find_references",
    "follow_sentences",
    "format_reference",
    "locate",
    "paragraph_of",
    "parse_reference",
    "settle",
]
