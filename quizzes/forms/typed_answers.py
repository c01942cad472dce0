"""Forms of the types whose answer is written or pointed at: short answer, numeric, evidence."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from articles.spans import covered
from quizzes.forms.fields import PassageField, PercentField, WholeNumberField
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.points import FRACTION_ONE
from quizzes.question_types import evidence, numeric, short_answer
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.short_answer import ShortAnswerContent

SHARE = lazy_gettext("Per cent of the points")
EXPLANATION = lazy_gettext("Explanation")


def _share(value: int | None) -> int:
    """An answer is worth all points unless something else was written."""
    return FRACTION_ONE if value is None else value


class AcceptedFormForm(RowForm):
    """One accepted answer."""

    text = StringField(lazy_gettext("Accepted answer"))
    match = SelectField(
        lazy_gettext("Compared"),
        choices=[
            SelectChoice(short_answer.EXACT, lazy_gettext("exactly")),
            SelectChoice(short_answer.WILDCARD, lazy_gettext("with * for anything")),
        ],
        default=short_answer.EXACT,
    )
    fraction = PercentField(SHARE)
    feedback = TextAreaField(EXPLANATION)

    def words(self) -> list[Any]:
        return [self.text.data, self.feedback.data]


class ShortAnswerForm(QuestionForm):
    """A line of text, compared with accepted answers."""

    kind = "short_answer"
    rows_name = "forms"
    blank_rows = 3

    forms = FieldList(FormField(AcceptedFormForm), lazy_gettext("Accepted answers"))
    case_sensitive = BooleanField(lazy_gettext("Capital and small letters are different"))

    @staticmethod
    def values_of(content: ShortAnswerContent) -> dict[str, Any]:
        rows = [{**vars(form)} for form in content.forms]
        return {"forms": rows, "case_sensitive": content.case_sensitive}

    def read_content(self) -> ShortAnswerContent:
        forms = tuple(
            short_answer.Form(
                row.key.data, row.text.data or "", row.match.data, _share(row.fraction.data), row.feedback.data or ""
            )
            for row in self.written_rows()
        )
        return ShortAnswerContent(forms, bool(self.case_sensitive.data))


class AcceptedNumberForm(RowForm):
    """One accepted number: a value with how far off an answer may be, or a range."""

    value = StringField(lazy_gettext("Number"))
    kind = SelectField(
        lazy_gettext("Compared"),
        choices=[
            SelectChoice(numeric.ABSOLUTE, lazy_gettext("give or take")),
            SelectChoice(numeric.RELATIVE, lazy_gettext("± per cent")),
            SelectChoice(numeric.RANGE, lazy_gettext("up to")),
        ],
        default=numeric.ABSOLUTE,
    )
    tolerance = StringField(lazy_gettext("By how much, or up to"))
    fraction = PercentField(SHARE)
    feedback = TextAreaField(EXPLANATION)

    def words(self) -> list[Any]:
        return [self.value.data, self.tolerance.data, self.feedback.data]

    def number(self) -> AcceptedNumber:
        """Return what was written; the second number ends a range, and is the tolerance of a value."""
        second = _with_point(self.tolerance.data or "")
        is_range = self.kind.data == numeric.RANGE
        return AcceptedNumber(
            key=self.key.data or "",
            value=_with_point(self.value.data or ""),
            kind=self.kind.data,
            tolerance="0" if is_range else second or "0",
            high=second if is_range else "",
            fraction=_share(self.fraction.data),
            feedback=self.feedback.data or "",
        )


def _with_point(text: str) -> str:
    """Read a decimal comma, unless it could stand between thousands."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


class NumericForm(QuestionForm):
    """A number, compared with accepted numbers."""

    kind = "numeric"
    rows_name = "accepted"
    blank_rows = 2

    accepted = FieldList(FormField(AcceptedNumberForm), lazy_gettext("Accepted numbers"))

    @staticmethod
    def values_of(content: NumericContent) -> dict[str, Any]:
        rows = [
            {**vars(number), "tolerance": number.high if number.kind == numeric.RANGE else number.tolerance}
            for number in content.accepted
        ]
        return {"accepted": [{name: row[name] for name in row if name != "high"} for row in rows]}

    def read_content(self) -> NumericContent:
        return NumericContent(tuple(row.number() for row in self.written_rows()))

    def row_field(self, name: str) -> str:
        return "tolerance" if name == "high" else name


class AcceptedPassageForm(RowForm):
    """One passage that supports the answer."""

    place = PassageField(lazy_gettext("Passage"))
    feedback = TextAreaField(EXPLANATION)

    def words(self) -> list[Any]:
        return [self.place.typed, self.feedback.data]

    def passage(self) -> AcceptedPassage:
        """Return the sentences that were named."""
        place = self.place.data
        sentences = covered(self.place.sentences, *place) if place else ()
        return AcceptedPassage(self.key.data or "", sentences, None, self.feedback.data or "")


class EvidenceForm(QuestionForm):
    """The sentences of the article that support the answer."""

    kind = "evidence"
    rows_name = "passages"
    blank_rows = 2

    passages = FieldList(FormField(AcceptedPassageForm), lazy_gettext("Accepted passages"))
    mode = RadioField(
        lazy_gettext("A student must find"),
        choices=[
            SelectChoice(evidence.ANY_OF, lazy_gettext("any one of them")),
            SelectChoice(evidence.ALL_OF, lazy_gettext("all of them")),
            SelectChoice(evidence.AT_LEAST, lazy_gettext("at least this many of them")),
        ],
        default=evidence.ANY_OF,
        validate_choice=False,
    )
    needed = WholeNumberField(lazy_gettext("How many"))
    most = WholeNumberField(lazy_gettext("Sentences a student may choose"))

    @staticmethod
    def values_of(content: EvidenceContent) -> dict[str, Any]:
        rows = [
            {
                "key": row.key,
                "place": (row.sentences[0], row.sentences[-1]) if row.sentences else None,
                "feedback": row.feedback,
            }
            for row in content.passages
        ]
        needed = content.needed if content.mode == evidence.AT_LEAST else None
        return {"passages": rows, "mode": content.mode, "needed": needed, "most": content.most or None}

    def read_content(self) -> EvidenceContent:
        passages = tuple(row.passage() for row in self.written_rows())
        mode = self.mode.data or ""
        needed = self.needed.data if mode == evidence.AT_LEAST else 1
        return EvidenceContent(passages, mode, needed or 0, self.most.data or 0)
