"""An answer is one row of the statistics whichever key held when it was given."""

from __future__ import annotations

from typing import Any

import pytest

from core.points import FRACTION_ONE
from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.question_types.blanks import Blanks
from quizzes.question_types.gaps import BlanksContent, Gap, Word
from quizzes.question_types.short_answer import ShortAnswer, ShortAnswerContent
from results.answers import answer_rows
from tests.quizzes.samples import word_key

GAPS = (Gap("g1", wrong=(Word("tunnel", 0),)), Gap("g2"))
BEFORE = BlanksContent("The [[ferry]] in [[May]].", GAPS)
LONG = tuple(f"a rather long phrase for a gap, number {at}" for at in range(12))
LONG_GAPS = tuple(Gap(f"g{at}") for at in range(12))


def blanks(text: str, gaps: tuple[Gap, ...] = GAPS, **more: Any) -> BlanksContent:
    return BlanksContent(text, gaps, **more)


def item(content: BlanksContent | ShortAnswerContent) -> ItemRow:
    kind: Any = TYPES["blanks" if isinstance(content, BlanksContent) else "short_answer"]
    return ItemRow(1, 1, 1, 1, 1, kind.name, "What?", "What?", kind.write(content), "", "")


def rows(content: BlanksContent, before: BlanksContent, gaps: dict[str, str]) -> list[tuple[str, bool | None, int]]:
    """What the statistics say where one gave the answer before the key was changed, and one after."""
    figures = ItemFigures(responses=2)
    for given in (before, content):
        figures.add_answers(Blanks().answer_key(given, {"gaps": gaps}), 0, 1)
    return [(row.text, row.right, row.students) for row in answer_rows(item(content), figures, {}) if row.students]


@pytest.mark.parametrize(
    ("after", "word", "right"),
    [
        (blanks("The [[bridge|ferry]] in [[May]]."), "Ferry.", True),
        (blanks("The [[bridge]] in [[May]]."), "Ferry.", False),
        (blanks("The [[bridge]] in [[May]]."), "bridge", True),
        (blanks("The [[f*y]] in [[May]].", (Gap("g1"), Gap("g2"))), "ferry", True),
        (blanks("The [[ferry]] in [[May]].", bank=True, extra=("bridge",)), "bridge", False),
        (blanks("The [[a; b]] in [[May]]."), "a; b", True),
    ],
)
def test_a_word_in_a_gap_is_one_row_that_says_what_the_key_of_today_says(
    after: BlanksContent, word: str, right: bool
) -> None:
    (row,) = rows(after, BEFORE, {"g1": word})
    assert row[1:] == (right, 2), row


@pytest.mark.parametrize(("text", "right"), [("The [[bridge]].", False), ("The [[ferry|bridge]].", True)])
def test_a_word_that_was_kept_by_its_key_is_still_one_row(text: str, right: bool) -> None:
    """Answers that were scored before answer keys said what was typed name words by their key."""
    content = blanks(text, (Gap("g1", wrong=() if right else (Word("ferry", 0),)),))
    figures = ItemFigures(responses=2, answers={f"g1={word_key('ferry')}": 1, "g1~ferry": 1})
    (row,) = [row for row in answer_rows(item(content), figures, {}) if row.students]
    assert (row.text, row.right, row.students) == ("Gap 1: ferry", right, 2)


def test_words_too_long_to_be_kept_are_kept_by_their_key() -> None:
    content = blanks(" ".join(f"[[{words}]]" for words in LONG), LONG_GAPS)
    found = rows(content, content, {gap.key: words for gap, words in zip(LONG_GAPS, LONG, strict=True)})
    assert sorted(found) == sorted((f"Gap {at}: {words}", True, 2) for at, words in enumerate(LONG, 1))


def test_case_that_no_longer_counts_parts_no_short_answers() -> None:
    kind = ShortAnswer()
    read = [kind.read({"forms": [_form("Seoul")], "case_sensitive": cased}) for cased in (True, False)]
    figures = ItemFigures(responses=3)
    for content, text in ((read[0], "Seoul"), (read[0], "SEOUL"), (read[1], "seoul")):
        figures.add_answers(kind.answer_key(content, {"text": text}), 0, 1)
    (row,) = answer_rows(item(read[1]), figures, {})
    assert (row.text, row.right, row.students) == ("Seoul", True, 3)


def _form(text: str) -> dict[str, Any]:
    return {"key": "f1", "text": text, "match": "exact", "fraction": FRACTION_ONE, "feedback": ""}
