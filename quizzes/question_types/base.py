"""What every question type can do. A type is one module, one template folder and one line in TYPES.

Everything here is pure: contents and answers go in, values come out. `content` is the type's own
frozen dataclass, kept in the database as JSON; an answer is JSON too, or None for "not answered".
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from flask_babel import LazyString

from core.points import FractionUnits

Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = dict[str, Any]
AnswerFields: TypeAlias = Mapping[str, Sequence[str]]
"""What a form sent for one question: part name to values. Types with one field use "answer"."""

ANSWER_KEY_LENGTH = 200


class Kept(Json):
    """The content of a question's version as the database has it: it never changes, so its type reads it once."""

    read: Any = None


class AnswerRefusedError(ValueError):
    """What was sent cannot be kept as an answer; the text says why, in the reader's language."""


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a question from being used: the field it belongs to and what to do."""

    field: str
    message: str


@dataclass(frozen=True)
class OptionRow:
    """One line of a results table: `key` is a part of answer keys, `right` what the key says, None without a key."""

    key: str
    text: str
    fraction: FractionUnits
    right: bool | None


@dataclass(frozen=True)
class AnswerPart:
    """One part of an answer in parts: what it was asked for, what was given, and whether that is right.

    `given` is "" for what was left out. `right` is True, False, or None for what only surrounds the answers.
    """

    asked: str
    given: str
    right: bool | None


C = TypeVar("C")


class QuestionType(ABC, Generic[C]):
    """The contract; tests/quizzes/test_question_type_contract.py holds every type to it."""

    name: ClassVar[str]
    """Kept in the database, and the name of the folder templates/question_types/<name>/."""

    label: ClassVar[LazyString]
    """The name on screen."""

    needs_person: ClassVar[bool] = False
    """True when an answer is graded by hand: `grade` gives None for it."""

    has_key: ClassVar[bool] = True
    """False for a poll: no answer is right or missed, points are for answering, and it may be worth none."""

    mixes: ClassVar[bool] = False
    """True when the author's order would give the key away: every attempt has its own, never the author's."""

    unlisted_is_wrong: ClassVar[bool] = False
    """True when a part of an answer key that no option row stands for is wrong."""

    tells_reading: ClassVar[bool] = False
    """True when `understood` may say something."""

    chooses: ClassVar[bool] = False
    """True when an answer is chosen among options and the page prints them with QuestionPage.choices."""

    @abstractmethod
    def blank(self) -> C:
        """The content that a new question starts with; it need not be valid yet."""

    @abstractmethod
    def read(self, data: Json) -> C:
        """The content from its JSON. `write` undoes it exactly."""

    def content(self, data: Json) -> C:
        """What `read` makes of the JSON, remembered where a version keeps it."""
        if not isinstance(data, Kept):
            return self.read(data)
        if data.read is None:
            data.read = self.read(data)
        known: C = data.read
        return known

    @abstractmethod
    def write(self, content: C) -> Json:
        """The content as JSON for the database."""

    @abstractmethod
    def validate(self, content: C) -> list[Problem]:
        """What the author still has to put right; empty when the question can be asked.

        Fields are dotted: "options", "options.0.text", "rule".
        """

    def option_keys(self, content: C) -> list[str]:
        """The keys that may be shuffled, in the author's order; empty when nothing may be."""
        return []

    @abstractmethod
    def public_content(self, content: C, order: Sequence[str] | None = None) -> Json:
        """What the student's page may know before any release: no key, fraction or feedback.

        `order` is the order of option keys that the attempt keeps; None is the author's order, or an order
        that tells nothing where the type mixes.
        """

    @abstractmethod
    def parse_answer(self, content: C, fields: AnswerFields) -> Answer | None:
        """The answer that a form sent, or None when it was left empty.

        Raises AnswerRefusedError for what no page of ours could have sent.
        """

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        """What a refused form shows again: the text as it was typed; None where nothing is typed."""
        return None

    def is_answered(self, answer: Answer | None) -> bool:
        """Whether there is anything to grade."""
        return answer is not None

    def remark(self, content: C, answer: Answer) -> str | None:
        """A hint about the form of an answer ("Choose two, you have chosen three"), never about the key."""
        return None

    def understood(self, content: C, answer: Answer) -> str | None:
        """How an answer was read, where that may not be plain ("Read as 2500"); the same whatever the key."""
        return None

    @abstractmethod
    def grade(self, content: C, answer: Answer | None) -> FractionUnits | None:
        """The fraction earned, 0 to FRACTION_ONE; 0 when not answered; None when a person grades it."""

    @abstractmethod
    def answer_key(self, content: C, answer: Answer) -> str:
        """A short canonical text, the same for the same answer: results are grouped by it in SQL."""

    def key_parts(self, content: C, answer_key: str) -> list[str]:
        """The option keys inside an answer key, as this content has them; one for most types.

        The answer may have been given when another key held: what was answered then and now is one part.
        """
        return [answer_key]

    def option_rows(self, content: C) -> list[OptionRow]:
        """What results count answers against, in the author's order; empty for free text."""
        return []

    def part_in_words(self, content: C, part: str) -> str:
        """What results call a part of an answer key that no option row stands for."""
        return part

    def feedback_for(self, content: C, answer: Answer) -> list[str]:
        """The author's words about what was answered, in the author's order."""
        return []

    @abstractmethod
    def answer_lines(self, content: C, answer: Answer) -> list[str]:
        """The answer in words, one line for each thing chosen; empty when `answer_sentences` has it."""

    def answer_html(self, answer: Answer) -> str:
        """The answer as safe HTML, where students write Markdown; "" for types whose answers are plain."""
        return ""

    def answer_parts(self, content: C, answer: Answer) -> list[AnswerPart]:
        """The answer part by part, for types that have parts; whoever shows it hides `right` until it is released."""
        return []

    def answer_sentences(self, answer: Answer) -> list[int]:
        """The sentences of the article that an answer points at."""
        return []

    @abstractmethod
    def key_lines(self, content: C) -> list[str]:
        """What would have been right, in words; shown only once the key is released."""

    def key_sentences(self, content: C) -> list[list[int]]:
        """What would have been right, as passages of the article."""
        return []


def one_line(fields: AnswerFields, part: str = "answer") -> str:
    """The last value sent for a part, without space around it; "" when there is none."""
    values = fields.get(part, ())
    return values[-1].strip() if values else ""
