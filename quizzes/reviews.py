"""What a student sees of a handed-in attempt, question by question, as far as it is released. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from articles import spans
from core.translation import number_in_words
from quizzes.attempts import AnswerRow
from quizzes.feedback import Shown
from quizzes.points import FRACTION_ONE, Points
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerPart

RIGHT, PARTLY, NOT_YET, WAITING = "right", "partly", "not_yet", "waiting"


@dataclass(frozen=True)
class Passage:
    """Sentences of the article in a row: how they are cited, what they say, and the first one's id."""

    reference: str
    quote: str
    first_id: int


@dataclass(frozen=True)
class Review:
    """One question as the result shows it; what is not released is empty or None."""

    number: int
    type: str
    stem_html: str
    worth: Points
    state: str
    points: Points | None
    answer_lines: tuple[str, ...]
    answer_parts: tuple[AnswerPart, ...]
    answer_passages: tuple[Passage, ...]
    understood: str
    feedback: tuple[str, ...]
    general_feedback_html: str
    grader_comment: str
    key_lines: tuple[str, ...]
    key_passages: tuple[Passage, ...]
    look_again: tuple[Passage, ...]

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return bool(self.answer_lines or self.answer_passages)


@dataclass(frozen=True)
class Text:
    """The article's sentences in order, and which of them each question version tests."""

    sentences: Sequence[spans.Placed]
    anchors: Mapping[int, Sequence[tuple[int, int]]]

    def passage(self, first_id: int, last_id: int) -> Passage | None:
        """The sentences from first to last; None when this version of the article has them no more."""
        try:
            found = spans.describe(self.sentences, first_id, last_id)
        except spans.UnknownSentence:
            return None
        reference = spans.format_reference(self.sentences, found.first_id, found.last_id)
        return Passage(reference.removeprefix("¶").strip(), found.quote, found.first_id)

    def passages(self, ends: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
        """Those of the passages that are there."""
        found = (self.passage(first, last) for first, last in ends)
        return tuple(passage for passage in found if passage)


def state_of(row: AnswerRow) -> str:
    """Right, partly right, not yet, or with a person; "" where no answer is right."""
    if not TYPES[row.type].has_key:
        return ""
    if row.fraction is None:
        return WAITING
    if row.fraction == FRACTION_ONE:
        return RIGHT
    return PARTLY if row.fraction > 0 else NOT_YET


def review(row: AnswerRow, shown: Shown, text: Text) -> Review:
    """One question of a handed-in attempt. Nothing that `shown` holds back is in what comes out."""
    kind = TYPES[row.type]
    content, state = kind.read(row.content), state_of(row)
    answer = row.answer
    is_told = shown.correctness or state == WAITING
    feedback = kind.feedback_for(content, answer) if answer and shown.feedback else []
    wants_look = shown.correctness and shown.feedback and state in (PARTLY, NOT_YET)
    parts = kind.answer_parts(content, answer) if answer else []
    own = [(at, at) for at in kind.answer_sentences(answer)] if answer else []
    key = [(ids[0], ids[-1]) for ids in kind.key_sentences(content) if ids] if shown.key else []
    return Review(
        number=row.number,
        type=row.type,
        stem_html=row.stem_html,
        worth=row.worth,
        state=state if is_told else "",
        points=row.points if shown.correctness else None,
        answer_lines=tuple(kind.answer_lines(content, answer)) if answer else (),
        answer_parts=tuple(part if shown.correctness else replace(part, right=None) for part in parts),
        answer_passages=text.passages(own),
        understood=(kind.understood(content, answer) or "") if answer else "",
        feedback=tuple(feedback),
        general_feedback_html=row.general_feedback_html if shown.feedback else "",
        grader_comment=row.grader_comment if shown.feedback else "",
        key_lines=tuple(kind.key_lines(content)) if shown.key else (),
        key_passages=text.passages(key),
        look_again=text.passages(text.anchors.get(row.version_id, ())) if wants_look else (),
    )


def in_words(reviews: Sequence[Review], reader: str) -> list[str]:
    """The result in sentences, as far as it is told; `reader` is who reads the open answers."""
    counts = Counter(one.state for one in reviews)
    right, partly, missing = (counts[state] for state in (RIGHT, PARTLY, NOT_YET))
    said = {count: number_in_words(count) for count in (right, partly, missing)}
    told = [
        ngettext("one answer is right", "%(n)s answers are right", right, n=said[right]) if right else "",
        ngettext("one is partly right", "%(n)s are partly right", partly, n=said[partly]) if partly else "",
        ngettext("one is not there yet", "%(n)s are not there yet", missing, n=said[missing]) if missing else "",
    ]
    words = [str(part) for part in told if part]
    sentences = [_capital(_join(words)) + "."] if words else []
    if counts[WAITING]:
        count = counts[WAITING]
        words_for = {"reader": reader, "n": _capital(number_in_words(count))}
        waiting = ngettext("One answer is with %(reader)s.", "%(n)s answers are with %(reader)s.", count, **words_for)
        sentences.append(str(waiting))
    return sentences


def to_look_at(reviews: Sequence[Review]) -> list[Passage]:
    """The passages worth another look, once each, in the order of the questions."""
    return list({passage.reference: passage for one in reviews for passage in one.look_again}.values())


def _join(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return str(_("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
