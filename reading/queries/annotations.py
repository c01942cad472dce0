"""What can be taken along of a reading as Web Annotations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from articles.annotations import PlaceInText, Written, place_in_text
from articles.queries import list_sentences
from articles.spans import Ends, Joined, Selector
from discussion.margins import Margin
from discussion.models import QUESTION
from discussion.queries.annotated import KIND_OF_POST, list_annotated, list_prompted
from quizzes.queries.annotated import list_tested_passages


class SpanLike(Protocol):
    """A span with its place in the class's version."""

    @property
    def quote(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def first_id(self) -> int | None: ...
    @property
    def last_id(self) -> int | None: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def text_of(margin: Margin) -> Joined:
    """Return the text that a class reads, as positions in it are counted."""
    return Joined(list_sentences(margin.version_id))


def list_written(margin: Margin, root: str, *, mine: bool) -> list[Written]:
    """Return notes, and posts that quote passages: one's own, or for staff everybody's. Addresses begin with `root`."""
    text = text_of(margin)
    found = []
    for comment_id, group in groupby(list_annotated(margin, mine=mine), key=lambda row: row.comment_id):
        rows = list(group)
        motivation = "questioning" if rows[0].kind == QUESTION else "commenting"
        places = _places(text, [row.span for row in rows])
        about = (rows[0].author_name, rows[0].created_at, rows[0].edited_at)
        found.append(Written(f"{root}/comments/{comment_id}", motivation, rows[0].body, places, *about))
    return found


def list_material(margin: Margin, root: str) -> list[Written]:
    """Return the passages of the class's questions and prompts. For staff: it tells the key."""
    text, here = text_of(margin), f"{root}/readings/{margin.assignment_id}/annotations"
    found = []
    tested = list_tested_passages(margin.assignment_id, margin.article_id, margin.version_id)
    for (item_id, role), questions in groupby(tested, key=lambda row: (row.item_id, row.role)):
        of_question = list(questions)
        places = _places(text, of_question)
        address, first = f"{here}#question-{item_id}-{role}", of_question[0]
        found.append(Written(address, "assessing", first.stem, places, created=first.created_at, tag=role))
    prompted = list_prompted(margin.assignment_id, margin.version_id)
    for prompt_id, prompts in groupby(prompted, key=lambda row: row.prompt_id):
        of_prompt = list(prompts)
        first_row = of_prompt[0]
        words = "\n\n".join(part for part in (first_row.title, first_row.body) if part)
        places = _places(text, [row.span for row in of_prompt])
        address = f"{here}#prompt-{prompt_id}"
        found.append(Written(address, "questioning", words, places, created=first_row.created_at))
    return found


def _places(text: Joined, spans: Iterable[SpanLike]) -> tuple[PlaceInText, ...]:
    return tuple(_place(text, span) for span in spans)


def _place(text: Joined, span: SpanLike) -> PlaceInText:
    return place_in_text(text, Selector(span.quote, span.prefix, span.suffix, 0), _ends(span))


def _ends(span: SpanLike) -> Ends | None:
    if span.first_id is None or span.last_id is None:
        return None
    return Ends(span.first_id, span.last_id, span.start, span.end)


def list_own_places(margin: Margin) -> set[tuple[Ends, str]]:
    """Return the place and the words of each of the person's notes that stands in the class's text."""
    own = [row for row in list_annotated(margin, mine=True) if row.kind != KIND_OF_POST]
    return {(ends, row.body) for row in own if (ends := _ends(row.span))}
