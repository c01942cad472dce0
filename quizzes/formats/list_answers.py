"""What a plain list says made into questions: which options are right, and what type that makes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import gettext as _

from core.points import FRACTION_ONE
from quizzes.formats.list_parts import Made, gapped_list, listed_number, listed_parts
from quizzes.formats.lists import Listed, ListedOption, read_list
from quizzes.formats.neutral import (
    MOST_READ,
    Line,
    NeutralQuestion,
    NotUnderstoodError,
    Reading,
    Remark,
    checked,
    points_of,
    refuse_too_many,
    take_marks,
)
from quizzes.question_types.multiple_answers import NET_CORRECT, MultipleAnswersContent
from quizzes.question_types.numeric import ABSOLUTE, NumericContent
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option, new_key
from quizzes.question_types.short_answer import Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

_TRUTH = {"true": True, "t": True, "false": False, "f": False}
_LETTERS = re.compile(r"[A-Z](?:(?:\s*[,;&/+]\s*(?:AND\s+)?|\s+AND\s+|\s+)[A-Z])*")


def read(lines: Sequence[Line]) -> Reading:
    """Return the questions of a run of lines, and what is no question."""
    questions: list[NeutralQuestion] = []
    refused: list[Remark] = []
    for listed in read_list(lines)[: MOST_READ + 1]:
        try:
            questions.append(_question(listed))
        except NotUnderstoodError as error:
            refused.append(error.remark)
    return Reading(tuple(questions), (), tuple(refused))


def _question(listed: Listed) -> NeutralQuestion:
    """The neutral form of one question. Raises NotUnderstoodError."""
    said = listed.said
    refuse_too_many(listed.line, max(len(listed.options), listed.answer.count("|")))
    gapped = None if listed.options else gapped_list(listed)
    stem, place, points = gapped.marks if gapped else take_marks(" ".join(listed.stem))
    answered, option_place = (gapped.made, "") if gapped else _options(listed)
    kind, content, warnings = answered
    if "points" in said and points_of(said["points"]) is None:
        raise NotUnderstoodError(listed.line, _("Write the points as a number from 0 to 1000, such as 1 or 1.5."))
    return checked(
        NeutralQuestion(
            line=listed.line,
            type=kind,
            stem=stem,
            content=content,
            general_feedback=said.get("feedback", ""),
            hint=said.get("hint", ""),
            points=points_of(said.get("points", "")) or points,
            place=said.get("place", "") or place or option_place,
            tags=(*listed.tags, *(tag.strip() for tag in said.get("tag", "").split(",") if tag.strip())),
        ).warned(*warnings)
    )


def _options(listed: Listed) -> tuple[Made, str]:
    """Its type, content and warnings; and the place that a right option names."""
    if not listed.options and "type" in listed.said:
        raise NotUnderstoodError(listed.line, _("TYPE: needs options above it, each with a letter or a dash."))
    if not listed.options:
        return _typed(listed), ""
    parts = listed_parts(listed)
    if parts:
        return parts, ""
    right = _right(listed)
    if not right:
        raise NotUnderstoodError(
            listed.line,
            _("No option is marked as right. Put a star before it, or write “ANSWER: B” below the options."),
        )
    keys: list[str] = []
    options, place = [], ""
    for at, row in enumerate(listed.options):
        keys.append(new_key(keys))
        text, named, _points = take_marks(row.text)
        place = named if at in right and named else place
        options.append(Option(keys[-1], text, FRACTION_ONE if at in right else 0, row.feedback))
    if len(right) == 1:
        return ("single_choice", SingleChoiceContent(tuple(options)), []), place
    told = str(_("Several options are right: it becomes “Multiple answers”, scored by “Net correct”."))
    return ("multiple_answers", MultipleAnswersContent(tuple(options), NET_CORRECT), [told]), place


def _right(listed: Listed) -> set[int]:
    """The places of the right options, by stars or by the answer line."""
    starred = {at for at, row in enumerate(listed.options) if row.is_right}
    if not listed.answer:
        return starred
    named = {_place_of(listed, letter) for letter in _letters(listed)}
    if starred and starred != named:
        raise NotUnderstoodError(listed.answer_line, _("The stars and the answer line do not say the same."))
    return named


def _letters(listed: Listed) -> list[str]:
    answer = listed.answer.strip().rstrip(".)").upper()
    if not _LETTERS.fullmatch(answer):
        raise NotUnderstoodError(
            listed.answer_line, _("Name the right option by its letter, as “ANSWER: B”, or “ANSWER: A, C” for several.")
        )
    return re.findall(r"\b[A-Z]\b", re.sub(r"\bAND\b", " ", answer))


def _place_of(listed: Listed, letter: str) -> int:
    letters = [_letter(at, row) for at, row in enumerate(listed.options)]
    if letters.count(letter) > 1:
        raise NotUnderstoodError(listed.answer_line, _("There are two options %(letter)s.", letter=letter))
    if letter not in letters:
        raise NotUnderstoodError(listed.answer_line, _("There is no option %(letter)s.", letter=letter))
    return letters.index(letter)


def _letter(at: int, row: ListedOption) -> str:
    return row.letter or chr(ord("A") + at % 26)


def _typed(listed: Listed) -> Made:
    """A question without options: true or false, a number, a line of text, or an open answer."""
    answer = listed.answer.strip()
    if answer.casefold() in _TRUTH:
        return "true_false", TrueFalseContent(_TRUTH[answer.casefold()]), []
    number = listed_number(answer)
    if number is not None:
        told = _("Only exactly %(n)s is accepted; write a margin as %(n)s:0.1, or a range as 3..4.", n=answer)
        is_exact = (number.kind, number.tolerance) == (ABSOLUTE, "0")
        return "numeric", NumericContent((number,)), [str(told)] if is_exact else []
    if answer:
        forms = [form.strip() for form in answer.split("|") if form.strip()]
        return "short_answer", ShortAnswerContent(tuple(Form(new_key(), form) for form in forms)), []
    if listed.numbered or "".join(listed.stem).rstrip().endswith("?"):
        told = str(_("It has no answers: it becomes an open answer, which a person grades."))
        return "open_answer", OpenAnswerContent(), [told]
    raise NotUnderstoodError(
        listed.line, _("This has no answers. Add them, or put // before the line to leave it out.")
    )
