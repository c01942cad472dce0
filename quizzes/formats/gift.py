"""GIFT: a question and its answers in braces, "Who? {=right ~wrong}". Pure.

Written from the format's public description.

Read: single choice and multiple answers with weights, true/false, short answer, numbers, open answers, the missing
word, pairs, several gaps in a sentence, titles, feedback, comments and tags, `\\` before ~ = # { } :.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import gettext as _

from quizzes.formats.gift_answers import Answers, read_answers
from quizzes.formats.gift_marks import one_flow, restore
from quizzes.formats.gift_parts import gaps, several_braces
from quizzes.formats.neutral import Line, NeutralQuestion, NotUnderstoodError, checked, is_comment, tags_in, take_marks

CATEGORY = re.compile(r"\s*\$CATEGORY:", re.IGNORECASE)
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_NUMBERED = re.compile(r"\A\s*\d{1,3}[.)]\s+")
_IDLE_TAIL = re.compile(r"[\s.;,\"'”’]*")
_SEVERAL = re.compile(r"[^{}]*(?:\{[^{}]*\}[^{}]*){2,}")
GAP = "_____"


def read_question(lines: Sequence[Line]) -> NeutralQuestion:
    """Return the question of one block of lines, in which escapes are hidden (gift_marks.hide).

    Raises NotUnderstoodError.
    """
    said = [line for line in lines if not is_comment(line[1])]
    first = next(number for number, text in said if text.strip())
    text = "\n".join(text for _number, text in said)
    if is_gapped(text):
        return _gapped(first, text, lines)
    head, body, tail = _parts(first, text)
    title, head = _cut(_TITLE, head)
    markup, head = _cut(_FORMAT, head)
    answers = read_answers(first, body)
    stem, dropped = _stem(_NUMBERED.sub("", head, count=1), tail)
    words, place, points = take_marks(stem)
    question = NeutralQuestion(
        line=first,
        type=answers.type,
        stem=restore(words),
        content=answers.content,
        title=restore(title),
        general_feedback=restore(answers.general_feedback),
        points=points,
        place=place,
        tags=tags_in(lines),
    )
    return checked(question.warned(*_told(question, answers, markup), *([_not_kept(dropped)] if dropped else [])))


def is_gapped(text: str) -> bool:
    """Whether a text has several pairs of braces, none within another."""
    return bool(_SEVERAL.fullmatch(text))


def _gapped(first: int, text: str, lines: Sequence[Line]) -> NeutralQuestion:
    """A sentence with several gaps; the instruction that the format has no place for is put before it."""
    title, text = _cut(_TITLE, text)
    markup, text = _cut(_FORMAT, text)
    words, place, points = take_marks(_NUMBERED.sub("", text, count=1))
    content, told = gaps(first, words)
    question = NeutralQuestion(
        line=first,
        type="blanks",
        stem=str(_("Fill the gaps.")),
        content=content,
        title=restore(title),
        general_feedback=told,
        points=points,
        place=place,
        tags=tags_in(lines),
    )
    return checked(question.warned(*_told(question, Answers("blanks", content), markup)))


def _parts(line: int, text: str) -> tuple[str, str, str]:
    """What stands before, within and after the braces."""
    head, opened, rest = text.partition("{")
    body, closed, tail = rest.partition("}")
    if not opened or not closed:
        raise NotUnderstoodError(line, _("The braces { } around the answers are not closed."))
    if "{" in body:
        raise NotUnderstoodError(line, _("A brace is opened within braces. Write \\{ for a brace in the text."))
    if "{" in tail or "}" in tail:
        raise NotUnderstoodError(line, several_braces())
    return head, body, tail


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.match(text)
    return (found[1].strip(), text[found.end() :]) if found else ("", text)


def _stem(head: str, tail: str) -> tuple[str, str]:
    """The question, with a gap where the answers stood within a sentence; and what was left out after them.

    A place or points after the answers end the question, as they do before them.
    """
    asked, rest = one_flow(head), one_flow(tail)
    words, _place, _points = take_marks(rest)
    if not words or (asked.endswith(("?", "!", ".")) and _IDLE_TAIL.fullmatch(words)):
        return f"{asked} {rest.removeprefix(words)}", words
    space = "" if rest[0] in ".,;:!?" else " "
    return f"{asked} {GAP}{space}{rest}", ""


def _not_kept(text: str) -> str:
    return str(_("“%(text)s” after the answers is left out.", text=restore(text)))


def _told(question: NeutralQuestion, answers: Answers, markup: str) -> list[str]:
    told = list(answers.warnings)
    if question.title and question.title != question.stem:
        told.append(str(_("The title “%(title)s” is left out: questions here have none.", title=question.title)))
    if markup.casefold() == "html":
        told.append(str(_("HTML is not read: its tags would stand in the question as they are.")))
    return told
