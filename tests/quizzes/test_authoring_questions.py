"""The question forms: every type is written, refused with everything typed, edited in versions, moved and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.models import Span
from core.database import commit, db
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion
from quizzes.operations.authoring import create_quiz
from quizzes.points import FRACTION_ONE, POINT
from quizzes.question_types import TYPES
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
WORDS = {"stem": "What *was* decided?", "points": "1,5", "hint": "Look at the start."}
CHOICE = {
    "options-0-text": "A bridge",
    "options-0-right": "y",
    "options-0-feedback": "Yes.",
    "options-1-text": "A ferry",
    "options-1-share": "33.3333",
    "options-2-text": "",
    "options-3-text": "A tunnel",
}
NO_PASSAGE = {"passages-1-place": "", "passages-0-place": "", "passages-0-feedback": ""}
FORMS: dict[str, dict[str, str]] = {
    "single_choice": CHOICE,
    "true_false": {"right": "false", "feedback_true": "Read ¶ 1 again."},
    "multiple_answers": {**CHOICE, "options-3-right": "y", "rule": "balanced", "tell_count": "y"},
    "short_answer": {
        "forms-0-text": "bridge",
        "forms-0-match": "exact",
        "forms-1-text": "*bridge*",
        "forms-1-match": "wildcard",
        "forms-1-fraction": "50",
        "case_sensitive": "y",
    },
    "numeric": {
        "accepted-0-value": "4,5",
        "accepted-0-kind": "absolute",
        "accepted-0-tolerance": "0.1",
        "accepted-1-value": "4",
        "accepted-1-kind": "range",
        "accepted-1-tolerance": "5",
        "accepted-1-fraction": "50",
    },
    "evidence": {
        "passages-0-place": "¶ 1.2",
        "passages-0-feedback": "This one says it.",
        "passages-1-place": "2.1-2",
        "mode": "at_least",
        "needed": "2",
    },
    "open_answer": {"min_words": "5", "max_words": "50", "guidance": "Two reasons."},
}


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


def _add(client: Client, quiz: int, kind: str, **changes: str) -> Any:
    return client.post(f"/quizzes/{quiz}/questions/new?type={kind}", data={**WORDS, **FORMS[kind], **changes})


def _item(answer: Any) -> int:
    assert answer.status_code == 303, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def _versions(app: Flask, item_id: int) -> list[QuestionVersion]:
    with app.app_context():
        wanted = (
            select(QuestionVersion)
            .join(Item, Item.question_id == QuestionVersion.question_id)
            .where(Item.id == item_id)
            .order_by(QuestionVersion.number)
        )
        return list(db.session.scalars(wanted))


def _content(app: Flask, item_id: int) -> Any:
    newest = _versions(app, item_id)[-1]
    return TYPES[newest.type].read(newest.content)


@pytest.mark.parametrize("kind", FORMS)
def test_a_question_of_every_type_is_written_and_comes_back_in_its_form(
    app: Flask, people: People, sign_in: SignIn, quiz: int, kind: str
) -> None:
    client = sign_in(people.instructor)
    assert client.get(f"/quizzes/{quiz}/questions/new?type={kind}").status_code == 200
    item_id = _item(_add(client, quiz, kind, anchor="¶ 1.1–2"))
    saved = _versions(app, item_id)
    assert [version.number for version in saved] == [1]
    assert saved[0].stem_html == "<p>What <em>was</em> decided?</p>\n"
    assert TYPES[kind].validate(_content(app, item_id)) == []
    page = client.get(f"/quizzes/{quiz}/questions/{item_id}").text
    assert 'value="1.5"' in page
    assert 'value="¶ 1.1–2"' in page
    for value in FORMS[kind].values():
        if value not in ("y", "4,5", "2.1-2", "33.3333"):
            assert value in page, value


def test_points_and_shares_are_kept_exactly(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    item_id = _item(_add(sign_in(people.instructor), quiz, "single_choice"))
    content = _content(app, item_id)
    assert [option.text for option in content.options] == ["A bridge", "A ferry", "A tunnel"]
    assert [option.fraction for option in content.options] == [FRACTION_ONE, 3_333_333_333, 0]
    with app.app_context():
        assert db.session.get_one(Item, item_id).points == 3 * POINT // 2


def test_accepted_passages_are_sentences_with_spans(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, quiz: int
) -> None:
    item_id = _item(_add(sign_in(people.instructor), quiz, "evidence", anchor="1"))
    content = _content(app, item_id)
    assert [row.sentences for row in content.passages] == [reading.sentences[1:2], reading.sentences[3:5]]
    with app.app_context():
        version = _versions(app, item_id)[0]
        rows = db.session.execute(
            select(QuestionSpan.role, Span.first_sentence_id, Span.last_sentence_id, QuestionSpan.span_id)
            .join(Span, Span.id == QuestionSpan.span_id)
            .where(QuestionSpan.question_version_id == version.id)
            .order_by(QuestionSpan.role, QuestionSpan.position)
        ).all()
    order = reading.sentences
    assert [tuple(row[:3]) for row in rows] == [
        ("anchor", order[0], order[2]),
        ("evidence", order[1], order[1]),
        ("evidence", order[3], order[4]),
    ]
    assert [row.span_id for row in content.passages] == [row.span_id for row in rows if row.role == "evidence"]


def test_a_decimal_comma_and_a_range_are_read(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    content = _content(app, _item(_add(sign_in(people.instructor), quiz, "numeric")))
    assert [(row.value, row.kind, row.tolerance, row.high) for row in content.accepted] == [
        ("4.5", "absolute", "0.1", ""),
        ("4", "range", "0", "5"),
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "field", "message"),
    [
        ("single_choice", {"stem": ""}, "stem", "Write the question."),
        ("single_choice", {"points": "much"}, "points", "Write the points as a number"),
        ("single_choice", {"points": "0"}, "points", "Give the question more than 0 points."),
        ("single_choice", {"points": ""}, "points", "Give the question more than 0 points."),
        ("single_choice", {"anchor": "¶ 99"}, "anchor", "There is no such place in the article."),
        ("single_choice", {"options-0-right": ""}, "options", "Mark the option that is right."),
        ("single_choice", {"options-3-text": "a bridge"}, "options-3-text", "This option is there twice."),
        ("single_choice", {"options-2-feedback": "Why?"}, "options-2-text", "Write the option or take it away."),
        ("single_choice", {"options-1-share": "half"}, "options-1-share", "Write the share as a number"),
        ("multiple_answers", {"rule": "best"}, "rule", "Choose how this question is scored."),
        ("short_answer", {"forms-0-fraction": "50"}, "forms", "Give at least one answer that earns all points."),
        ("numeric", {"accepted-0-value": "many"}, "accepted-0-value", "Write a number with a point"),
        ("numeric", {"accepted-1-tolerance": "3"}, "accepted-1-tolerance", "The range ends before it begins."),
        ("numeric", {"accepted-0-tolerance": "-1"}, "accepted-0-tolerance", "Write how far off an answer may be"),
        ("evidence", {"passages-1-place": "9.9"}, "passages-1-place", "There is no such place in the article."),
        ("evidence", NO_PASSAGE, "passages", "Choose the sentences that support the answer."),
        ("evidence", {"needed": "7"}, "needed", "Ask for one passage at least"),
        ("open_answer", {"max_words": "3"}, "max_words", "The most is less than the least."),
        ("open_answer", {"min_words": "five"}, "min_words", "Write a whole number"),
        ("true_false", {"feedback_false": "x" * 2001}, "feedback_false", "Keep feedback to 2000 characters."),
    ],
)  # fmt: skip
def test_a_refused_question_comes_back_whole_with_words_at_the_field(
    app: Flask, people: People, sign_in: SignIn, quiz: int, kind: str, changes: dict[str, str], field: str, message: str
) -> None:
    answer = _add(sign_in(people.instructor), quiz, kind, **changes)
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    assert answer.text.count(message.replace("'", "&#39;")) == 2
    for value in {**WORDS, **FORMS[kind], **changes}.values():
        if value not in ("y", "best", "33.3333" if kind == "multiple_answers" else ""):
            assert value in answer.text, value
    with app.app_context():
        assert db.session.scalars(select(Item.id).where(Item.quiz_id == quiz)).all() == []


def test_one_more_row_returns_everything_typed(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    answer = _add(sign_in(people.instructor), quiz, "single_choice", action="add_row", points="??")
    assert answer.status_code == 200
    assert 'name="options-4-text"' in answer.text
    assert 'value="A tunnel"' in answer.text
    assert 'value="??"' in answer.text
    assert "Error" not in answer.text


def test_a_row_is_taken_away_and_the_rest_returned(people: People, sign_in: SignIn, quiz: int) -> None:
    answer = _add(sign_in(people.instructor), quiz, "single_choice", action="drop_row:options-1")
    assert answer.status_code == 200
    assert "A ferry" not in answer.text
    assert 'value="A tunnel"' in answer.text


def test_an_unknown_type_is_not_there(people: People, sign_in: SignIn, quiz: int) -> None:
    assert sign_in(people.instructor).get(f"/quizzes/{quiz}/questions/new?type=riddle").status_code == 404


def _edit(client: Client, quiz: int, item_id: int, **changes: str) -> Any:
    """Post the question's own form again, as a browser would, with some fields changed."""
    page = client.get(f"/quizzes/{quiz}/questions/{item_id}").text
    keys = {
        f"options-{at}-key": page.split(f'name="options-{at}-key" type="hidden" value="', 1)[1].split('"', 1)[0]
        for at in range(3)
    }
    rows = {"options-0-text": "A bridge", "options-0-right": "y", "options-0-feedback": "Yes."}
    rows |= {"options-1-text": "A ferry", "options-1-share": "33.3333", "options-2-text": "A tunnel"}
    seen = page.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
    data = {**WORDS, "points": "1.5", "seen": seen, **keys, **rows, **changes}
    return client.post(f"/quizzes/{quiz}/questions/{item_id}", data=data)


def test_an_edit_makes_a_version_and_options_keep_their_keys(
    app: Flask, people: People, sign_in: SignIn, quiz: int
) -> None:
    client = sign_in(people.instructor)
    item_id = _item(_add(client, quiz, "single_choice"))
    keys = [option.key for option in _content(app, item_id).options]
    assert _edit(client, quiz, item_id, **{"options-1-text": "A boat", "options-5-text": "A train"}).status_code == 303
    assert [version.number for version in _versions(app, item_id)] == [1, 2]
    options = _content(app, item_id).options
    assert [option.key for option in options][:3] == keys
    assert [option.text for option in options] == ["A bridge", "A boat", "A tunnel", "A train"]
    assert len({option.key for option in options}) == 4


def test_saving_without_a_change_makes_no_version(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    item_id = _item(_add(client, quiz, "single_choice"))
    assert _edit(client, quiz, item_id, points="3").status_code == 303
    assert len(_versions(app, item_id)) == 1
    with app.app_context():
        assert db.session.get_one(Item, item_id).points == 3 * POINT


def test_an_edit_of_an_old_version_is_refused_with_both(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    item_id = _item(_add(client, quiz, "single_choice"))
    assert _edit(client, quiz, item_id, stem="Saved in another tab").status_code == 303
    stale = _edit(client, quiz, item_id, stem="Typed in this tab", seen="1")
    assert stale.status_code == 409
    assert "Typed in this tab" in stale.text
    assert "Saved in another tab" in stale.text
    assert 'name="seen" type="hidden" value="2"' in stale.text
    assert _versions(app, item_id)[-1].stem == "Saved in another tab"
    assert _edit(client, quiz, item_id, stem="Typed in this tab").status_code == 303
    assert _versions(app, item_id)[-1].stem == "Typed in this tab"


def _order(app: Flask, quiz: int) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Item.id).where(Item.quiz_id == quiz).order_by(Item.position, Item.id)))


def test_questions_are_moved_copied_and_deleted(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    first, second, third = (_item(_add(client, quiz, "evidence", stem=f"Number {at}")) for at in range(3))
    at = f"/quizzes/{quiz}/questions"
    assert client.post(f"{at}/{third}/position", data={"direction": "up"}).status_code == 303
    assert _order(app, quiz) == [first, third, second]
    client.post(f"{at}/{first}/position", data={"direction": "up"})
    client.post(f"{at}/{first}/position", data={"direction": "down"})
    assert _order(app, quiz) == [third, first, second]
    copy = _item(client.post(f"{at}/{third}/copies"))
    assert _order(app, quiz) == [third, copy, first, second]
    assert _content(app, copy) == _content(app, third)
    assert "cannot be undone" in client.get(f"{at}/{third}/deletion").text
    assert client.post(f"{at}/{third}/deletion").status_code == 303
    assert _order(app, quiz) == [copy, first, second]
    with app.app_context():
        assert len(db.session.scalars(select(Question.id)).all()) == 5  # three here, two of the reading's quiz


def test_a_question_of_another_quiz_is_not_there(people: People, reading: Reading, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    at = f"/quizzes/{quiz}/questions/{reading.items[0]}"
    assert client.get(at).status_code == 404
    for act in ("/position", "/copies", "/deletion"):
        assert client.post(at + act).status_code == 404


def test_with_attempts_items_and_points_are_locked(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    at = f"/quizzes/{reading.quiz}/questions"
    item_id = reading.items[1]
    assert _add(client, reading.quiz, "true_false").status_code == 409
    for act in ("/position", "/copies", "/deletion"):
        answer = client.post(f"{at}/{item_id}{act}", data={"direction": "up"})
        assert answer.status_code == 409
        assert "Students have started this quiz" in answer.text
    data = {"stem": "Why did some stay away?", "points": "5", "seen": "1"}
    refused = client.post(f"{at}/{item_id}", data=data)
    assert refused.status_code == 422
    assert "so the points stay as they are" in refused.text
    assert client.post(f"{at}/{item_id}", data={**data, "points": "2"}).status_code == 303
    assert [version.number for version in _versions(app, item_id)] == [1, 2]
    assert _order(app, reading.quiz) == list(reading.items)


def test_saving_takes_a_bounded_number_of_statements(
    people: People, sign_in: SignIn, quiz: int, count_statements: Callable[[], Any]
) -> None:
    client = sign_in(people.instructor)
    for kind in ("single_choice", "evidence"):
        with count_statements() as seen:
            item_id = _item(_add(client, quiz, kind, anchor="¶ 1.1"))
        assert seen.commits == 1
        with count_statements() as shown:
            client.get(f"/quizzes/{quiz}/questions/{item_id}")
        assert len(shown) <= 9
        assert not shown.writes()
