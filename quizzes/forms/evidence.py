"""The form of evidence questions, and of the evidence part of a choice question."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import FieldList, FormField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from articles.spans import covered
from quizzes.forms.fields import PassageField, WholeNumberField
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types import evidence
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent

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
