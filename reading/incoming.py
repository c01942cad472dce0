"""Annotations on their way into a margin: which become notes, and why the others do not. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from articles.annotations import Annotated, as_annotated, find_place
from articles.spans import Ends, Joined, format_reference, settle
from discussion.comment_text import LONGEST, CommentText, compose, is_empty

MOST_ANNOTATIONS = 200
NEW, KNOWN, WRONG = "new", "known", "wrong"


@dataclass(frozen=True)
class Incoming:
    """An annotation: a new note, one that is there already, or one that cannot come in (`why`).

    `text` is a new note's, rendered; `reference` its place ("¶ 4.3"), `quote` the words that it stands on or should.
    """

    number: int
    state: str
    words: str
    quote: str
    reference: str = ""
    ends: Ends | None = None
    text: CommentText | None = None
    why: str = ""


Own = Collection[tuple[Ends, str]]
"""The places and words of the notes that the person has already."""


def incoming_of(annotations: Sequence[Mapping[str, Any]], text: Joined, own: Own) -> list[Incoming]:
    """Return what becomes of each annotation, in order; one that is about several places is several notes.

    Slow for many of them: call it before anything is written.
    """
    seen = set(own)
    found = []
    for number, annotated in enumerate(_all(annotations), start=1):
        one = _incoming(number, annotated, text)
        if one.ends:
            key = (one.ends, one.words)
            one = replace(one, state=KNOWN, text=None) if key in seen else one
            seen.add(key)
        found.append(one)
    return found


def _all(annotations: Sequence[Mapping[str, Any]]) -> Iterator[Annotated]:
    for annotation in annotations:
        yield from as_annotated(annotation)


def _incoming(number: int, annotated: Annotated, text: Joined) -> Incoming:
    text_of_note = compose(annotated.words.strip())
    words, quote = text_of_note.body, annotated.quote.exact if annotated.quote else ""
    why = _objection(annotated, text_of_note)
    place = None if why else find_place(text, annotated)
    if place is None:
        return Incoming(number, WRONG, words, quote, why=why or _("These words are not in this text."))
    ends, stands = settle(text.sentences, place)
    reference = format_reference(text.sentences, ends.first_id, ends.last_id)
    return Incoming(number, NEW, words, stands.quote, reference, ends, text_of_note)


def _objection(annotated: Annotated, text: CommentText) -> str:
    if is_empty(text):
        return _("It says nothing: a note needs words.")
    if len(text.body) > LONGEST:
        return _("It is longer than 5,000 characters.")
    if annotated.has_place:
        return ""
    if annotated.others:
        kinds = ", ".join(annotated.others)
        return _("It says where it belongs in a way that is not read here: %(kinds)s.", kinds=kinds)
    return _("It is about the text as a whole: a note needs a passage.")
