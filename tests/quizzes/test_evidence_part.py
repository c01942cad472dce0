"""A choice question that asks for evidence as well: two answers, two scores, one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.attempts import AnswerRow
from quizzes.feedback import EVERYTHING, NOTHING, Shown
from quizzes.grading import grade_answer
from quizzes.models import QuestionSpan, Response
from quizzes.operations.authoring import create_quiz
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerRefusedError
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.evidence_part import EvidencePart, TwoByTwo, part_of, two_by_two, write_part
from quizzes.reviews import Text, review
from quizzes.second_tries import Again
from tests.quizzes.samples import SAMPLES, SECRET
from tests.quizzes.sitting import Sitting, make_sitting, save, start
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import WITH_EVIDENCE, add_question_of, content_of, item_of, versions_of
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
CHOICES = ("single_choice", "true_false", "multiple_answers")
SHARE = FRACTION_ONE * 4 // 10
PASSAGES = (AcceptedPassage("p1", (4, 5), feedback=f"{SECRET} there"), AcceptedPassage("p2", (6,)))
words = pytest.mark.usefixtures("in_a_request")
each_choice = pytest.mark.parametrize("name", CHOICES)


@pytest.fixture
def in_a_request(app: Flask) -> Iterator[None]:
    """Words are looked up in the reader's language, and the reader is the request's."""
    with app.test_request_context():
        yield


def stored(name: str, passages: tuple[AcceptedPassage, ...] = PASSAGES) -> dict[str, Any]:
    return SAMPLES[name].content | write_part(EvidencePart(EvidenceContent(passages), SHARE))


def answered(name: str, which: str, sentences: list[str]) -> Any:
    kind = TYPES[name]
    return kind.parse_answer(kind.read(stored(name)), {**getattr(SAMPLES[name], which), "evidence": sentences})


@each_choice
def test_the_part_survives_the_database_and_has_no_problems(name: str) -> None:
    kind = TYPES[name]
    content = kind.read(stored(name))
    assert kind.write(content) == stored(name)
    assert kind.validate(content) == []
    assert part_of(content) is not None
    assert part_of(kind.read(SAMPLES[name].content)) is None


@words
@each_choice
def test_the_page_of_an_attempt_knows_how_many_sentences_and_not_which(name: str) -> None:
    public = TYPES[name].public_content(TYPES[name].read(stored(name)))
    assert public["evidence"] == {"limit": 1, "choose": "Choose one sentence"}
    assert SECRET not in str(public)


@each_choice
@pytest.mark.parametrize(
    ("which", "sentences", "fraction", "evidence"),
    [
        ("right", ["5"], FRACTION_ONE, FRACTION_ONE),
        ("right", ["9"], FRACTION_ONE - SHARE, 0),
        ("right", [], FRACTION_ONE - SHARE, 0),
        ("wrong", ["5"], SHARE, FRACTION_ONE),
        ("wrong", ["9"], 0, 0),
        ("empty", ["6"], SHARE, FRACTION_ONE),
        ("right", ["4", "5"], FRACTION_ONE - SHARE, 0),
    ],
)
def test_answer_and_evidence_earn_their_shares(
    name: str, which: str, sentences: list[str], fraction: int, evidence: int
) -> None:
    grade = grade_answer(name, stored(name), answered(name, which, sentences), 2 * POINT)
    assert (grade.fraction, grade.evidence_fraction) == (fraction, evidence)
    assert grade.points == 2 * POINT * fraction // FRACTION_ONE
    assert grade.evidence_key == (",".join(sentences) or None)


@each_choice
def test_the_answer_key_is_the_choice_alone(name: str) -> None:
    kind = TYPES[name]
    bare = kind.parse_answer(kind.read(SAMPLES[name].content), SAMPLES[name].right)
    assert bare is not None
    alone = kind.answer_key(kind.read(SAMPLES[name].content), bare)
    for sentences in ([], ["5"], ["9"]):
        assert grade_answer(name, stored(name), answered(name, "right", sentences), POINT).answer_key == alone
    assert grade_answer(name, stored(name), answered(name, "empty", ["5"]), POINT).answer_key is None


@words
@each_choice
def test_what_is_left_out_is_remarked_on_and_never_refused(name: str) -> None:
    kind = TYPES[name]
    content = kind.read(stored(name))
    assert kind.remark(content, answered(name, "right", [])) == "Point to the article as well"
    assert "not chosen an answer" in str(kind.remark(content, answered(name, "empty", ["5"])))
    assert "Choose one sentence" in str(kind.remark(content, answered(name, "right", ["5", "6"])))
    assert kind.remark(content, answered(name, "right", ["5"])) is None
    assert answered(name, "empty", [""]) is None


@each_choice
def test_a_question_without_the_part_takes_no_sentences(name: str) -> None:
    kind = TYPES[name]
    content = kind.read(SAMPLES[name].content)
    assert kind.parse_answer(content, {**SAMPLES[name].right, "evidence": ["5"]}) == kind.parse_answer(
        content, SAMPLES[name].right
    )
    grade = grade_answer(name, SAMPLES[name].content, kind.parse_answer(content, SAMPLES[name].right), POINT)
    assert (grade.evidence_key, grade.evidence_fraction) == (None, None)
    with pytest.raises(AnswerRefusedError):
        answered(name, "right", ["s5"])


def test_the_two_by_two_counts_who_is_right_for_the_wrong_reason() -> None:
    counts = {("b", 2): 7, ("b", 0): 5, ("b", 1): 1, ("a", 2): 3, ("", 0): 2, ("c", 1): 4}
    table = two_by_two(counts, frozenset({"b"}))
    assert table == TwoByTwo(both=7, answer_only=6, evidence_only=3, neither=6)
    assert table.students == 22


@pytest.fixture
def evidenced(app: Flask, people: People) -> Sitting:
    """A quiz with one single choice that asks for evidence: the fourth or the fifth sentence."""
    return make_sitting(app, people, types=("single_choice+evidence",))


def test_both_are_saved_in_one_row_and_the_page_shows_them_again(
    app: Flask, people: People, sign_in: SignIn, evidenced: Sitting
) -> None:
    me, item = sign_in(people.student), evidenced.items["single_choice"]
    attempt = start(me, evidenced)
    page = me.get(f"/attempts/{attempt}/questions/1").text
    assert f'name="answer-{item}.evidence"' in page
    assert SECRET not in page
    sentence = evidenced.sentences[4]
    fields = evidenced.fields("single_choice") | {f"answer-{item}.evidence": [str(sentence)]}
    assert save(me, attempt, item, fields).status_code == 200
    with app.app_context():
        row = db.session.scalars(select(Response).where(Response.attempt_id == attempt)).one()
        assert row.answer == {"choice": "k1", "evidence": [sentence]}
        assert (row.answer_key, row.evidence_key) == ("k1", str(sentence))
        assert (row.fraction, row.evidence_fraction) == (FRACTION_ONE, FRACTION_ONE)
    again = me.get(f"/attempts/{attempt}/questions/1").text
    assert f'value="{sentence}" checked' in again
    assert SECRET not in again


@pytest.mark.parametrize("name", ["single_choice", "evidence"])
def test_a_sentence_of_no_article_is_refused_in_words(
    app: Flask, people: People, sign_in: SignIn, evidenced: Sitting, name: str
) -> None:
    sitting = evidenced if name == "single_choice" else make_sitting(app, people, types=(name,))
    me, item = sign_in(people.student), sitting.items[name]
    attempt = start(me, sitting)
    part = "" if name == "evidence" else ".evidence"
    refused = save(me, attempt, item, sitting.fields(name) | {f"answer-{item}{part}": ["999999"]})
    assert refused.status_code == 422
    assert "not a sentence of this article" in refused.json["error"]
    with app.app_context():
        assert db.session.scalars(select(Response.answer).where(Response.attempt_id == attempt)).all() == [None]


def test_the_result_tells_both_apart_and_leads_back_to_the_passage(
    people: People, sign_in: SignIn, evidenced: Sitting
) -> None:
    me, item = sign_in(people.student), evidenced.items["single_choice"]
    attempt = start(me, evidenced)
    wrong = str(evidenced.sentences[0])
    save(me, attempt, item, evidenced.fields("single_choice") | {f"answer-{item}.evidence": [wrong]})
    me.post(f"/attempts/{attempt}/submission")
    page = me.get(f"/attempts/{attempt}/result").text
    assert "Your answer is right, your evidence is not there yet." in page
    assert "You pointed to" in page
    assert '<blockquote class="passage">' in page
    assert "What would have been right" not in page


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


@each_choice
def test_an_author_switches_it_on_and_finds_it_again(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, quiz: int, name: str
) -> None:
    client = sign_in(people.instructor)
    item_id = item_of(add_question_of(client, quiz, name, **WITH_EVIDENCE))
    part = part_of(content_of(app, item_id))
    assert part is not None
    assert part.share == SHARE
    assert [row.sentences for row in part.asked.passages] == [reading.sentences[1:2]]
    with app.app_context():
        version = versions_of(app, item_id)[0]
        spans = select(QuestionSpan.span_id, QuestionSpan.role).where(QuestionSpan.question_version_id == version.id)
        assert [tuple(row) for row in db.session.execute(spans)] == [(part.asked.passages[0].span_id, "evidence")]
    page = client.get(f"/quizzes/{quiz}/questions/{item_id}").text
    for value in ("¶ 1.2", "Said here.", 'value="40"'):
        assert value in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"passages-0-place": "", "passages-0-feedback": ""}, "passages", "Choose the sentences that support"),
        ({"passages-0-place": "9.9"}, "passages-0-place", "There is no such place in the article."),
        ({"evidence_share": "100"}, "evidence_share", "Give the evidence more than 0 and less than 100"),
        ({"evidence_share": "0"}, "evidence_share", "Give the evidence more than 0 and less than 100"),
        ({"mode": "at_least", "needed": "3"}, "needed", "Ask for one passage at least"),
        ({"asks_evidence": ""}, "asks_evidence", "Tick this, or take the passages away."),
    ],
)
@each_choice
def test_what_is_wrong_with_it_is_said_at_the_field(
    people: People, sign_in: SignIn, quiz: int, name: str, changes: dict[str, str], field: str, message: str
) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, name, **{**WITH_EVIDENCE, **changes})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert answer.text.count(message) == 2
    for value in changes.values():
        assert value in answer.text


def test_one_more_passage_is_a_row_of_its_own_list(people: People, sign_in: SignIn, quiz: int) -> None:
    more = {**WITH_EVIDENCE, "action": "add_row:passages"}
    answer = add_question_of(sign_in(people.instructor), quiz, "single_choice", **more)
    assert 'name="passages-1-place"' in answer.text
    assert 'name="options-4-text"' not in answer.text


@pytest.mark.parametrize("shown", [NOTHING, EVERYTHING, Shown(score=True, correctness=False, feedback=True, key=False)])
def test_how_the_parts_came_out_is_told_with_right_and_wrong_alone(app: Flask, shown: Shown) -> None:
    given = answered("single_choice", "right", ["9"])
    asked = (1, 1, 1, POINT, (), 1, "single_choice", "Why?", "<p>Why?</p>", stored("single_choice"), "", "")
    row = AnswerRow(*asked, given, FRACTION_ONE - SHARE, POINT, False, 1, "w", None, "")
    with app.test_request_context():
        said = review(row, shown, Text((), {}), Again())
    assert bool(said.parts_in_words) is shown.correctness
    assert bool(said.key_lines) is shown.key
