"""Scoring a question anew in a class: looked at first, done in one go, told with its reason, taken back exactly."""

from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select

from articles.models import Assignment
from articles.operations.assignments import Dates, assign_article
from classroom.operations.sections import NewSection, archive_section, create_section
from core.database import commit, db
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import ScoreChange
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.regrades import NewerRegradeError, undo_regrade
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.attempts import get_attempt_for, list_answers
from quizzes.queries.items import list_items
from tests.quizzes.school import WHY, Classroom, counts
from tests.support.people import make_students
from tests.support.question_forms import WORDS

POLICIES = ("nobody_loses", "new_key", "full_credit", "drop")


def url(room, rest=""):
    return f"/deliveries/{room.sitting.delivery}/questions/{room.item}/scoring{rest}"


def form(client, room, **changes):
    page = client.get(url(room)).text
    seen = page.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
    return {"seen": seen, "policy": "new_key", "why": WHY, **changes}


def test_the_preview_says_who_would_gain_and_lose(school, people, sign_in):
    school.new_key()
    page = sign_in(people.instructor).get(url(school)).text
    assert "2 up by 1 point, 1 would lose 1 point" in page
    assert "2 up by 1 point</p>" in page  # nobody loses
    assert "3 up by 1 point" in page  # full credit
    assert "4 answers no longer count" in page
    assert "Student 0002" in page
    assert school.scores() == [POINT, 0, 0, 0]


@pytest.mark.parametrize(
    ("policy", "scores"),
    [("nobody_loses", [1, 1, 1, 0]), ("new_key", [0, 1, 1, 0]), ("full_credit", [1, 1, 1, 1]), ("drop", [1, 0, 0, 0])],
)
def test_each_policy_changes_scores_sums_counts_and_history(app, school, people, sign_in, policy, scores):
    school.new_key()
    client = sign_in(people.instructor)
    answer = client.post(url(school), data=form(client, school, policy=policy))
    assert answer.status_code == 303
    assert school.scores() == [POINT * score for score in scores]
    counted = [0] * 4 if policy == "drop" else scores
    worth = 2 if policy == "drop" else 3
    assert school.totals() == [(POINT * score, POINT * worth, 1) for score in counted]
    with app.app_context():
        changes = db.session.scalars(select(ScoreChange).order_by(ScoreChange.id)).all()
        kept = counts()
        rebuild_tallies()
        assert counts() == kept
    changed = 4 if policy == "drop" else sum(a != b for a, b in zip(scores, (1, 0, 0, 0), strict=True))
    assert [(row.why, row.by_id) for row in changes] == [(WHY, people.instructor.id)] * changed
    assert all(row.after is None for row in changes) == (policy == "drop")


@pytest.mark.parametrize("policy", POLICIES)
def test_taking_back_restores_everything(school, people, sign_in, policy):
    school.new_key()
    before = school.everything()
    regrade = school.regrade(policy)
    assert school.everything() != before
    client = sign_in(people.instructor)
    page = client.get(url(school, f"/{regrade}/reversal"))
    assert "Every score goes back to what it was." in page.text
    assert client.post(url(school, f"/{regrade}/reversal")).status_code == 303
    assert school.everything() == before
    assert "taken back by Ingrid Vale" in client.get(url(school)).text
    assert client.post(url(school, f"/{regrade}/reversal")).status_code == 409


def test_only_the_newest_decision_is_taken_back(school, people, sign_in):
    school.new_key()
    before = school.everything()
    first, second = school.regrade("new_key"), school.regrade("full_credit")
    client = sign_in(people.instructor)
    answer = client.post(url(school, f"/{first}/reversal"))
    assert answer.status_code == 409
    assert "A newer decision about this question holds." in answer.text
    with school.app.app_context(), pytest.raises(NewerRegradeError):
        undo_regrade(first, people.instructor.id)
    school.undo(second)
    assert school.scores() == [0, POINT, POINT, 0]
    school.undo(first)
    assert school.everything() == before


def test_a_dropped_question_is_scored_in_no_other_way(school, people, sign_in):
    client = sign_in(people.instructor)
    data = form(client, school, policy="full_credit")
    school.regrade("drop")
    assert "This question is dropped" in client.get(url(school)).text
    assert client.post(url(school), data=data).status_code == 409


@pytest.mark.parametrize(
    ("policy", "score", "worth"), [("nobody_loses", 1, 3), ("new_key", 1, 3), ("full_credit", 1, 3), ("drop", 0, 2)]
)
def test_an_attempt_in_progress_is_scored_by_the_decision_and_keeps_nothing_of_it(school, policy, score, worth):
    attempt = school.start(4)
    school.save(4, attempt, single_choice="k3")
    school.new_key()
    regrade = school.regrade(policy)
    school.save(4, attempt, single_choice="k2", multiple_answers="k0")
    half = POINT // 2
    assert school.totals()[-1] == (POINT * score + half, POINT * worth, 0)
    school.finish(4, attempt)
    school.undo(regrade)
    assert school.totals()[-1] == (half, 3 * POINT, 0)
    assert school.scores()[-1] == 0


def test_attempts_that_start_afterwards_are_asked_the_question_as_it_is(app, school):
    school.new_key()
    school.regrade("full_credit")
    attempt = school.start(4)
    school.save(4, attempt, single_choice="k1")
    assert school.totals()[-1] == (0, 3 * POINT, 0)  # graded by the newest key, not by the decision on the old one
    school.finish(4, attempt)
    school.regrade("drop")
    attempt = school.start(4)
    assert school.totals()[-1] == (0, 2 * POINT, 0)
    with app.app_context():
        row = get_attempt_for(school.students[4].id, attempt)
        assert [answer.item_id for answer in list_answers(row)] == list(school.sitting.items.values())[1:]


def test_full_credit_without_an_edit_holds_for_those_who_start_afterwards(school):
    school.regrade("full_credit")
    attempt = school.start(4)
    school.save(4, attempt, single_choice="k3")
    assert school.totals()[-1] == (POINT, 3 * POINT, 0)


def test_full_credit_on_an_open_answer_ends_its_waiting_until_it_is_taken_back(school):
    regrade = school.regrade("full_credit", "open_answer")
    assert school.scores("open_answer") == [POINT] * 4
    assert [ungraded for _points, _most, ungraded in school.totals()] == [0] * 4
    school.undo(regrade)
    assert school.scores("open_answer") == [None] * 4


def test_editing_the_key_leads_to_the_decision_and_editing_words_does_not(app, school, people, sign_in):
    client = sign_in(people.instructor)
    edit = f"/quizzes/{school.sitting.quiz}/questions/{school.item}"
    with app.app_context():
        options = list_items(school.sitting.quiz)[0].content["options"]
    rows = {
        f"options-{at}-{name}": option[key]
        for at, option in enumerate(options)
        for name, key in (("key", "key"), ("text", "text"))
    }
    data = {**WORDS, "points": "1", **rows, "options-1-right": "y"}
    answer = client.post(edit, data={**data, "stem": "In other words?"})
    assert (answer.status_code, answer.location) == (303, edit)
    del data["options-1-right"]
    answer = client.post(edit, data={**data, "stem": "In other words?", "options-2-right": "y"})
    assert (answer.status_code, answer.location) == (303, url(school))
    assert "decide what becomes of those that were given before" in client.get(answer.location).text


def test_the_same_can_be_done_in_other_classes_that_one_teaches(app, school, people, sign_in):
    with app.app_context():
        first = db.session.get_one(Assignment, school.sitting.assignment)
        evening = create_section(people.instructor.id, NewSection("Evening", "Europe/Oslo", "Autumn 2026")).id
        places = [
            assign_article(at, first.article_id, first.version_id, Dates()) for at in (evening, people.other_section)
        ]
        own, strange = (deliver_quiz(school.sitting.quiz, at.id, DeliveryRules()).id for at in places)
        commit()
    (student,) = make_students(app, evening, 1, prefix="evening")
    here = Classroom(app, people, replace(school.sitting, delivery=own), [student])
    here.sit(0, single_choice="k2")
    school.new_key()
    client = sign_in(people.instructor)
    assert "Evening" in client.get(url(school)).text
    data = form(client, school, policy="full_credit")
    assert client.post(url(school), data={**data, "also": str(strange)}).status_code == 422
    assert school.scores()[:4] == [POINT, 0, 0, 0]
    assert client.post(url(school), data={**data, "also": str(own)}).status_code == 303
    assert school.scores() == [POINT] * 5  # the same item in both classes
    school.undo(1)
    assert here.totals()[-1] == (POINT, 3 * POINT, 0)


@pytest.mark.parametrize("changes", [{"why": " "}, {"policy": ""}, {"policy": "double"}, {"why": "x" * 1_001}])
def test_a_refused_decision_comes_back_with_its_words(school, people, sign_in, changes):
    client = sign_in(people.instructor)
    answer = client.post(url(school), data=form(client, school, **changes))
    assert answer.status_code == 422
    assert "Something needs fixing" in answer.text
    assert "why" in changes or WHY in answer.text
    assert school.scores() == [POINT, 0, 0, 0]


def test_a_decision_on_a_question_that_was_edited_meanwhile_is_refused(school, people, sign_in):
    client = sign_in(people.instructor)
    data = form(client, school)
    school.new_key()
    answer = client.post(url(school), data=data)
    assert answer.status_code == 409
    assert "The question was edited meanwhile" in answer.text
    assert WHY in answer.text
    assert school.scores() == [POINT, 0, 0, 0]


def test_an_archived_class_is_not_scored_anew(app, school, people, sign_in):
    client = sign_in(people.instructor)
    data = form(client, school)
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    assert client.post(url(school), data=data).status_code == 403


def test_another_class_decision_is_not_there(app, school, people, sign_in):
    regrade = school.regrade("drop")
    client = sign_in(people.instructor)
    other = school.sitting.items["open_answer"]
    assert client.get(url(school, f"/{regrade + 1}/reversal")).status_code == 404
    elsewhere = f"/deliveries/{school.sitting.delivery}/questions/{other}/scoring/{regrade}/reversal"
    assert client.get(elsewhere).status_code == 404
    assert client.post(elsewhere).status_code == 404


@pytest.mark.parametrize("seed", range(4))
def test_taking_everything_back_in_turn_restores_every_score(school, seed):
    random = Random(seed)
    school.new_key()
    steps = []
    for _step in range(8):
        before = school.everything()
        name = random.choice(("single_choice", "open_answer", "multiple_answers"))
        policies = ("full_credit",) if name == "open_answer" else POLICIES[:3]
        steps.append((school.regrade(random.choice(policies), name), before))
        for points, most, _ungraded in school.totals():
            assert 0 <= points <= most
    for regrade, before in reversed(steps):
        school.undo(regrade)
        assert school.everything() == before


def test_decisions_take_the_same_statements_in_a_larger_class(app, school, people, sign_in, count_statements):
    client = sign_in(people.instructor)

    def looked():
        with count_statements() as seen:
            assert client.get(url(school)).status_code == 200
        assert not seen.writes()
        return len(seen)

    small = looked()
    for at in range(5, 17):
        school.sit(at, single_choice="k2")
    assert looked() == small <= 15


def test_the_results_page_leads_instructors_there_and_nobody_else(school, people, sign_in):
    address = f"/readings/{school.sitting.assignment}/results"
    assert url(school) in sign_in(people.instructor).get(address).text
    assert url(school) not in sign_in(people.assistant).get(address).text
