"""A few words of the text, as somebody marked them: from within one sentence to within another. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.spans.places import CONTEXT, Placed, SpanText, UnknownSentence, describe


@dataclass(frozen=True)
class Ends:
    """Where a passage begins and ends: two sentences, and offsets in code points in them (None: the whole sentence)."""

    first_id: int
    last_id: int
    start: int | None = None
    end: int | None = None


def settle(sentences: Sequence[Placed], ends: Ends) -> tuple[Ends, SpanText]:
    """Return a passage in reading order with its words: no space at its ends, no offsets where they cut nothing off.

    What would hold nothing but space is taken as whole sentences. Raises UnknownSentence.
    """
    places = {sentence.id: at for at, sentence in enumerate(sentences)}
    if ends.first_id not in places or ends.last_id not in places:
        raise UnknownSentence(f"sentence {ends.first_id} or {ends.last_id}")
    if places[ends.first_id] > places[ends.last_id]:
        ends = Ends(ends.last_id, ends.first_id)
    whole = describe(sentences, ends.first_id, ends.last_id)
    first, last = sentences[places[ends.first_id]].text, sentences[places[ends.last_id]].text
    left = min(ends.start or 0, len(first))
    cut = max(0, len(last) - (len(last) if ends.end is None else ends.end))
    words = whole.quote[left : len(whole.quote) - cut]
    left += len(words) - len(words.lstrip())
    cut += len(words) - len(words.rstrip())
    if not words.strip() or (left == 0 and cut == 0) or left >= len(first) or cut >= len(last):
        return Ends(ends.first_id, ends.last_id), whole
    prefix = (whole.prefix + first[:left])[-CONTEXT:]
    suffix = (last[len(last) - cut :] + whole.suffix)[:CONTEXT]
    settled = Ends(ends.first_id, ends.last_id, left, len(last) - cut)
    return settled, SpanText(whole.first_id, whole.last_id, words.strip(), prefix, suffix)
