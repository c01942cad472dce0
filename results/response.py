"""One answer as staff read it: in words, beside its key and the passages it points at. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.linking import link_references
from articles.queries import SentenceRow
from articles.spans import covered
from core.points import Points
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerPart
from quizzes.tries import SecondAnswer
from results.queries.attempts import ResponseDetail


@dataclass(frozen=True)
class ShownResponse:
    """The answer and the key in words; `cited` the sentences chosen; `classes` marks both in the article."""

    label: str
    lines: list[str]
    html: str
    parts: list[AnswerPart]
    cited: list[SentenceRow]
    key_lines: list[str]
    classes: dict[int, str]
    first_sentence_id: int | None


def describe_response(
    found: ResponseDetail,
    anchors: Sequence[tuple[int, int]],
    sentences: Sequence[SentenceRow],
    reading_url: str,
) -> ShownResponse:
    """Return an answer ready to be read; what the question tests is marked, what the student cited is picked."""
    kind = TYPES[found.answer.type]
    content, answer = kind.read(found.content), found.answer.answer
    by_id = {sentence.id: sentence for sentence in sentences}
    cited = [by_id[i] for i in (kind.answer_sentences(answer) if answer else []) if i in by_id]
    spans = [(first, last) for first, last in anchors if first in by_id and last in by_id]
    tested = [i for first, last in spans for i in covered(sentences, first, last)]
    accepted = [i for passage in kind.key_sentences(content) for i in passage if i in by_id]
    classes = dict.fromkeys([*tested, *accepted], "marked")
    for sentence in cited:
        classes[sentence.id] = f"{classes.get(sentence.id, '')} picked".strip()
    first = next(iter([*tested, *accepted]), None)
    lines = kind.answer_lines(content, answer) if answer else []
    html = link_references(kind.answer_html(answer), sentences, reading_url) if answer else ""
    parts = kind.answer_parts(content, answer) if answer else []
    return ShownResponse(str(kind.label), lines, html, parts, cited, kind.key_lines(content), classes, first)


@dataclass(frozen=True)
class ShownSecond:
    """A second try as staff read it: the answer in words, and its points."""

    lines: list[str]
    points: Points


def describe_second(
    found: ResponseDetail, second: SecondAnswer | None, sentences: Sequence[SentenceRow]
) -> ShownSecond | None:
    """Return the answer after re-reading, ready to be read; None where there is none."""
    if second is None:
        return None
    kind = TYPES[found.answer.type]
    pointed = set(kind.answer_sentences(second.answer))
    lines = kind.answer_lines(kind.read(found.content), second.answer)
    return ShownSecond([*lines, *(one.text for one in sentences if one.id in pointed)], second.points)
