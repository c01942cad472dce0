"""Passages, and what people wrote about them, as Web Annotations. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from articles.annotations.model import CONTEXT
from articles.spans import Ends, Joined, Selector

IDS_IN_HTML = "http://tools.ietf.org/rfc/rfc3236"


@dataclass(frozen=True)
class PlaceInText:
    """A passage: its words with those around them; where it stands in the text, counted in code points, and the id of
    its first sentence, both None for one that the text does not have any more.
    """

    words: Selector
    end: int | None = None
    sentence: int | None = None


@dataclass(frozen=True)
class Written:
    """What somebody wrote about passages: its address, a word of the model for why, and the words, in Markdown."""

    id: str
    motivation: str
    words: str
    places: tuple[PlaceInText, ...]
    creator: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    tag: str = ""


def place_in_text(text: Joined, words: Selector, ends: Ends | None) -> PlaceInText:
    """Return a passage as it stands in a text (`ends`), else as it was when its words were kept."""
    if ends is None or not {ends.first_id, ends.last_id} <= text.index.keys():
        return PlaceInText(words)
    first, last = text.index[ends.first_id], text.index[ends.last_id]
    stands = text.words_between(first, last, (ends.start, ends.end))
    return PlaceInText(stands, stands.start + len(stands.exact), ends.first_id)


def as_annotation(written: Written, source: str) -> dict[str, Any]:
    """Return an annotation of the text at this address."""
    made: dict[str, Any] = {"id": written.id, "type": "Annotation", "motivation": written.motivation}
    if written.creator:
        made["creator"] = {"type": "Person", "name": written.creator}
    for name, moment in (("created", written.created), ("modified", written.modified)):
        if moment:
            made[name] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bodies = []
    if written.words:
        bodies.append({"type": "TextualBody", "value": written.words, "format": "text/markdown"})
    if written.tag:
        bodies.append({"type": "TextualBody", "value": written.tag, "purpose": "tagging"})
    if bodies:
        made["body"] = bodies if len(bodies) != 1 else bodies[0]
    targets = [_target(place, source) for place in written.places]
    made["target"] = targets if len(targets) != 1 else targets[0]
    return made


def _target(place: PlaceInText, source: str) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": place.words.exact}
    quote |= {name: words for name in ("prefix", "suffix") if (words := getattr(place.words, name))}
    selectors: list[dict[str, Any]] = [quote]
    if place.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": place.words.start, "end": place.end})
    if place.sentence is not None:
        selectors.append({"type": "FragmentSelector", "conformsTo": IDS_IN_HTML, "value": f"s{place.sentence}"})
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def as_collection(written: Sequence[Written], source: str, address: str, label: str) -> dict[str, Any]:
    """Return a collection at `address` with everything that was written about the text at `source` on its one page."""
    page = {
        "id": f"{address}#page",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [as_annotation(each, source) for each in written],
    }
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(written),
        "first": page,
    }
