"""What changed between two versions: word by word, for every type, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.differences import CODES, Piece, Worded, changes_between, pieces_of
from quizzes.question_types import TYPES
from tests.quizzes.samples import SAMPLES

WORDLESS = Flask("wordless")
Babel(WORDLESS)
CONTENT = {
    "options": [
        {"key": "a", "text": "The war", "fraction": FRACTION_ONE, "feedback": ""},
        {"key": "b", "text": "The talks", "fraction": 0, "feedback": "No."},
    ],
    "fixed_order": False,
}
# What few questions of a type have.
MORE: dict[str, dict[str, object]] = {
    "numeric": {"units": {"rule": "optional", "units": [{"name": "km", "factor": "1"}], "loss": FRACTION_ONE // 4}},
    "open_answer": {
        "rubric": [{"key": "a", "text": "Reasons", "levels": [{"key": "1", "text": "Both", "points": 150_000}]}]
    },
    "single_choice": {
        "evidence": {"asked": {"passages": [], "mode": "any_of", "needed": 1, "most": 2}, "share": FRACTION_ONE // 2}
    },
}
CODED = {code for codes in CODES.values() for code in codes if isinstance(code, str)}
OLD = Worded("single_choice", "What ended in 1953?", CONTENT, "", "", (("anchor", "The guns fell silent."),))


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with WORDLESS.test_request_context():
        yield


def test_words_are_compared_one_by_one() -> None:
    assert pieces_of("What ended in 1953?", "What stopped in 1953?") == (
        Piece("same", "What "),
        Piece("removed", "ended"),
        Piece("added", "stopped"),
        Piece("same", " in 1953?"),
    )


@pytest.mark.parametrize(
    ("new", "labels"),
    [
        (OLD, []),
        (replace(OLD, stem="What stopped?"), ["Question"]),
        (replace(OLD, general_feedback="Read it."), ["Feedback for everybody"]),
        (replace(OLD, hint="Look."), ["Hint"]),
        (replace(OLD, passages=()), ["Passage"]),
        (replace(OLD, content={**CONTENT, "fixed_order": True}), ["Keeps its order"]),
        (
            replace(OLD, content={**CONTENT, "options": CONTENT["options"][::-1]}),  # type: ignore[index]
            [],
        ),
    ],
)
def test_each_part_that_changed_is_named(new: Worded, labels: list[str]) -> None:
    assert [change.label for change in changes_between(OLD, new)] == labels


def test_options_are_known_by_their_key() -> None:
    options = [
        {"key": "b", "text": "The long talks", "fraction": 0, "feedback": ""},
        {"key": "c", "text": "The shooting", "fraction": FRACTION_ONE, "feedback": ""},
    ]
    changes = changes_between(OLD, replace(OLD, content={**CONTENT, "options": options}))
    told = {change.label: [(piece.state, piece.text) for piece in change.pieces] for change in changes}
    assert told["Option A"] in ([("same", "The "), ("added", "long "), ("same", "talks")], [("removed", "The war")])
    assert [("added", "The shooting")] in told.values()
    assert [("removed", "No.")] in told.values()
    assert [("removed", "The war")] in [[(p.state, p.text) for p in change.pieces] for change in changes]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_can_be_compared(kind: str) -> None:
    sample = Worded(kind, "One?", SAMPLES[kind].content, "", "")
    assert changes_between(sample, sample) == []
    blank = replace(sample, content=TYPES[kind].write(TYPES[kind].blank()))
    for change in changes_between(blank, sample):
        assert change.label
        assert change.pieces


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_nothing_of_a_difference_is_said_in_code(kind: str) -> None:
    bare = Worded("poll", "One?", {}, "", "")
    told = changes_between(bare, replace(bare, content={**SAMPLES[kind].content, **MORE.get(kind, {})}))
    words = [piece.text for change in told for piece in change.pieces]
    assert not [word for word in words if word in CODED or (word.isdigit() and len(word) > 5)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stayed_and_was_taken_out_is_the_old_text_and_with_what_was_put_in_the_new(old: str, new: str) -> None:
    pieces = pieces_of(old, new)
    assert "".join(piece.text for piece in pieces if piece.state != "added") == old
    assert "".join(piece.text for piece in pieces if piece.state != "removed") == new


def _changed(kind: str, content: dict[str, object]) -> list[tuple[str, str]]:
    """Name and new words of each part that differs from the sample of a type."""
    old = Worded(kind, "Which?", SAMPLES[kind].content, "", "")
    found = changes_between(old, replace(old, content=content))
    return [
        (change.label, "".join(piece.text for piece in change.pieces if piece.state != "removed")) for change in found
    ]


def test_two_steps_that_change_places_are_a_difference() -> None:
    content = SAMPLES["ordering"].content
    first, second, *others = content["steps"]
    assert _changed("ordering", {**content, "steps": [second, first, *others], "rule": "exact"}) == [
        ("Number 1", second["text"]),
        ("Number 2", first["text"]),
        ("How it is scored", "The whole order"),
    ]


def test_a_pair_and_a_gap_are_named_with_their_sides() -> None:
    pairs = SAMPLES["matching"].content["pairs"]
    assert _changed("matching", {"pairs": [{**pairs[0], "answer": "2025", "answer_key": "zz"}, *pairs[1:]]}) == [
        ("Pair 1, answer", "2025")
    ]
    content = SAMPLES["blanks"].content
    one, two = content["gaps"]
    wrong = [{"text": "autumn", "fraction": 0}]
    assert _changed("blanks", {**content, "gaps": [one, {**two, "wrong": wrong, "weight": 3}]}) == [
        ("Gap 2, wrong choice 1", "autumn"),
        ("Gap 2, wrong choice 1, per cent of the points", "0 %"),
        ("Gap 2, weight", "3"),
    ]
