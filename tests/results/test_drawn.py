"""Of a draw, results show each question that it asked by itself: answers to different questions are never mixed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations.enrollments import change_role
from core.database import commit, db
from quizzes.models import QuestionVersion, Response
from quizzes.operations.regrades import Decision, regrade_item
from tests.quizzes.drawing import Quizzes, add_draws, asked_in, items_of, make_drawing, sit_drawing
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.question_forms import FORMS, WORDS
from tests.support.reading import Reading
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]


@pytest.fixture
def quizzes(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> Quizzes:
    return make_drawing(app, people, reading, sign_in(people.instructor))


def test_what_was_answered_to_each_drawn_question_stands_by_itself(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading
) -> None:
    author = sign_in(people.instructor)
    assert add_draws(author, quizzes.drawing, 1) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    (item,) = items_of(app, quizzes.drawing)
    asked: dict[str, list[str]] = {}
    for number, person in enumerate(make_students(app, people.section, 12)):
        answer = "true" if number % 3 else "false"
        attempt = sit_drawing(sign_in(person), quizzes, {item: answer})
        asked.setdefault(asked_in(app, attempt)[0][1], []).append(answer)
    here = f"/readings/{reading.assignment}/results"
    page = unescape(author.get(f"{here}?quiz={quizzes.delivery}").text).split('id="questions"')[1]
    figures = unescape(author.get(f"{here}/statistics?quiz={quizzes.delivery}").text)
    file = author.get(f"{here}/statistics.csv?quiz={quizzes.delivery}").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(file)))
    for stem, answers in asked.items():
        part = page.split(f'dir="auto">{stem}</span></h3>')[1].split("</section>")[0]
        assert ("asked once" if len(answers) == 1 else f"asked of {len(answers)}") in part
        counts = [int(each) for each in re.findall(r"<b>(\d+)</b>", part)]
        assert counts[:2] == [answers.count("true"), answers.count("false")]
        drawn = next(row for row in rows if row["row"] == "drawn" and row["answer"] == stem)
        assert drawn["n"] == str(len(answers))
        assert float(drawn["facility"]) == answers.count("true") / len(answers)
        assert f">{stem}</a>" in figures.split('id="answers"')[0]
        chosen = figures.split('id="answers"')[1].split(f">{stem}<span")[1].split("</details>")[0]
        counts = [int(each) for each in re.findall(r"<b>(\d+)</b>", chosen)]
        assert counts[:2] == [answers.count("true"), answers.count("false")]
    assert sum(row["row"] == "drawn" for row in rows) == len(asked)
    assert [row["n"] for row in rows if row["row"] == "item"] == ["12"]


def test_observers_see_no_answers_to_a_question_that_few_were_asked(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading
) -> None:
    author = sign_in(people.instructor)
    assert add_draws(author, quizzes.drawing, 1) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    (item,) = items_of(app, quizzes.drawing)
    for person in make_students(app, people.section, 6):
        sit_drawing(sign_in(person), quizzes, {item: "true"})
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)).one()
        change_role(people.instructor.id, place, "observer")
        commit()
    address = f"/readings/{reading.assignment}/results?quiz={quizzes.delivery}"
    for person, sees in ((people.instructor, True), (people.classmate, False)):
        page = sign_in(person).get(address).get_data(as_text=True)
        parts = [part.split("</section>")[0] for part in page.split('<section class="asked">')[1:]]
        assert parts
        for part in parts:
            assert ("<table" in part) is (sees or re.search(r"asked of [56]<", part) is not None)
        rows = page.split('id="passages"')[1].split('<div class="hp ')[1:]
        tested = {row: int(found[1]) for row in rows if (found := re.search(r"<span>(\d+) students?</span>", row))}
        assert tested
        for row, graded in tested.items():
            assert ("of points lost</p>" in row) is (sees or graded >= 5)


def test_a_question_that_changed_while_it_was_drawn_is_one_question(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading
) -> None:
    author = sign_in(people.instructor)
    assert add_draws(author, quizzes.drawing, 4) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    items = items_of(app, quizzes.drawing)
    sit_drawing(sign_in(people.student), quizzes, dict.fromkeys(items, "true"))
    edited = items_of(app, quizzes.store)[0]
    words = {"stem": "Statement 0, said better.", "tags": "pool", "right": "true", "anchor": "¶ 1.1"}
    fields = {**WORDS, **FORMS["true_false"], **words}
    assert author.post(f"/quizzes/{quizzes.store}/questions/{edited}", data=fields).status_code == 303
    sit_drawing(sign_in(people.classmate), quizzes, dict.fromkeys(items, "true"))
    page = unescape(author.get(f"/readings/{reading.assignment}/results?quiz={quizzes.delivery}").text)
    found = re.findall(r'<h3><span class="serif" dir="auto">(.*?)</span></h3>', page)
    by_place = [part.count("Statement 0") for part in page.split('<details class="qrow"')[1:]]
    assert "Statement 0, said better." in found
    assert all(each <= 2 for each in by_place)


def test_a_draw_costs_no_more_statements_in_a_larger_class(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading, count_statements: CountStatements
) -> None:
    author = sign_in(people.instructor)
    assert add_draws(author, quizzes.drawing, 2) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    items = items_of(app, quizzes.drawing)
    counts = []
    for many, prefix in ((2, "early"), (6, "later")):
        for person in make_students(app, people.section, many, prefix=prefix):
            sit_drawing(sign_in(person), quizzes, dict.fromkeys(items, "true"))
        for part in ("results", "results/statistics"):
            address = f"/readings/{reading.assignment}/{part}?quiz={quizzes.delivery}"
            author.get(address)
            with count_statements() as seen:
                assert author.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


def test_dropping_one_question_of_a_draw_leaves_the_draw_worth_its_points_in_the_gradebook(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author = sign_in(people.instructor)
    assert add_draws(author, quizzes.drawing, 1) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    (item,) = items_of(app, quizzes.drawing)
    attempt = sit_drawing(sign_in(people.student), quizzes, {item: "true"})
    with app.app_context():
        asked = (
            select(QuestionVersion.question_id)
            .join(Response, Response.question_version_id == QuestionVersion.id)
            .where(Response.attempt_id == attempt)
        )
        question = db.session.scalars(asked).one()
        decision = Decision("drop", "It was unclear.", people.instructor.id, question)
        regrade_item(quizzes.delivery, item, decision)
        commit()
    heads = author.get(f"/classes/{people.section}/gradebook").text.split("<thead>")[1].split("</thead>")[0]
    assert re.search(r"Drawing</span>.*?/2</span>", heads.replace("\n", ""))
