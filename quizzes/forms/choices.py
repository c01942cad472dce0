"""Forms of the types that offer choices: single choice, true/false, multiple answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from core.forms import Rows
from core.points import FRACTION_ONE, FractionUnits, fraction_of
from quizzes.forms.evidence import WithEvidenceForm
from quizzes.forms.fields import PercentField
from quizzes.forms.questions import RowForm
from quizzes.question_types.multiple_answers import NET_CORRECT, OWN_SHARES, RULE_NAMES, MultipleAnswersContent
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import FALSE, TRUE, TrueFalseContent

FIXED_ORDER = lazy_gettext("Keep the options in this order, even where options are shuffled")


class OptionForm(RowForm):
    """An option: ticked, it earns all points (single choice) or is one of the right ones (multiple answers)."""

    right = BooleanField(lazy_gettext("Right"))
    text = TextAreaField(lazy_gettext("Option"))
    share = PercentField(lazy_gettext("Per cent of the points"))
    feedback = TextAreaField(lazy_gettext("Explanation"))

    def words(self) -> list[Any]:
        return [self.text.data, self.feedback.data, self.right.data, self.share.raw_data and self.share.raw_data[0]]

    def option(self) -> Option:
        """Return what was written. A tick stands above a share."""
        return self._worth(FRACTION_ONE if self.right.data else self.share.data or 0)

    def one_of(self, right: int, *, is_shared: bool) -> Option:
        """Return one of several options of which `right` are ticked. A share that was written counts where
        shares do; else every ticked option earns an even part."""
        if not is_shared:
            return self._worth(FRACTION_ONE if self.right.data else 0)
        even = fraction_of(1, right) if self.right.data else 0
        return self._worth(even if self.share.data is None else self.share.data)

    def _worth(self, fraction: FractionUnits) -> Option:
        return Option(self.key.data or "", " ".join((self.text.data or "").split()), fraction, self.feedback.data or "")


def _option_values(options: Iterable[Option], *, of_one: bool, shares: bool) -> list[dict[str, Any]]:
    return [
        {
            "key": option.key,
            "right": option.fraction == FRACTION_ONE if of_one else option.fraction > 0,
            "text": option.text,
            "share": option.fraction if shares and option.fraction not in (0, FRACTION_ONE) else None,
            "feedback": option.feedback,
        }
        for option in options
    ]


class SingleChoiceForm(WithEvidenceForm):
    """Options, of which one is chosen."""

    kind = "single_choice"
    rows_name = "options"
    blank_rows = 4

    options = Rows(OptionForm, lazy_gettext("Options"))
    fixed_order = BooleanField(FIXED_ORDER)

    @staticmethod
    def values_of(content: SingleChoiceContent) -> dict[str, Any]:
        return {
            "options": _option_values(content.options, of_one=True, shares=True),
            "fixed_order": content.fixed_order,
            **WithEvidenceForm.values_of_part(content.evidence),
        }

    def read_content(self) -> SingleChoiceContent:
        options = tuple(row.option() for row in self.written_rows())
        return SingleChoiceContent(options, bool(self.fixed_order.data), self.read_part())

    def row_field(self, name: str) -> str:
        return "share" if name == "fraction" else name


class MultipleAnswersForm(WithEvidenceForm):
    """Options, of which several are right, and the rule that scores them."""

    kind = "multiple_answers"
    rows_name = "options"
    blank_rows = 4

    options = Rows(OptionForm, lazy_gettext("Options"))
    rule = RadioField(
        lazy_gettext("How it is scored"),
        choices=[SelectChoice(*pair) for pair in RULE_NAMES.items()],
        default=NET_CORRECT,
        validate_choice=False,
    )
    tell_count = BooleanField(lazy_gettext("Tell students how many options are right"), default=True)
    fixed_order = BooleanField(FIXED_ORDER)

    @staticmethod
    def values_of(content: MultipleAnswersContent) -> dict[str, Any]:
        return {
            "options": _option_values(content.options, of_one=False, shares=content.rule == OWN_SHARES),
            "rule": content.rule,
            "tell_count": content.tell_count,
            "fixed_order": content.fixed_order,
            **WithEvidenceForm.values_of_part(content.evidence),
        }

    def read_content(self) -> MultipleAnswersContent:
        rows = self.written_rows()
        right = sum(bool(row.right.data) for row in rows)
        is_shared = self.rule.data == OWN_SHARES
        options = tuple(row.one_of(right, is_shared=is_shared) for row in rows)
        return MultipleAnswersContent(
            options, self.rule.data or "", bool(self.tell_count.data), bool(self.fixed_order.data), self.read_part()
        )


class TrueFalseForm(WithEvidenceForm):
    """A statement that is true or false."""

    kind = "true_false"

    right = RadioField(
        lazy_gettext("The statement is"),
        choices=[SelectChoice(TRUE, lazy_gettext("True")), SelectChoice(FALSE, lazy_gettext("False"))],
        default=TRUE,
    )
    feedback_true = TextAreaField(lazy_gettext("Explanation for those who chose true"))
    feedback_false = TextAreaField(lazy_gettext("Explanation for those who chose false"))

    @staticmethod
    def values_of(content: TrueFalseContent) -> dict[str, Any]:
        return {
            "right": TRUE if content.right else FALSE,
            "feedback_true": content.feedback_true,
            "feedback_false": content.feedback_false,
            **WithEvidenceForm.values_of_part(content.evidence),
        }

    def read_content(self) -> TrueFalseContent:
        words = self.feedback_true.data or "", self.feedback_false.data or ""
        return TrueFalseContent(self.right.data == TRUE, *words, self.read_part())
