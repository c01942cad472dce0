"""Several hands at the same scores at the same moment: nothing is overwritten, and every sum is right afterwards."""

from sqlalchemy import select

from core.database import db
from core.points import POINT
from quizzes.models import Attempt, GradeDraft, Response, ScoreChange
from quizzes.operations.tallies import rebuild_tallies
from tests.quizzes.school import WHY, counts
from tests.quizzes.test_rush import at_once


def test_of_graders_who_save_one_answer_at_once_one_does_and_the_others_see_both(app, school, people, sign_in):
    graders = [sign_in(person) for person in (people.assistant, people.instructor) for _device in range(3)]
    item = school.sitting.items["open_answer"]
    with app.app_context():
        response = db.session.scalars(select(Response.id).where(Response.item_id == item)).first()
    address = f"/deliveries/{school.sitting.delivery}/grading/{item}?response={response}"

    def save(at):
        data = {"points": f"0.{at + 1}", "comment": f"Grader {at}", "seen": "1.0"}
        return graders[at].post(address, data=data)

    answers = at_once([lambda at=at: save(at) for at in range(len(graders))], len(graders))
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 5
    with app.app_context():
        kept = db.session.scalars(select(GradeDraft)).one()
        assert kept.revision == 1
        for at, answer in enumerate(answers):
            if answer.status_code == 409:
                assert f"Grader {at}" in answer.text
                assert kept.comment in answer.text


def test_one_release_of_two_at_once_changes_the_scores(app, school, people, sign_in):
    client, other = sign_in(people.assistant), sign_in(people.instructor)
    item = school.sitting.items["open_answer"]
    address = f"/deliveries/{school.sitting.delivery}/grading/{item}"
    client.post(address, data={"points": "1", "seen": "1.0"})
    seen = client.get(f"{address}/release").text.split('name="seen" value="', 1)[1].split('"', 1)[0]
    both = [lambda who=who: who.post(f"{address}/release", data={"seen": seen}).status_code for who in (client, other)]
    assert sorted(at_once(both, 2)) == [303, 409]
    with app.app_context():
        assert len(db.session.scalars(select(ScoreChange)).all()) == 1


def test_what_is_saved_and_handed_in_while_a_question_is_scored_anew_follows_the_decision(app, school, people, sign_in):
    students = range(4, 14)
    attempts = {at: school.start(at) for at in students}
    clients = {at: sign_in(school.students[at]) for at in students}
    teacher = sign_in(people.instructor)
    school.new_key()
    page = f"/deliveries/{school.sitting.delivery}/questions/{school.item}/scoring"

    def work(at):
        given = {"writer": "w", f"revision-{school.item}": "0", f"answer-{school.item}": "k2"}
        saved = clients[at].post(f"/attempts/{attempts[at]}/responses", data=given).status_code
        return saved, clients[at].post(f"/attempts/{attempts[at]}/submission").status_code

    def decide():
        return teacher.post(page, data={"policy": "new_key", "why": WHY}).status_code

    done = at_once([decide, *(lambda at=at: work(at) for at in students)], 6)
    assert done[0] == 303
    assert set(done[1:]) == {(303, 303)}
    assert school.scores()[4:] == [POINT] * len(students)
    with app.app_context():
        sums = db.session.scalars(select(Attempt.points).where(Attempt.id.in_(attempts.values())))
        assert list(sums) == [POINT] * len(students)
        kept = counts()
        rebuild_tallies()
        assert counts() == kept
