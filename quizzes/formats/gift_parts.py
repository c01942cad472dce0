"""GIFT answers in parts: pairs, "{=a -> b =c -> d}", and a sentence with several gaps. Pure.

The format itself knows one pair of braces a question; several within one sentence are read as its gaps.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from core.points import FRACTION_ONE
from quizzes.formats.gift_marks import Mark, one_flow, read_marks, restore
from quizzes.formats.neutral import NotUnderstoodError, refuse_too_many
from quizzes.question_types.gaps import BlanksContent, Gap, Word, insides
from quizzes.question_types.matching import MatchingContent, Pair
from quizzes.question_types.options import new_key

ARROW = "->"


def pairs(line: int, marks: Sequence[Mark]) -> MatchingContent:
    """Return what belongs together. Raises NotUnderstoodError where an answer is no pair."""
    for mark in marks:
        if ARROW not in mark.text:
            raise NotUnderstoodError(
                line, _("“%(text)s” has no ->. Write every pair as =a -> b.", text=restore(mark.text)[:60])
            )
        if mark.sign != "=" or mark.weight is not None:
            raise NotUnderstoodError(line, _("Pairs have no weights and none is wrong: write each as =a -> b."))
    return matched([_sides(mark) for mark in marks])


def _sides(mark: Mark) -> tuple[str, str, str]:
    prompt, _arrow, answer = mark.text.partition(ARROW)
    return restore(prompt), restore(answer), mark.feedback


def matched(rows: Sequence[tuple[str, str, str]]) -> MatchingContent:
    """Return the pairs of prompt, answer and explanation; an answer that comes twice is one answer."""
    taken: list[str] = []
    answers: dict[str, str] = {}
    made = []
    for prompt, answer, feedback in rows:
        taken.append(new_key(taken))
        key = taken[-1]
        if answer not in answers:
            taken.append(new_key(taken))
            answers[answer] = taken[-1]
        made.append(Pair(key, prompt, answers[answer], answer, feedback))
    return MatchingContent(tuple(made))


def gaps(line: int, text: str) -> tuple[BlanksContent, str]:
    """Return a sentence with several pairs of braces as a text with gaps, and what is told to everybody.

    Raises NotUnderstoodError where the braces do not all hold words for a gap.
    """
    refuse_too_many(line, text.count("{"))
    written, found, told = "", list[Gap](), ""
    for piece in text.split("}"):
        before, opened, body = piece.partition("{")
        written += one_spaced(before)
        if not opened:
            continue
        if before.rstrip().endswith("?") or "{" in body:
            raise NotUnderstoodError(line, several_braces())
        answers, _marks, general = body.partition("####")
        told = " ".join(part for part in (told, restore(one_flow(general))) if part)
        right, gap = _gap(line, read_marks(line, answers.strip()), [each.key for each in found])
        written += f"[[{right}]]"
        found.append(gap)
    content = BlanksContent(restore(written), tuple(found))
    if len(insides(content.text)) != len(found):
        raise NotUnderstoodError(line, str(_("Write gaps either in braces or in double brackets, not both.")))
    return content, told


def one_spaced(text: str) -> str:
    """Lines of one paragraph put together, with the space at both ends that parts it from what stands there."""
    return f"{' ' * text[:1].isspace()}{one_flow(text)}{' ' * (text[-1:].isspace() and bool(text.strip()))}"


def several_braces() -> str:
    """Why several pairs of braces are not read."""
    return str(_("There are several pairs of braces. Leave an empty line between questions; write \\{ for a brace."))


def _gap(line: int, marks: Sequence[Mark], keys: Sequence[str]) -> tuple[str, Gap]:
    """The right words as they stand in the text, and the rest of the gap."""
    words = [Word(restore(mark.text), max(mark.fraction, 0)) for mark in marks]
    right = [word.text for word in words if word.fraction == FRACTION_ONE]
    if not right:
        raise NotUnderstoodError(line, _("A gap has no right word. Put = before it: {=right ~wrong}."))
    if any(sign in word for word in right for sign in ("|", "[[", "]]")):
        raise NotUnderstoodError(line, _("The words of a gap cannot have |, [[ or ]] in them."))
    also = tuple(word for word in words if 0 < word.fraction < FRACTION_ONE)
    wrong = tuple(word for word in words if not word.fraction)
    told = " ".join(mark.feedback for mark in marks if mark.feedback)
    return "|".join(right), Gap(new_key(keys), also, wrong, feedback=told)
