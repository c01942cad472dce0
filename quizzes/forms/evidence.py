"""The form of evidence questions, and of the evidence part of a choice question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from articles.spans import covered
from core.fields import WholeNumberField
from core.forms import Rows
from quizzes.forms.fields import PassageField, PercentField
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types import evidence
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.evidence_part import FIELD, HALF, EvidencePart

EXPLANATION = lazy_gettext("Explanation")


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


class PassagesForm(QuestionForm):
    """Accepted passages and how many of them must be found."""

    passages = Rows(AcceptedPassageForm, lazy_gettext("Accepted passages"))
    mode = RadioField(
        lazy_gettext("A student must find"),
        choices=[SelectChoice(*pair) for pair in evidence.MODE_NAMES.items()],
        default=evidence.ANY_OF,
        validate_choice=False,
    )
    needed = WholeNumberField(lazy_gettext("How many"))
    most = WholeNumberField(lazy_gettext("Sentences a student may choose"))

    @staticmethod
    def values_of_passages(content: EvidenceContent) -> dict[str, Any]:
        """Return what the fields show for accepted passages."""
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

    def read_passages(self) -> EvidenceContent:
        """Return the passages that were named."""
        passages = tuple(row.passage() for row in self.written_rows("passages"))
        mode = self.mode.data or ""
        needed = self.needed.data if mode == evidence.AT_LEAST else 1
        return EvidenceContent(passages, mode, needed or 0, self.most.data or 0)


class EvidenceForm(PassagesForm):
    """The sentences of the article that support the answer."""

    kind = "evidence"
    rows_name = "passages"
    blank_rows = 2

    @staticmethod
    def values_of(content: EvidenceContent) -> dict[str, Any]:
        return PassagesForm.values_of_passages(content)

    def read_content(self) -> EvidenceContent:
        return self.read_passages()


class WithEvidenceForm(PassagesForm):
    """A choice question, which may ask for evidence beside the answer."""

    more_lists: ClassVar[Mapping[str, int]] = {"passages": 2}

    asks_evidence = BooleanField(lazy_gettext("Students also point to the sentences that support their answer"))
    evidence_share = PercentField(lazy_gettext("Per cent of the points for the evidence"))

    @staticmethod
    def values_of_part(part: EvidencePart | None) -> dict[str, Any]:
        """Return what the fields show for the evidence part, if there is one."""
        if part is None:
            return {"asks_evidence": False}
        share = None if part.share == HALF else part.share
        return {"asks_evidence": True, "evidence_share": share, **PassagesForm.values_of_passages(part.asked)}

    def validate_asks_evidence(self, field: BooleanField) -> None:
        """Passages that would be lost are not lost without a word."""
        if not field.data and self.has_rows("passages"):
            raise ValidationError(_("Tick this, or take the passages away."))

    def read_part(self) -> EvidencePart | None:
        """Return the evidence part; None while it is not switched on."""
        if not self.asks_evidence.data:
            return None
        share = self.evidence_share.data
        return EvidencePart(self.read_passages(), HALF if share is None else share)

    def field_of(self, name: str) -> str:
        part = name.removeprefix(f"{FIELD}.")
        return "evidence_share" if name == f"{FIELD}.share" else part
