"""Which form belongs to which question type, and what it sends before anything is checked."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from core.points import POINT
from quizzes.forms.arrangements import MatchingForm, OrderingForm
from quizzes.forms.blanks import BlanksForm
from quizzes.forms.choices import MultipleAnswersForm, SingleChoiceForm, TrueFalseForm
from quizzes.forms.evidence import EvidenceForm
from quizzes.forms.open_answers import OpenAnswerForm
from quizzes.forms.polls import PollForm
from quizzes.forms.questions import QuestionForm
from quizzes.forms.typed_answers import NumericForm, ShortAnswerForm
from quizzes.question_types import TYPES
from quizzes.questions import LONGEST_FEEDBACK, LONGEST_STEM, QuestionDraft, QuestionWords

FORMS: dict[str, type[QuestionForm]] = {
    form.kind: form
    for form in (
        SingleChoiceForm,
        TrueFalseForm,
        MultipleAnswersForm,
        ShortAnswerForm,
        NumericForm,
        EvidenceForm,
        OpenAnswerForm,
        MatchingForm,
        OrderingForm,
        BlanksForm,
        PollForm,
    )
}


def blank_form(kind: str) -> QuestionForm:
    """Return the form of a new question of this type, or of what was sent for one."""
    content = TYPES[kind].blank()
    points = POINT if TYPES[kind].has_key else 0
    return _filled(FORMS[kind](data={"points": points, **FORMS[kind].values_of(content)}))


def form_of(kind: str, content: Any, values: dict[str, Any]) -> QuestionForm:
    """Return the form of a question as it was saved, or of what was sent for it."""
    return _filled(FORMS[kind](data={**values, **FORMS[kind].values_of(content)}))


def sent_form(kind: str) -> QuestionForm:
    """Return the form of what was sent for a question of this type."""
    return FORMS[kind]()


def _filled(form: QuestionForm) -> QuestionForm:
    if not form.is_submitted():
        form.fill_up()
    return form


def typed_words(sent: MultiDict[str, str]) -> QuestionWords:
    """Render what was typed; too long a text is cut, for its form will be refused."""
    return QuestionWords.of(
        _typed(sent, "stem", LONGEST_STEM),
        _typed(sent, "general_feedback", LONGEST_FEEDBACK),
        _typed(sent, "hint", LONGEST_FEEDBACK),
    )


def _typed(sent: MultiDict[str, str], name: str, most: int) -> str:
    return sent.get(name, "").strip().replace("\r\n", "\n")[:most]


def draft_of(form: QuestionForm, words: QuestionWords) -> QuestionDraft:
    """Return what a valid form says."""
    return QuestionDraft(form.kind, words, form.read_content(), form.points.data, form.anchor.data, form.tags.data)
