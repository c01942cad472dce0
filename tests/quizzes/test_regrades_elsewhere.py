"""A question stands in several quizzes: its key is decided about wherever it was asked."""

from dataclasses import replace

from articles.models import Assignment
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.queries.items import list_items
from tests.quizzes.school import Classroom
from tests.quizzes.test_regrades import url
from tests.support.question_forms import WORDS


def test_an_edit_in_another_quiz_leads_to_the_decision_where_the_question_was_asked(app, school, people, sign_in):
    client = sign_in(people.instructor)
    with app.app_context():
        item = list_items(school.sitting.quiz)[0]
        article = db.session.get_one(Assignment, school.sitting.assignment).article_id
        draft = create_quiz(people.instructor.id, article, "Once more").id
        commit()
    client.post("/questions/placements", data={"question": str(item.question_id), "quiz": str(draft)})
    with app.app_context():
        placed = list_items(draft)[0].item_id
    options = {
        f"options-{at}-{name}": option[name]
        for at, option in enumerate(item.content["options"])
        for name in ("key", "text")
    }
    edited = {**WORDS, "points": "1", **options, "options-2-right": "y"}
    answer = client.post(f"/quizzes/{draft}/questions/{placed}", data=edited)
    assert (answer.status_code, answer.location) == (303, url(school))
    assert "2 up by 1 point, 1 would lose 1 point" in client.get(answer.location).text


def test_other_quizzes_that_asked_the_question_are_named(app, school, people, sign_in):
    client = sign_in(people.instructor)
    with app.app_context():
        first = list_items(school.sitting.quiz)[0]
        article = db.session.get_one(Assignment, school.sitting.assignment).article_id
        again = create_quiz(people.instructor.id, article, "Once more").id
        commit()
    client.post("/questions/placements", data={"question": str(first.question_id), "quiz": str(again)})
    assert "Other quizzes that asked it" not in client.get(url(school)).text
    with app.app_context():
        publish_quiz(again)
        given = deliver_quiz(again, school.sitting.assignment, DeliveryRules()).id
        item = list_items(again)[0].item_id
        commit()
    there = replace(school.sitting, delivery=given, items={"single_choice": item})
    Classroom(app, people, there, school.students).sit(0, single_choice="k2")
    page = client.get(url(school)).text
    assert "Once more" in page.split("Other quizzes that asked it")[1]
    assert f'href="/deliveries/{given}/questions/{item}/scoring"' in page
