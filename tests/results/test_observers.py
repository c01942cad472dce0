"""What observers see of a class: figures of five or more answers each, whatever else is known."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.figures import ItemFigures
from quizzes.models import Response
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.queries.grading import seen_of
from results.answers import QuestionResult, of_enough
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

ONE, OPEN = "single_choice", "open_answer"


@pytest.fixture
def sitting(app, people, sign_in):
    """Six hand in, one of them wrong; each has an answer that waits to be read. The first tries again."""
    sitting = make_sitting(app, people, types=(ONE, OPEN), rules=DeliveryRules(attempts_allowed=None))
    for at, student in enumerate(make_students(app, people.section, 6)):
        client = sign_in(student)
        attempt = start(client, sitting)
        save(client, attempt, sitting.items[ONE], sitting.fields(ONE, "right" if at else "wrong"))
        save(client, attempt, sitting.items[OPEN], sitting.fields(OPEN, "right"))
        client.post(f"/attempts/{attempt}/submission")
        if not at:
            again = start(client, sitting)
            save(client, again, sitting.items[ONE], sitting.fields(ONE, "right"))
            client.post(f"/attempts/{again}/submission")
    return sitting


def observe(app, people) -> None:
    with app.app_context():
        places = select(Enrollment).where(Enrollment.user_id == people.assistant.id)
        db.session.scalars(places.where(Enrollment.section_id == people.section)).one().role = "observer"
        commit()


def grade(app, people, sitting, many: int) -> None:
    with app.app_context():
        waits = select(Response).where(Response.item_id == sitting.items[OPEN], Response.points.is_(None))
        for response in db.session.scalars(waits.order_by(Response.id).limit(many)).all():
            grade_response(response.id, HandGrade(people.instructor.id, 0, "Read.", seen_of(response.revision, 0)))
        commit()


def page_of(sign_in, person, sitting) -> str:
    return sign_in(person).get(f"/readings/{sitting.assignment}/results").get_data(as_text=True)


def row_of(page: str, item: int) -> str:
    return page.split(f'id="question-{item}"')[1].split("</details>")[0]


def test_a_question_of_which_fewer_than_five_are_graded_says_nothing(app, people, sitting, sign_in) -> None:
    grade(app, people, sitting, 2)
    observe(app, people)
    staff, observer = page_of(sign_in, people.instructor, sitting), page_of(sign_in, people.assistant, sitting)
    assert "0 %" in row_of(staff, sitting.items[OPEN])
    assert "Question 2 lost" in staff or "Questions 2 and 1 lost" in staff
    hidden = row_of(observer, sitting.items[OPEN])
    assert "too few" in hidden
    assert "bar3" not in hidden
    assert "%" not in hidden
    assert "Question 1 lost the most points." in observer
    shown = row_of(observer, sitting.items[ONE])
    assert "83 %" in shown
    assert "<b>5</b>" in shown
    assert observer.index(f'id="question-{sitting.items[ONE]}"') < observer.index(
        f'id="question-{sitting.items[OPEN]}"'
    )


@pytest.mark.parametrize(("graded", "is_told"), [(4, False), (5, True)])
def test_the_spread_and_the_middle_are_of_five_final_scores(app, people, sitting, sign_in, graded, is_told) -> None:
    grade(app, people, sitting, graded)
    observe(app, people)
    page = page_of(sign_in, people.assistant, sitting)
    assert ("The middle score is" in page) is is_told
    assert ("Students at each score" in page) is is_told
    assert ("once five scores are final" in page) is not is_told


def test_what_only_few_tried_again_cannot_be_taken_from_all_attempts(app, people, sitting, sign_in) -> None:
    client = sign_in(people.assistant)
    here = f"/readings/{sitting.assignment}/results"
    observe(app, people)
    for which in ("last", "best", "all"):
        for part in (here, f"{here}/map"):
            assert client.get(f"{part}?attempts={which}").status_code == 403
    assert client.get(here).status_code == 200
    assert "attempts=" not in client.get(here).get_data(as_text=True)


@pytest.mark.parametrize(
    "part",
    [
        "/statistics", "/statistics.csv", "/certainty", "/discussion", "/taking-part", "/projector",
        "/projector/comments", "/students", "/matrix", ".csv",
    ],
)  # fmt: skip
def test_pages_on_single_students_or_their_words_are_not_for_observers(app, people, sitting, sign_in, part) -> None:
    observe(app, people)
    assert sign_in(people.assistant).get(f"/readings/{sitting.assignment}/results{part}").status_code == 403


def result_of(*answers: int, graded: int | None = None) -> QuestionResult:
    """A draw that asked one question of so many, another of so many, and so on."""
    item: Any = SimpleNamespace(number=1)

    def one(n: int, drawn: tuple[QuestionResult, ...] = ()) -> QuestionResult:
        figures = ItemFigures(n, n if graded is None else graded, 0, n)
        return QuestionResult(item, "", figures, Fraction(1), (), 0, frozenset(), "", (), None, drawn)

    return one(sum(answers), tuple(one(n) for n in answers) if len(answers) > 1 else ())


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ((5, 6), [5, 6]),
        ((5, 5, 1), [5]),  # the whole less both would tell of one answer
        ((6, 1, 4), [6]),  # less this it tells of five
        ((9, 8, 1, 1), [9]),
        ((5, 1), []),
        ((2, 1), []),
    ],
)
def test_what_a_draw_asked_of_few_cannot_be_taken_from_the_whole(answers, shown) -> None:
    told = of_enough(result_of(*answers), 5)
    assert sorted(each.figures.responses for each in told.drawn if not each.is_withheld) == sorted(shown)
    assert told.is_withheld is (sum(answers) < 5)
    hidden = sum(answers) - sum(shown)
    assert hidden == 0 or hidden >= 5 or told.is_withheld


@pytest.mark.parametrize(("n", "graded", "is_withheld"), [(4, 4, True), (5, 4, True), (5, 5, False), (5, 0, False)])
def test_a_question_is_shown_of_five_answers_and_of_five_grades(n, graded, is_withheld) -> None:
    told = of_enough(result_of(n, graded=graded), 5)
    assert told.is_withheld is is_withheld
    assert told.figures.full == (0 if is_withheld else n)
