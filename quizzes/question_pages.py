"""What a page shows of a question before it is handed in. Pure; nothing here knows the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask_babel import LazyString

from core.points import Points
from core.text import excerpt, fill, rendered
from quizzes.attempts import AnswerRow
from quizzes.certainty import COUNTED, LEVEL_WORDS, LOW, asks_certainty
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, Json

LETTERS = "ABCDEFGHIJKLMNOPQRST"
CHECKED = " checked"


class AskedItem(Protocol):
    """A question of a quiz as it stands now, outside any attempt."""

    @property
    def item_id(self) -> int:
        """The item's id."""

    @property
    def number(self) -> int:
        """Its place from 1."""

    @property
    def points(self) -> Points:
        """What it is worth."""

    @property
    def type(self) -> str:
        """A key of TYPES."""

    @property
    def stem_html(self) -> str:
        """The question as safe HTML."""

    @property
    def content(self) -> Json:
        """The content of its type."""

    @property
    def hint(self) -> str:
        """A hint, or nothing."""


@dataclass(frozen=True)
class Picker:
    """Where sentences of the article are chosen: the form field's name, how many at most, and those chosen."""

    name: str
    limit: int
    chosen: tuple[int, ...]
    choose: str

    @property
    def input_type(self) -> str:
        """One sentence is chosen by radio buttons, several by boxes."""
        return "radio" if self.limit == 1 else "checkbox"


@dataclass(frozen=True)
class QuestionPage:
    """One question for its template: `content` is public, `field` the name of the answer's form field."""

    item_id: int
    number: int
    type: str
    worth: Points
    stem_html: str
    hint: str
    content: Json
    answer: Answer | None
    answer_lines: tuple[str, ...]
    sentences: tuple[int, ...]
    remark: str | None
    understood: str | None
    flagged: bool
    revision: int
    saved_at: datetime | None
    certainty: int | None = None
    version_id: int = 0

    @property
    def field(self) -> str:
        """The name of the answer's field; parts of an answer add a point and their name."""
        return field_name(self.item_id)

    @property
    def picker(self) -> Picker | None:
        """How sentences are chosen, if the question or its evidence part asks for some."""
        asked = self.content.get("evidence")
        if asked:
            return Picker(f"{self.field}.evidence", asked["limit"], self.sentences, asked["choose"])
        if self.type == "evidence":
            return Picker(self.field, self.content["limit"], self.sentences, "")
        return None

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return self.answer is not None

    @property
    def reads_plainly(self) -> bool:
        """Whether it was answered with one line of words, about which nothing else is to be said."""
        more = self.sentences or self.remark or self.understood or self.flagged
        return len(self.answer_lines) == 1 and not more

    def plain_row(self, way: str) -> tuple[int, str, str, str, int]:
        """What a line of the check says of a question that reads plainly, and the way to its answer."""
        return self.number, rendered(self.stem_html), excerpt(self.answer_lines[0], 300), way, self.number

    @property
    def needs_person(self) -> bool:
        """Whether a person will read the answer."""
        return TYPES[self.type].needs_person

    @property
    def seen(self) -> str:
        """The revision that the page is made from, as its form sends it back."""
        return str(self.revision)

    @property
    def flag(self) -> str:
        """What the box that flags the question bears."""
        return CHECKED if self.flagged else ""

    def choices(self, row: str) -> str:
        """The options in their order, each as `row` has it: %s for key, " checked" or nothing, words, and letter."""
        chosen = self.chosen
        options = enumerate(self.content["options"])
        return fill(
            row, [(each["key"], CHECKED * (each["key"] in chosen), each["text"], LETTERS[at]) for at, each in options]
        )

    @property
    def chosen(self) -> Sequence[str]:
        """The keys of the options that are chosen so far, of a question that is answered by choosing."""
        answer = self.answer or {}
        return answer.get("choices") or [answer.get("choice", "")]

    def certainty_to_ask(self, use: str) -> list[tuple[int, LazyString, bool]]:
        """The levels to choose from, with their words, and whether each is chosen; none where it is not asked for."""
        if not asks_certainty(use, self.type):
            return []
        chosen = self.certainty or (LOW if use == COUNTED else None)
        return [(level, words, level == chosen) for level, words in LEVEL_WORDS.items()]


def field_name(item_id: int) -> str:
    """The name of the form field that holds the answer to an item."""
    return f"answer-{item_id}"


def question_page(row: AnswerRow) -> QuestionPage:
    """An attempt's question with the answer saved so far."""
    kind = TYPES[row.type]
    content = kind.content(row.content)
    answer = row.answer
    return QuestionPage(
        item_id=row.item_id,
        number=row.number,
        type=row.type,
        worth=row.worth,
        stem_html=row.stem_html,
        hint=row.hint,
        content=kind.public_content(content, row.option_order),
        answer=answer,
        answer_lines=tuple(kind.answer_lines(content, answer)) if answer else (),
        sentences=tuple(kind.answer_sentences(answer)) if answer else (),
        remark=kind.remark(content, answer) if answer else None,
        understood=kind.understood(content, answer) if answer else None,
        flagged=row.flagged,
        revision=row.revision,
        saved_at=row.saved_at,
        certainty=row.certainty,
        version_id=row.version_id,
    )


def preview_page(item: AskedItem) -> QuestionPage:
    """A question as a student would first meet it, without an attempt."""
    kind = TYPES[item.type]
    return QuestionPage(
        item_id=item.item_id,
        number=item.number,
        type=item.type,
        worth=item.points,
        stem_html=item.stem_html,
        hint=item.hint,
        content=kind.public_content(kind.read(item.content)),
        answer=None,
        answer_lines=(),
        sentences=(),
        remark=None,
        understood=None,
        flagged=False,
        revision=0,
        saved_at=None,
    )


def answered_count(questions: Sequence[QuestionPage]) -> int:
    """How many questions have an answer."""
    return sum(question.is_answered for question in questions)


def last_saved(questions: Sequence[QuestionPage]) -> datetime | None:
    """When anything was last saved."""
    return max((question.saved_at for question in questions if question.saved_at), default=None)


def next_to_answer(rows: Sequence[AnswerRow]) -> int:
    """The number of the first question without an answer; the first question when all have one."""
    return next((row.number for row in rows if row.answer is None), 1)


def next_stop(button: str, number: int, count: int) -> int | None:
    """The question that a button leads to from question `number` of `count`; None for the check.

    Buttons are "next", "back", "check", or the number of a question; any other stays.
    """
    if button == "check" or (button == "next" and number >= count):
        return None
    if button.isascii() and button.isdigit() and len(button) <= 4:
        return min(max(int(button), 1), count)
    step = {"next": 1, "back": -1}.get(button, 0)
    return max(number + step, 1)
