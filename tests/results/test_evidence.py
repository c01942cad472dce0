"""The 2 x 2 of a question that asks for evidence beside the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from core.points import FRACTION_ONE, POINT
from quizzes.figures import ItemFigures
from quizzes.models import NO_EVIDENCE
from quizzes.queries.items import ItemRow
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.evidence_part import EvidencePart, TwoByTwo, write_part
from results.evidence import evidence_table, in_words
from tests.quizzes.samples import SAMPLES
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.browsing import Client
from tests.support.people import People, Person

PART = write_part(EvidencePart(EvidenceContent((AcceptedPassage("p", (4,)),)), FRACTION_ONE // 2))


@pytest.fixture
def in_a_request(app: Flask) -> Iterator[None]:
    """Words are looked up in the reader's language, and the reader is the request's."""
    with app.test_request_context():
        yield


def item_of(name: str, *, part: bool = True) -> ItemRow:
    content = SAMPLES[name].content | (PART if part else {})
    return ItemRow(1, 1, POINT, 1, 1, name, "Why?", "<p>Why?</p>", content, "", "")


def figures_of(*counts: tuple[str, int, int]) -> ItemFigures:
    figures = ItemFigures()
    for key, level, students in counts:
        figures.add_answers(key, level, students)
    return figures


@pytest.mark.usefixtures("in_a_request")
def test_everybody_is_in_one_of_four_cells() -> None:
    figures = figures_of(("k1", 2, 4), ("k1", 0, 6), ("k1", 1, 1), ("k0", 2, 2), ("k2", 0, 3), ("", NO_EVIDENCE, 5))
    table = evidence_table(item_of("single_choice"), figures)
    assert table is not None
    assert table.counts == TwoByTwo(both=4, answer_only=7, evidence_only=2, neither=3)


@pytest.mark.usefixtures("in_a_request")
@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("true_false", "false", "true"), ("multiple_answers", "k0,k2", "k0")]
)
def test_what_is_right_is_told_from_the_key_of_the_answer(name: str, right: str, wrong: str) -> None:
    table = evidence_table(item_of(name), figures_of((right, 0, 3), (wrong, 2, 2)))
    assert table is not None
    assert table.counts == TwoByTwo(answer_only=3, evidence_only=2)


@pytest.mark.usefixtures("in_a_request")
def test_there_is_no_table_without_a_part_or_an_answer() -> None:
    assert evidence_table(item_of("single_choice"), figures_of(("", NO_EVIDENCE, 3))) is None
    assert evidence_table(item_of("single_choice", part=False), figures_of(("k1", NO_EVIDENCE, 3))) is None


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (TwoByTwo(4, 6, 2, 1), "Six chose the right answer for the wrong reason"),
        (TwoByTwo(4, 1, 0, 1), "One chose the right answer for the wrong reason"),
        (TwoByTwo(4, 1, 3, 1), "Three found the passage and still missed the answer"),
        (TwoByTwo(4, 0, 0, 1), "Whoever had the answer also found the passage."),
        (TwoByTwo(0, 0, 0, 4), "Nobody has the answer or the passage yet"),
    ],
)
@pytest.mark.usefixtures("in_a_request")
def test_a_sentence_says_what_to_do(counts: TwoByTwo, words: str) -> None:
    assert in_words(counts).startswith(words)


def test_the_results_page_shows_who_is_right_for_the_wrong_reason(
    app: Flask, people: People, sign_in: Callable[[Person | str], Client]
) -> None:
    sitting = make_sitting(app, people, types=("single_choice+evidence",))
    item = sitting.items["single_choice"]
    for person, sentence in ((people.student, 0), (people.classmate, 4)):
        client = sign_in(person)
        attempt = start(client, sitting)
        evidence = {f"answer-{item}.evidence": [str(sitting.sentences[sentence])]}
        assert save(client, attempt, item, sitting.fields("single_choice") | evidence).status_code == 200
        client.post(f"/attempts/{attempt}/submission")
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").text
    assert "One chose the right answer for the wrong reason" in page
    assert "n = 2" in page
