"""Grading a pile: an order of its own, hidden names, a rubric, and releases of many grades at once."""

import re

import pytest
from sqlalchemy import select

from core.database import commit, db
from core.points import POINT
from quizzes.models import GradeDraft, QuizDelivery, Response, ScoreChange
from quizzes.operations.grading import HandGrade, fingerprint, list_drafts, release_drafts, save_draft
from quizzes.operations.tallies import rebuild_tallies
from quizzes.piles import AnswerLine, mark_of, shuffled, wanted
from quizzes.question_types import TYPES
from tests.quizzes.school import counts
from tests.support.question_forms import WORDS

RUBRIC = {"rubric-0-text": "Reasons", "rubric-0-levels": "0 None\n1 One\n2 Both"}
RUBRIC |= {"rubric-1-text": "Words", "rubric-1-levels": "0 Copied\n2 Own"}


def pile(school, rest=""):
    return f"/deliveries/{school.sitting.delivery}/grading/{school.sitting.items['open_answer']}{rest}"


def responses(school):
    with school.app.app_context():
        item = school.sitting.items["open_answer"]
        return list(db.session.scalars(select(Response.id).where(Response.item_id == item).order_by(Response.id)))


def draft_all(school, grader, points):
    with school.app.app_context():
        for response_id, given in zip(responses(school), points, strict=True):
            save_draft(response_id, HandGrade(grader, given, "Read.", "1.0"))
        commit()


def field(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def test_the_order_is_stable_and_another_for_each_question():
    lines = [AnswerLine(at, True, None) for at in range(1, 30)]
    first, second = ([line.id for line in shuffled(item, lines)] for item in (1, 2))
    assert first == [line.id for line in shuffled(1, reversed(lines))]
    assert first != second
    assert first != sorted(first)
    assert wanted(1, lines, mark_of(1, 7), None) == 7
    assert wanted(1, lines, mark_of(2, 7), None) is None


def test_hidden_names_are_nowhere_on_the_page_nor_in_its_links(app, school, people, sign_in):
    client = sign_in(people.assistant)
    assert "Student 000" in client.get(pile(school)).text
    with app.app_context():
        db.session.get_one(QuizDelivery, school.sitting.delivery).hides_names = True
        commit()
    page = client.get(pile(school)).text
    assert "Names are hidden" in page
    for student in school.students:
        assert student.name not in page
        assert student.email not in page
    assert "response=" not in page
    assert "Attempt " not in page
    marks = set(re.findall(r"answer=([0-9a-f]+)", page))
    assert marks <= {mark_of(school.sitting.items["open_answer"], one) for one in responses(school)}


def test_the_setting_hides_names(school, people, sign_in):
    client = sign_in(people.instructor)
    address = f"/quizzes/{school.sitting.quiz}/settings/{school.sitting.assignment}"
    page = client.get(address).text
    assert "Hide names from those who grade" in page
    assert 'name="hides_names"' in page


def test_levels_give_the_points_scaled_and_the_student_reads_them_once_released(school, people, sign_in):
    client = sign_in(people.instructor)
    edit = f"/quizzes/{school.sitting.quiz}/questions/{school.sitting.items['open_answer']}"
    assert client.post(edit, data={**WORDS, "points": "1", **RUBRIC}).status_code == 303
    attempt = school.sit(4, open_answer="Two reasons.")
    newest = responses(school)[-1]
    page = client.get(pile(school, f"?response={newest}")).text
    keys = re.findall(r'name="(level-[^"]+)" value="([^"]+)"', page)
    (reasons, _none), (_r, one), _both, (words, _copied), (_w, own) = keys
    data = {"seen": field(page, "seen"), "points": "", "comment": "Good."}
    half = client.post(pile(school, f"?response={newest}"), data={**data, reasons: one})
    assert half.status_code == 422
    assert "Choose a level for each criterion" in half.text
    assert f'value="{one}" checked' in half.text
    answer = client.post(pile(school, f"?response={newest}"), data={**data, reasons: one, words: own})
    assert answer.status_code == 303
    with school.app.app_context():
        assert db.session.get_one(GradeDraft, newest).points == 3 * POINT // 4
        drafts = list_drafts(school.sitting.delivery)
        release_drafts(school.sitting.delivery, None, fingerprint(drafts))
        commit()
    result = sign_in(school.students[4]).get(f"/attempts/{attempt}/result").text
    assert "Reasons" in result
    assert "One" in result
    assert "Both" not in result


def test_changing_levels_changes_points_that_nobody_typed(school, people, sign_in):
    client = sign_in(people.instructor)
    edit = f"/quizzes/{school.sitting.quiz}/questions/{school.sitting.items['open_answer']}"
    client.post(edit, data={**WORDS, "points": "1", **RUBRIC})
    school.sit(4, open_answer="Two reasons.")
    newest = responses(school)[-1]

    def post(points, at, own):
        page = client.get(pile(school, f"?response={newest}")).text
        keys = re.findall(r'name="(level-[^"]+)" value="([^"]+)"', page)
        chosen = {keys[0][0]: keys[at][1], keys[3][0]: keys[3 + own][1]}
        shown = re.search(r'id="points"[^>]*value="([^"]*)"', page)[1]
        points = shown if points is None else points
        data = {"seen": field(page, "seen"), "points": points, **chosen}
        assert client.post(pile(school, f"?response={newest}"), data=data).status_code == 303
        with school.app.app_context():
            return db.session.get_one(GradeDraft, newest).points

    assert post("", 2, 1) == POINT
    assert post(None, 0, 1) == POINT // 2
    assert post("0.8", 2, 1) == 80_000
    assert post(None, 2, 1) == 80_000


def test_points_that_cannot_be_read_come_back_as_typed_beside_levels(school, people, sign_in):
    client = sign_in(people.instructor)
    edit = f"/quizzes/{school.sitting.quiz}/questions/{school.sitting.items['open_answer']}"
    client.post(edit, data={**WORDS, "points": "1", **RUBRIC})
    school.sit(4, open_answer="Two reasons.")
    newest = responses(school)[-1]
    page = client.get(pile(school, f"?response={newest}")).text
    keys = re.findall(r'name="(level-[^"]+)" value="([^"]+)"', page)
    data = {"seen": field(page, "seen"), "points": "one half", **dict([keys[1], keys[4]])}
    refused = client.post(pile(school, f"?response={newest}"), data=data)
    assert refused.status_code == 422
    assert 'value="one half"' in refused.text
    assert "Write the points as a number" in refused.text


def test_one_release_changes_all_scores_and_counts(school, people, sign_in, count_statements):
    draft_all(school, people.assistant.id, [POINT, POINT // 2, 0, POINT])
    client = sign_in(people.instructor)
    page = client.get(pile(school, "/release")).text
    assert "Release four grades?" in page
    assert "4 answers are graded for the first time" in page
    with count_statements() as seen:
        assert client.post(pile(school, "/release"), data={"seen": field(page, "seen")}).status_code == 303
    assert len(seen) <= 25
    assert seen.commits == 1
    assert school.scores("open_answer") == [POINT, POINT // 2, 0, POINT]
    assert [ungraded for _points, _most, ungraded in school.totals()] == [0] * 4
    with school.app.app_context():
        assert len(db.session.scalars(select(ScoreChange)).all()) == 4
        kept = counts()
        rebuild_tallies()
        assert counts() == kept


@pytest.mark.parametrize("order", ["grade first", "regrade first"])
def test_grades_by_hand_stay_when_a_decision_is_taken_back(school, people, order):
    def grade():
        with school.app.app_context():
            for response_id in responses(school)[:2]:
                response = db.session.get_one(Response, response_id)
                save_draft(response_id, HandGrade(people.assistant.id, POINT // 2, "", f"{response.revision}.0"))
            drafts = list_drafts(school.sitting.delivery)
            release_drafts(school.sitting.delivery, None, fingerprint(drafts))
            commit()

    if order == "grade first":
        grade()
    regrade = school.regrade("full_credit", "open_answer")
    if order == "regrade first":
        grade()
    school.undo(regrade)
    assert school.scores("open_answer") == [POINT // 2, POINT // 2, None, None]
    assert [ungraded for _points, _most, ungraded in school.totals()] == [0, 0, 1, 1]


def test_a_grade_given_while_a_question_is_dropped_counts_once_it_is_back(school, people):
    regrade = school.regrade("drop", "open_answer")
    draft_all(school, people.assistant.id, [POINT] * 4)
    with school.app.app_context():
        drafts = list_drafts(school.sitting.delivery)
        release_drafts(school.sitting.delivery, None, fingerprint(drafts))
        commit()
    assert [points for points, _most, _ungraded in school.totals()] == [POINT, 0, 0, 0]
    school.undo(regrade)
    assert [points for points, _most, _ungraded in school.totals()] == [2 * POINT, POINT, POINT, POINT]


def test_the_type_that_a_person_grades_has_a_rubric():
    assert TYPES["open_answer"].read({}).rubric == ()
