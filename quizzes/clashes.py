"""Two pages saved different answers to one question: both, in words, so that the student can choose. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from articles.spans import Placed
from quizzes.attempts import AnswerRow
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer


@dataclass(frozen=True)
class Clash:
    """An answer that was not kept: somebody else saved another one since the page was made."""

    kept: AnswerRow
    sent: Answer | None


@dataclass(frozen=True)
class ClashView:
    """What is kept and what was just sent, line by line; `fields` are what the form sent."""

    item_id: int
    number: int
    stem_html: str
    kept: tuple[str, ...]
    sent: tuple[str, ...]
    revision: int
    saved_at: datetime | None
    fields: tuple[tuple[str, str], ...]


def points_at_text(clashes: Iterable[Clash]) -> bool:
    """Whether the article's sentences are needed to put these answers in words."""
    return any(
        TYPES[clash.kept.type].answer_sentences(answer)
        for clash in clashes
        for answer in (clash.kept.answer, clash.sent)
        if answer
    )


def view_clash(clash: Clash, sentences: Mapping[int, Placed], fields: Iterable[tuple[str, str]] = ()) -> ClashView:
    """Put both answers in words; sentences that are not in the article are left out."""
    row = clash.kept
    return ClashView(
        item_id=row.item_id,
        number=row.number,
        stem_html=row.stem_html,
        kept=_lines(clash, row.answer, sentences),
        sent=_lines(clash, clash.sent, sentences),
        revision=row.revision,
        saved_at=row.saved_at,
        fields=tuple(fields),
    )


def _lines(clash: Clash, answer: Answer | None, sentences: Mapping[int, Placed]) -> tuple[str, ...]:
    if not answer:
        return ()
    kind = TYPES[clash.kept.type]
    quoted = (sentences[at].text for at in kind.answer_sentences(answer) if at in sentences)
    return (*kind.answer_lines(kind.read(clash.kept.content), answer), *quoted)
