"""What of a Web Annotation is read here: the words that somebody wrote, and the passage that they are about. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.annotations.shapes import types_of, values_of
from articles.importing.formats import Source, blocks_of
from articles.importing.refusal import ImportRefused
from articles.spans import Ends, Joined, Selector, locate

SENTENCE = re.compile(r"#?s(\d{1,18})")
READ = {"TextQuoteSelector", "TextPositionSelector", "FragmentSelector"}


@dataclass(frozen=True)
class Annotated:
    """One thing that an annotation is about: the words, and where they belong.

    `quote` is found again by its words; `position` counts code points of the whole text; `sentence` is the id that it
    had here. `others` are the kinds of selector that say it in a way that is not read here.
    """

    words: str
    quote: Selector | None = None
    position: tuple[int, int] | None = None
    sentence: int | None = None
    others: tuple[str, ...] = ()

    @property
    def has_place(self) -> bool:
        """Whether it says where in a text it belongs."""
        return bool(self.quote or self.position or self.sentence)


def as_annotated(annotation: Mapping[str, Any]) -> list[Annotated]:
    """Return what an annotation, which has been checked, says about each of its targets."""
    words = _words(annotation)
    return [_about(target, words) for target in values_of(annotation["target"])]


def _words(annotation: Mapping[str, Any]) -> str:
    bodies = [*values_of(annotation.get("bodyValue")), *_flat(annotation.get("body"))]
    said = [_said(body) for body in bodies if not _is_tag(body)]
    tags = [f"#{body['value']}" for body in bodies if _is_tag(body)]
    return "\n\n".join(part for part in [*said, " ".join(tags)] if part.strip())


def _flat(body: Any) -> Iterator[Any]:
    for each in values_of(body):
        if isinstance(each, dict) and "items" in each:
            yield from _flat(each["items"])
        else:
            yield each


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and "value" in body and "tagging" in values_of(body.get("purpose"))


def _said(body: Any) -> str:
    if isinstance(body, str):
        return f"<{body}>" if ":" in body and " " not in body else body
    if "value" not in body:
        source = values_of(body.get("source", body.get("id")))
        return "\n\n".join(_said(each) for each in source)
    (text,) = values_of(body["value"])
    if "text/html" not in values_of(body.get("format")):
        return str(text)
    try:
        return "\n\n".join(block.text for block in blocks_of(Source(text, "html")))
    except ImportRefused:
        return ""


def _about(target: Any, words: str) -> Annotated:
    quotes: list[Mapping[str, Any]] = []
    found: dict[str, Mapping[str, Any]] = {}
    others: list[str] = []
    for selector, depth in _selectors(target):
        (kind,) = types_of(selector, "") or {"id"}
        if kind == "TextQuoteSelector":
            quotes.append(selector)
        elif kind in READ and not depth:  # what refines something else counts from there
            found.setdefault(kind, selector)
        else:
            others.append(kind)
    position = _position(found.get("TextPositionSelector"))
    named = SENTENCE.fullmatch(str(_value(found.get("FragmentSelector", {}), "value")))
    return Annotated(
        words,
        _quote(quotes[-1], position) if quotes else None,
        position,
        int(named[1]) if named else None,
        tuple(dict.fromkeys(others)),
    )


def _selectors(target: Any) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yield every selector with how often it refines another, the widest first; none is fetched from elsewhere."""
    waiting = [(each, 0) for each in values_of(target.get("selector"))] if isinstance(target, dict) else []
    while waiting:
        selector, depth = waiting.pop(0)
        if isinstance(selector, dict):
            yield selector, depth
            waiting += [(each, depth + 1) for each in values_of(selector.get("refinedBy"))]


def _value(selector: Mapping[str, Any], name: str) -> Any:
    return next(iter(values_of(selector.get(name))), "")


def _position(selector: Mapping[str, Any] | None) -> tuple[int, int] | None:
    if not selector:
        return None
    start, end = int(_value(selector, "start")), int(_value(selector, "end"))
    return (start, end) if start < end else None


def _quote(selector: Mapping[str, Any], position: tuple[int, int] | None) -> Selector | None:
    exact, prefix, suffix = (str(_value(selector, name)) for name in ("exact", "prefix", "suffix"))
    return Selector(exact, prefix, suffix, position[0] if position else 0) if exact.strip() else None


def find_place(text: Joined, annotated: Annotated) -> Ends | None:
    """Return where in a text a passage belongs: by its words, else by its position or sentence; None: nowhere."""
    if annotated.quote:
        place = locate(text.narrowed, annotated.quote)
        return _ends(text, *place) if place else None
    if annotated.position and annotated.position[1] <= len(text.text):
        return _ends(text, *annotated.position)
    if annotated.sentence in text.index:
        return Ends(annotated.sentence, annotated.sentence)
    return None


def _ends(text: Joined, start: int, end: int) -> Ends | None:
    """The stretch without the space around it, to the letter."""
    words = text.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        return None
    first, last = bisect_right(text.starts, start) - 1, bisect_left(text.starts, end) - 1
    ids = text.sentences[first].id, text.sentences[last].id
    return Ends(*ids, start - text.starts[first], end - text.starts[last])
