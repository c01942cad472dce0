"""Short answer: a line of text, compared with accepted forms. Never by similarity."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, clamp
from quizzes.question_types import expressions, wording
from quizzes.question_types.base import (
    ANSWER_KEY_LENGTH,
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.options import LONGEST_FEEDBACK, new_key

EXACT, WILDCARD, EXPRESSION = "exact", "wildcard", "expression"
MATCH_NAMES: dict[str, LazyString] = {
    EXACT: lazy_gettext("exactly"),
    WILDCARD: lazy_gettext("with * for anything"),
    EXPRESSION: lazy_gettext("as a regular expression"),
}
LONGEST_LINE = 500
MOST_FORMS = 50


@dataclass(frozen=True)
class Form:
    """One accepted form: exact, with `*` for anything, or a regular expression that describes the whole answer."""

    key: str
    text: str
    match: str = EXACT
    fraction: FractionUnits = FRACTION_ONE
    feedback: str = ""


@dataclass(frozen=True)
class ShortAnswerContent:
    """The forms in the order they are tried: the first that matches wins."""

    forms: tuple[Form, ...]
    case_sensitive: bool = False


class ShortAnswer(QuestionType[ShortAnswerContent]):
    """Answers are {"text": the line as typed}."""

    name = "short_answer"
    label = lazy_gettext("Short answer")

    def blank(self) -> ShortAnswerContent:
        return ShortAnswerContent((Form(new_key(), ""),))

    def read(self, data: Json) -> ShortAnswerContent:
        forms = tuple(Form(**row) for row in data["forms"])
        return ShortAnswerContent(forms, data.get("case_sensitive", False))

    def write(self, content: ShortAnswerContent) -> Json:
        return {
            "forms": [asdict(form) for form in content.forms],
            "case_sensitive": content.case_sensitive,
        }

    def validate(self, content: ShortAnswerContent) -> list[Problem]:
        problems = []
        if not any(form.fraction == FRACTION_ONE for form in content.forms):
            problems.append(Problem("forms", _("Give at least one answer that earns all points.")))
        if len(content.forms) > MOST_FORMS:
            problems.append(Problem("forms", _("Keep to %(n)s answers at most.", n=MOST_FORMS)))
        for at, form in enumerate(content.forms[:MOST_FORMS]):
            problems += _form_problems(at, form)
        return problems

    def public_content(self, content: ShortAnswerContent, order: Sequence[str] | None = None) -> Json:
        return {"case_sensitive": content.case_sensitive}

    def parse_answer(self, content: ShortAnswerContent, fields: AnswerFields) -> Answer | None:
        text = one_line(fields)
        if len(text) > LONGEST_LINE:
            raise AnswerRefusedError(_("Keep your answer to %(n)s characters.", n=LONGEST_LINE))
        return {"text": text} if text else None

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        return {"text": "".join(fields.get("answer", ())[-1:])}

    def grade(self, content: ShortAnswerContent, answer: Answer | None) -> FractionUnits:
        form = _first_match(content, answer)
        return clamp(form.fraction) if form else 0

    def answer_key(self, content: ShortAnswerContent, answer: Answer) -> str:
        folded = wording.normalise(answer["text"], case_sensitive=content.case_sensitive)
        return folded[:ANSWER_KEY_LENGTH]

    def key_parts(self, content: ShortAnswerContent, answer_key: str) -> list[str]:
        """Case no longer counts for what was answered while it did."""
        return [self.answer_key(content, {"text": answer_key})]

    def option_rows(self, content: ShortAnswerContent) -> list[OptionRow]:
        """Exact forms only: what a `*` takes in has no answer key of its own."""
        return [
            OptionRow(
                self.answer_key(content, {"text": form.text}),
                form.text,
                form.fraction,
                form.fraction == FRACTION_ONE,
            )
            for form in content.forms
            if form.match == EXACT
        ]

    def feedback_for(self, content: ShortAnswerContent, answer: Answer) -> list[str]:
        form = _first_match(content, answer)
        return [form.feedback] if form and form.feedback else []

    def answer_lines(self, content: ShortAnswerContent, answer: Answer) -> list[str]:
        return [answer["text"]]

    def key_lines(self, content: ShortAnswerContent) -> list[str]:
        """The forms that earn everything; a regular expression only where nothing easier to read does."""
        right = [form for form in content.forms if form.fraction == FRACTION_ONE]
        return [form.text for form in right if form.match != EXPRESSION] or [form.text for form in right]


def _first_match(content: ShortAnswerContent, answer: Answer | None) -> Form | None:
    if not answer:
        return None
    budget = expressions.Budget()
    matching = (form for form in content.forms if _matches(form, answer["text"], content.case_sensitive, budget))
    return next(matching, None)


def _matches(form: Form, text: str, case_sensitive: bool, budget: expressions.Budget) -> bool:
    if form.match == EXPRESSION:
        spellings = wording.spellings(text)
        return any(
            expressions.fits(form.text, spelling, case_sensitive=case_sensitive, budget=budget)
            for spelling in spellings
        )
    compare = wording.matches if form.match == WILDCARD else wording.same
    return compare(form.text, text, case_sensitive=case_sensitive)


def _form_problems(at: int, form: Form) -> list[Problem]:
    problems = []
    if not form.text.strip():
        problems.append(Problem(f"forms.{at}.text", _("Write the answer or take it away.")))
    if len(form.text) > LONGEST_LINE:
        message = _("Keep an answer to %(n)s characters.", n=LONGEST_LINE)
        problems.append(Problem(f"forms.{at}.text", message))
    elif form.match == EXPRESSION and (message := expressions.expression_problem(form.text)):
        problems.append(Problem(f"forms.{at}.text", message))
    if form.match not in (EXACT, WILDCARD, EXPRESSION):
        problems.append(Problem(f"forms.{at}.match", _("Choose how this answer is compared.")))
    if not 0 <= form.fraction <= FRACTION_ONE:
        message = _("An answer is worth from 0 to 100 per cent.")
        problems.append(Problem(f"forms.{at}.fraction", message))
    if len(form.feedback) > LONGEST_FEEDBACK:
        message = _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)
        problems.append(Problem(f"forms.{at}.feedback", message))
    return problems
