"""The form of a text with gaps. Its rows follow the gaps of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.widgets import TextArea

from core.fields import TypedField, WholeNumberField
from core.forms import MOST_ROWS, Rows
from core.points import FRACTION_ONE, FractionUnits, format_percent, parse_percent
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types import gaps
from quizzes.question_types.gaps import BlanksContent, Gap, Word

OWN, BANK = "own", "bank"
_SHARE = re.compile(r"(.*?)\s*=\s*(\d[\d.,]*)\s*%", re.DOTALL)


class WordsField(TypedField):
    """Words, one a line, each worth `unsaid` unless its line ends in "= 50 %"; data is a tuple of words."""

    widget = TextArea()

    def __init__(self, label: Any = None, unsaid: FractionUnits = 0, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.unsaid = unsaid

    def parse(self, text: str) -> tuple[Word, ...]:
        return tuple(self._word(line.strip()) for line in text.splitlines() if line.strip())

    def _word(self, line: str) -> Word:
        share = _SHARE.fullmatch(line)
        return Word(share[1], parse_percent(share[2])) if share else Word(line, self.unsaid)

    def show(self, value: Sequence[Word]) -> str:
        return "\n".join(
            word.text if word.fraction == self.unsaid else f"{word.text} = {format_percent(word.fraction)} %"
            for word in value
        )

    def refusal(self) -> str:
        return str(_("Write one a line; a part of the points goes behind it, from 0 to 100, such as = 50 %%."))


class GapForm(RowForm):
    """What there is to one gap beside the words in the text. `word` is what the text had when this was written."""

    word = HiddenField()
    also = WordsField(lazy_gettext("Also accepted"), FRACTION_ONE)
    wrong = WordsField(lazy_gettext("Wrong choices"))
    weight = WholeNumberField(lazy_gettext("Weight"))
    feedback = TextAreaField(lazy_gettext("Explanation"))

    def is_blank(self) -> bool:
        """Never: there is a row for each gap."""
        return False

    def gap(self) -> Gap:
        """Return what was written."""
        weight = 1 if self.weight.data is None else self.weight.data
        return Gap(self.key.data or "", self.also.data or (), self.wrong.data or (), weight, self.feedback.data or "")


class BlanksForm(QuestionForm):
    """A text with gaps, and a row for each gap."""

    kind = "blanks"
    rows_name = "gaps"

    gapped_text = TextAreaField(lazy_gettext("Text with gaps"))
    mode = RadioField(
        lazy_gettext("Students fill the gaps"),
        choices=[
            SelectChoice(OWN, lazy_gettext("one by one")),
            SelectChoice(BANK, lazy_gettext("from one word bank")),
        ],
        default=OWN,
        validate_choice=False,
    )
    extra = TextAreaField(lazy_gettext("More words for the bank"))
    gaps = Rows(GapForm, lazy_gettext("Gaps"))
    case_sensitive = BooleanField(lazy_gettext("Capital and small letters are different"))

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read what was sent or saved, and put the rows beside the gaps of the text."""
        super().process(*args, **kwargs)
        self._align()

    def _align(self) -> None:
        """A gap has the row that was written for its words; else the next row whose gap is gone; else a new one."""
        words = gaps.insides(self.gapped_text.data or "")[:MOST_ROWS]
        free = list(self.gaps.entries)
        found: list[Any] = []
        for word in words:
            own = next((entry for entry in free if entry.form.word.data == word), None)
            found.append(own)
            if own is not None:
                free.remove(own)
        rows = [entry or (free.pop(0) if free else self.gaps.append_entry()) for entry in found]
        for row, word in zip(rows, words, strict=True):
            row.form.word.data = word
        self.gaps.entries = rows

    @staticmethod
    def values_of(content: BlanksContent) -> dict[str, Any]:
        rows = [
            {**vars(gap), "word": word, "weight": gap.weight if gap.weight != 1 else None}
            for gap, word in zip(content.gaps, gaps.insides(content.text), strict=False)
        ]
        return {
            "gapped_text": content.text,
            "mode": BANK if content.bank else OWN,
            "extra": "\n".join(content.extra),
            "gaps": rows,
            "case_sensitive": content.case_sensitive,
        }

    def read_content(self) -> BlanksContent:
        text = (self.gapped_text.data or "").strip().replace("\r\n", "\n")
        extra = tuple(line.strip() for line in (self.extra.data or "").splitlines() if line.strip())
        rows = tuple(row.gap() for row in self.written_rows())
        return BlanksContent(text, rows, self.mode.data == BANK, extra, bool(self.case_sensitive.data))
