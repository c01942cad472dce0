"""Where an address of the projector leads, and what of a question's answers stands there at which stage: as tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.queries import SentenceRow
from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from results.answers import AnswerRow, QuestionResult, answer_rows
from results.projector import place_of, split_of, steps_of
from tests.quizzes.samples import SAMPLES

NO_OPTIONS = {"options": [], "fixed_order": False}


def items(count):
    return [ItemRow(10 + at, at, 1, 1, 1, "single_choice", "", "", NO_OPTIONS, "", "") for at in range(1, count + 1)]


@pytest.mark.parametrize(
    ("name", "stage", "expected"),
    [
        (None, 0, ("missed", None, "evidence", 1, 0)),
        ("missed", -3, ("missed", None, "evidence", 1, 0)),
        ("question-1", 1, ("question-1", "questions", "question-2", 5, 1)),
        ("question-2", 9, ("question-2", "question-1", "comments", 6, 2)),
        ("comments", 0, ("comments", "question-2", None, 7, 0)),
        ("nowhere", 0, ("missed", None, "evidence", 1, 0)),
    ],
)
def test_an_address_leads_to_a_step_between_its_neighbours(name, stage, expected) -> None:
    place = place_of(steps_of(items(2)), name, stage)
    names = (place.step.name, place.before and place.before.name, place.after and place.after.name)
    assert (*names, place.number, place.stage) == expected
    assert place.total == 7


def row(key: str, *, letter: str = "", right: bool | None = False, students: int = 3, position: int = 0) -> AnswerRow:
    sentence = SentenceRow(position, position, 1, position, "Words.", f"¶ 1.{position}", False) if position else None
    return AnswerRow(key, letter, key, sentence, right, students)


@pytest.mark.parametrize(
    ("stage", "shown", "others"),
    [
        (0, ["A", "B"], 9),
        (1, ["A", "B", "wrong place"], 6),
        (2, ["A", "B", "right words", "right place", "wrong place"], 3),
    ],
)
def test_what_is_right_stands_nowhere_before_it_is_asked_for(stage, shown, others) -> None:
    rows = (
        row("B", letter="B", right=True),
        row("A", letter="A"),
        row("right words", right=True),
        row("typed"),
        row("wrong place", position=7),
        row("right place", right=True, students=0, position=4),
    )
    rows = (rows[1], rows[0], *rows[2:])
    figures = ItemFigures(answers={each.key: each.students for each in rows})
    question = QuestionResult(items(1)[0], "", figures, None, rows, 0, frozenset(), "", ())
    split = split_of(question, stage)
    assert [each.key for each in split.rows] == shown
    assert split.others == others
    assert split.has_more


@pytest.mark.parametrize(("stage", "others"), [(1, 9), (2, 5)])
def test_other_answers_are_as_many_as_gave_them_however_much_of_an_answer_is_other(stage, others) -> None:
    kind, content = TYPES["matching"], TYPES["matching"].read(SAMPLES["matching"].content)
    given = {"a1 a2 a1": 4, "a1 a3 a2": 2, "a2 a3 a3": 3}
    keys = {
        kind.answer_key(content, {"pairs": dict(zip(("p1", "p2", "p3"), pairs.split(), strict=True))}): n
        for pairs, n in given.items()
    }
    figures = ItemFigures(responses=9, answers=keys)
    item = replace(items(1)[0], type="matching", content=SAMPLES["matching"].content)
    rows = answer_rows(item, figures, {})
    question = QuestionResult(item, "", figures, None, rows, 0, frozenset(), "", ())
    assert split_of(question, stage).others == others
