"""A pasted list of questions: GIFT and plain lists, also one after the other. Nothing is left out unsaid. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from quizzes.formats import gift, list_answers
from quizzes.formats.gift_marks import hide
from quizzes.formats.neutral import (
    MOST_READ,
    Line,
    NeutralQuestion,
    NotUnderstoodError,
    Reading,
    Remark,
    is_comment,
)

LONGEST_PASTE = 200_000
Block = list[Line]


def read_pasted(text: str) -> Reading:
    """Return what a text says: questions in its order, notes, and each part that was not understood."""
    questions: list[NeutralQuestion] = []
    notes: list[Remark] = []
    refused: list[Remark] = []
    for block in _merged(_blocks(_lines(text))):
        if len(questions) + len(refused) + len(notes) > MOST_READ:
            refused.append(Remark(block[0][0], str(_("This is too much at once: paste the rest from here on later."))))
            break
        part = _read(block)
        questions += part.questions
        notes += part.notes
        refused += part.refused
    if not (questions or notes or refused):
        refused = [Remark(1, str(_("There is no question here yet.")))]
    return Reading(tuple(questions), tuple(notes), tuple(refused))


def _lines(text: str) -> list[Line]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return list(enumerate(plain.split("\n"), start=1))


def _read(block: Block) -> Reading:
    if _is_gift(block):
        try:
            return Reading((gift.read_question(_hidden(block)),))
        except NotUnderstoodError as error:
            return Reading((), (), (error.remark,))
    kept = [line for line in block if not gift.CATEGORY.match(line[1])]
    notes = [
        Remark(number, str(_("Categories are left out: “%(text)s”", text=text.strip()[:100])))
        for number, text in block
        if gift.CATEGORY.match(text)
    ]
    part = list_answers.read(kept)
    return Reading(part.questions, tuple(notes), part.refused)


def _hidden(block: Block) -> Block:
    return [(number, text if is_comment(text) else hide(text)) for number, text in block]


def _is_gift(block: Iterable[Line]) -> bool:
    return any(not is_comment(text) and ("{" in hide(text) or "}" in hide(text)) for _number, text in block)


def _blocks(lines: list[Line]) -> list[Block]:
    """Lines between empty lines; an empty line within braces that are closed later ends nothing."""
    blocks: list[Block] = [[]]
    is_open, closes_next = False, _closes_next(lines)
    for at, line in enumerate(lines):
        if not line[1].strip() and not (is_open and closes_next[at]):
            blocks.append([])
            is_open = False
            continue
        blocks[-1].append(line)
        if not is_comment(line[1]):
            is_open = _is_open(hide(line[1]), is_open)
            if line[1].rstrip().endswith("}") and not is_open:
                blocks.append([])
    return [block for block in blocks if any(text.strip() for _number, text in block)]


def _is_open(text: str, is_open: bool) -> bool:
    last_open, last_close = text.rfind("{"), text.rfind("}")
    return is_open if last_open == last_close else last_open > last_close


def _closes_next(lines: list[Line]) -> list[bool]:
    """For each line, whether the next brace from there on closes."""
    closes = [False] * (len(lines) + 1)
    for at in reversed(range(len(lines))):
        text = lines[at][1]
        braces = [char for char in hide(text) if char in "{}"] if not is_comment(text) else []
        closes[at] = braces[0] == "}" if braces else closes[at + 1]
    return closes


def _merged(blocks: list[Block]) -> list[Block]:
    """Plain blocks that follow each other are one list: its options may stand apart from its questions."""
    merged: list[Block] = []
    was_plain = False
    for block in blocks:
        is_plain = not _is_gift(block)
        if is_plain and was_plain:
            merged[-1] += [(merged[-1][-1][0] + 1, ""), *block]
        else:
            merged.append(block)
        was_plain = is_plain
    return merged
