"""What a student sees of a handed-in attempt, question by question, as far as it is released. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from articles import spans
from articles.addresses import to_passages
from articles.linking import link_references
from core.points import FRACTION_ONE, FractionUnits, Points
from core.translation import number_in_words
from quizzes.attempts import AnswerRow
from quizzes.certainty import Sure
from quizzes.feedback import Shown
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerPart
from quizzes.question_types.evidence_part import parts_in_words
from quizzes.question_types.rubrics import Level
from quizzes.second_tries import Again, Telling
from quizzes.tries import SecondAnswer, better

RIGHT, PARTLY, NOT_YET, WAITING = "right", "partly", "not_yet", "waiting"


@dataclass(frozen=True)
class Passage:
    """Sentences of the article in a row: how they are cited, what they say, and the first one's id."""

    reference: str
    quote: str
    first_id: int
    last_id: int

    @property
    def address(self) -> str:
        """What follows the address of the reading to get there, with all of its sentences marked."""
        return to_passages([(self.first_id, self.last_id)])


@dataclass(frozen=True)
class SecondReview:
    """A second try as the result shows it."""

    state: str
    points: Points
    answer_lines: tuple[str, ...]
    answer_passages: tuple[Passage, ...]
    feedback: tuple[str, ...]


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
    answer_html: str
    answer_parts: tuple[AnswerPart, ...]
    answer_passages: tuple[Passage, ...]
    understood: str
    parts_in_words: str
    feedback: tuple[str, ...]
    general_feedback_html: str
    grader_comment: str
    key_lines: tuple[str, ...]
    key_passages: tuple[Passage, ...]
    look_again: tuple[Passage, ...]
    item_id: int
    is_dropped: bool
    sure: Sure | None
    second: SecondReview | None
    can_try_again: bool

    @property
    def needs_person(self) -> bool:
        """Whether a person grades it: what is told with the key is then what a full answer has."""
        return TYPES[self.type].needs_person

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return bool(self.answer_lines or self.answer_passages)


@dataclass(frozen=True)
class Text:
    """The article's sentences in order, and which of them each question version tests; `address`: of the reading."""

    sentences: Sequence[spans.Placed]
    anchors: Mapping[int, Sequence[tuple[int, int]]]
    address: str = ""

    def linked(self, html: str) -> str:
        """What was written, with the places that it names as links, where the reading's address is known."""
        return link_references(html, self.sentences, self.address) if self.address else html

    def passage(self, first_id: int, last_id: int) -> Passage | None:
        """The sentences from first to last; None when this version of the article has them no more."""
        try:
            found = spans.describe(self.sentences, first_id, last_id)
        except spans.UnknownSentence:
            return None
        reference = spans.format_reference(self.sentences, found.first_id, found.last_id)
        return Passage(reference.removeprefix("¶").strip(), found.quote, found.first_id, found.last_id)

    def paragraphs(self, ends: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The same passages, widened to the whole paragraphs in which they begin and end."""
        blocks: dict[int, list[int]] = {}
        for sentence in self.sentences:
            if sentence.block_number is not None:
                blocks.setdefault(sentence.block_number, []).append(sentence.id)
        at = {sentence_id: ids for ids in blocks.values() for sentence_id in ids}
        return [(at.get(first, [first])[0], at.get(last, [last])[-1]) for first, last in ends]

    def passages(self, ends: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
        """Those of the passages that are there."""
        found = (self.passage(first, last) for first, last in ends)
        return tuple(passage for passage in found if passage)


def state_of(type_name: str, fraction: FractionUnits | None) -> str:
    """Right, partly right, not yet, or with a person; "" where no answer is right."""
    if not TYPES[type_name].has_key:
        return ""
    if fraction is None:
        return WAITING
    if fraction == FRACTION_ONE:
        return RIGHT
    return PARTLY if fraction > 0 else NOT_YET


def review(row: AnswerRow, shown: Shown, text: Text, again: Again) -> Review:
    """One question of a handed-in attempt. Nothing that `shown` holds back is in what comes out,
    nor, while a second try is left, what would give the right answer away."""
    kind = TYPES[row.type]
    content, state = kind.read(row.content), state_of(row.type, row.fraction)
    answer = row.answer
    is_told = shown.correctness or (state == WAITING and not row.dropped)
    feedback = kind.feedback_for(content, answer) if answer and shown.feedback else []
    wants_look = shown.correctness and (shown.feedback or again.is_left) and state in (PARTLY, NOT_YET)
    tells_parts = shown.correctness and not again.is_left
    parts = kind.answer_parts(content, answer) if answer else []
    evidence_words = parts_in_words(content, kind.grade(content, answer), answer) if answer else ""
    own = [(at, at) for at in kind.answer_sentences(answer)] if answer else []
    key = [(ids[0], ids[-1]) for ids in kind.key_sentences(content) if ids] if shown.key else []
    return Review(
        number=row.number,
        type=row.type,
        stem_html=row.stem_html,
        worth=row.worth,
        state=state if is_told else "",
        points=better(row.points, again.second) if shown.correctness else None,
        answer_lines=tuple(kind.answer_lines(content, answer)) if answer else (),
        answer_html=text.linked(kind.answer_html(answer)) if answer else "",
        answer_parts=tuple(part if tells_parts else replace(part, right=None) for part in parts),
        answer_passages=text.passages(own),
        understood=(kind.understood(content, answer) or "") if answer else "",
        parts_in_words=evidence_words if tells_parts else "",
        feedback=tuple(feedback),
        general_feedback_html=row.general_feedback_html if shown.feedback and not again.is_left else "",
        grader_comment=row.grader_comment if shown.feedback else "",
        key_lines=tuple(kind.key_lines(content)) if shown.key else (),
        key_passages=text.passages(key),
        look_again=look_again(row, shown, text) if wants_look else (),
        item_id=row.item_id,
        is_dropped=row.dropped,
        sure=sure_of(row) if shown.correctness else None,
        second=_second(row, again.second, shown, text) if again.second and shown.correctness else None,
        can_try_again=again.is_left,
    )


def review_all(
    answers: Sequence[AnswerRow], seconds: Mapping[int, SecondAnswer], telling: Telling, text: Text
) -> list[Review]:
    """Every question of a handed-in attempt; `seconds` are its second tries by response."""
    reviews = []
    for row in answers:
        again = telling.again(row, seconds.get(row.response_id))
        reviews.append(review(row, telling.shown(row, again), text, again))
    return reviews


def look_again(row: AnswerRow, shown: Shown, text: Text) -> tuple[Passage, ...]:
    """The passages that a question tests. Where sentences are the answer these could be it: then, until the key
    is shown, the whole paragraphs."""
    kind = TYPES[row.type]
    ends = text.anchors.get(row.version_id, ())
    if not shown.key and any(kind.key_sentences(kind.read(row.content))):
        ends = text.paragraphs(ends)
    return text.passages(ends)


def sure_of(row: AnswerRow) -> Sure | None:
    """The answer with its certainty, where one was given."""
    if row.certainty is None or row.fraction is None or row.points is None:
        return None
    return Sure(row.certainty, row.fraction, row.points, row.worth)


def _second(row: AnswerRow, second: SecondAnswer, shown: Shown, text: Text) -> SecondReview:
    kind = TYPES[row.type]
    content = kind.read(row.content)
    own = [(at, at) for at in kind.answer_sentences(second.answer)]
    return SecondReview(
        state=state_of(row.type, second.fraction),
        points=second.points,
        answer_lines=tuple(kind.answer_lines(content, second.answer)),
        answer_passages=text.passages(own),
        feedback=tuple(kind.feedback_for(content, second.answer)) if shown.feedback else (),
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


def chosen_levels(row: AnswerRow) -> list[tuple[str, Level]]:
    """The levels of the rubric that a grader chose, each with its criterion in words."""
    rubric = getattr(TYPES[row.type].read(row.content), "rubric", ()) if row.rubric else ()
    found = [(criterion.text, criterion.level((row.rubric or {}).get(criterion.key, ""))) for criterion in rubric]
    return [(text, level) for text, level in found if level]
