from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.operations.assignments import Dates
from classroom.models import Enrollment
from classroom.operations.enrollments import change_role
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import unpublish_quiz
from tests.quizzes.limits import place_of
from tests.quizzes.sitting import save, start

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def view(app, people, sign_in):
    """A page of the quiz as the instructor sees it as somebody: `view(sitting, person, page="result")`."""

    def page_as(sitting, person, status=200, **more):
        given = {"student": place_of(app, people, person), **more}
        answer = sign_in(people.instructor).get(f"/deliveries/{sitting.delivery}/view-as", query_string=given)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    return page_as


def local(moment):
    return (moment + HOUR).strftime("%Y-%m-%dT%H:%M")  # Berlin in winter


def test_the_start_page_is_that_students_with_their_limits(sit, people, view, allow, clock):
    now = clock.now()
    rules = DeliveryRules(time_limit_seconds=1200, access_code="Blue Heron")
    sitting = sit(rules, Dates(None, now + DAY, now + 2 * DAY))
    allow(people.student, time_factor_percent="1.5", extra_days="2")
    page = view(sitting, people.student)
    assert "You see this as" in page
    assert "Sofia Lind" in page
    assert "30 minutes (20 minutes for the class, × 1.5)" in page
    assert "Due Sat 21 Nov, 10:00" in page
    assert '<fieldset class="viewed" disabled>' in page
    assert "Blue Heron" not in page
    assert "× 1.5" not in view(sitting, people.classmate)


def test_the_page_is_as_it_is_at_the_moment_chosen(sit, people, view, clock):
    now = clock.now()
    sitting = sit(None, Dates(now + HOUR, now + DAY, now + 2 * DAY))
    assert "This quiz is not open yet." in view(sitting, people.student)
    assert "Start the quiz" in view(sitting, people.student, at=local(now + 2 * HOUR))
    assert "Handing in now earns" in view(sitting, people.student, at=local(now + DAY + HOUR))
    assert "This quiz is closed." in view(sitting, people.student, at=local(now + 3 * DAY))


def test_an_attempt_is_where_it_was_at_the_moment_chosen(sit, people, sign_in, view, clock):
    sitting = sit(DeliveryRules(attempts_allowed=2), None, ("true_false",))
    began = clock.forward(minutes=10)
    me = sign_in(people.student)
    attempt = start(me, sitting)
    clock.forward(minutes=10)
    me.post(f"/attempts/{attempt}/submission")
    clock.forward(minutes=10)
    assert "Start the quiz" in view(sitting, people.student, at=local(began - timedelta(minutes=5)))
    assert "Go on with attempt 1" in view(sitting, people.student, at=local(began + timedelta(minutes=5)))
    assert "Start attempt 2" in view(sitting, people.student)
    assert "handed nothing in" in view(sitting, people.student, page="result", at=local(began + timedelta(minutes=5)))


def test_the_questions_come_without_a_form_an_answer_or_a_key(sit, people, sign_in, view):
    sitting = sit(DeliveryRules(shuffle_questions=True), None, ("short_answer", "true_false"))
    me = sign_in(people.student)
    before = view(sitting, people.student, page="questions")
    assert "An attempt that could be started then" in before
    attempt = start(me, sitting)
    item = sitting.items["short_answer"]
    save(me, attempt, item, {"writer": "w1", f"revision-{item}": "0", f"answer-{item}": "My own words"})
    page = view(sitting, people.student, page="questions")
    assert "The questions of attempt 1" in page
    for name in sitting.items:
        assert f"What about {name}?" in page
    assert "My own words" not in page
    assert "data-attempt" not in page
    after_banner = page.split('id="question" disabled')[1].split("</main>")[0]
    assert "<form" not in after_banner
    assert "secret" not in page.lower()


def test_the_result_shows_what_is_released_to_that_student_at_that_moment(sit, people, sign_in, view, clock):
    now = clock.now()
    rules = DeliveryRules(release_score="after_due", release_correctness="after_due")
    sitting = sit(rules, Dates(None, now + HOUR, now + 2 * HOUR), ("true_false",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["true_false"], sitting.fields("true_false"))
    me.post(f"/attempts/{attempt}/submission")
    clock.forward(minutes=30)
    assert "Your score is shown after" in view(sitting, people.student, page="result")
    later = view(sitting, people.student, page="result", at=local(now + 3 * HOUR), attempt=attempt)
    assert "of 1 points" in later
    assert "Your score is shown after" not in later


def test_another_students_attempt_is_not_shown(sit, people, sign_in, view):
    sitting = sit(None, None, ("true_false",))
    them = sign_in(people.classmate)
    attempt = start(them, sitting)
    them.post(f"/attempts/{attempt}/submission")
    view(sitting, people.student, status=404, page="result", attempt=attempt)
    assert "handed nothing in" in view(sitting, people.student, page="result")


def test_looking_writes_nothing(sit, people, sign_in, view, count_statements):
    sitting = sit(DeliveryRules(time_limit_seconds=60), None, ("true_false",))
    for page in ("start", "questions", "result"):
        with count_statements() as seen:
            view(sitting, people.student, page=page)
        sign_ins = [line for line in seen.writes() if "sign_ins" in line or "throttle" in line]
        assert seen.writes() == sign_ins


def test_a_quiz_that_is_not_published_is_not_there_for_the_student(app, sit, people, view):
    sitting = sit()
    with app.app_context():
        unpublish_quiz(sitting.quiz)
        commit()
    assert "it is not published" in view(sitting, people.student)


@pytest.mark.parametrize("typed", ["yesterday", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_moment_that_is_none_is_refused_with_what_was_typed(sit, people, view, typed):
    page = view(sit(), people.student, status=422, at=typed)
    assert f'value="{typed}"' in page
    assert "viewed" not in page.split("<main")[1].split("</form>")[1]


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("classmate", 403), ("stranger", 404)])
def test_nobody_else_may_look(app, sitting, people, sign_in, who, status):
    query = {"student": place_of(app, people, people.student)}
    them = sign_in(getattr(people, who))
    assert them.get(f"/deliveries/{sitting.delivery}/view-as", query_string=query).status_code == status


def test_observers_may_not_look(app, sitting, people, sign_in):
    place = place_of(app, people, people.classmate)
    with app.app_context():
        change_role(people.instructor.id, place, "observer")
        commit()
    assert sign_in(people.classmate).get(f"/deliveries/{sitting.delivery}/view-as").status_code == 403


@pytest.mark.parametrize("who", ["assistant", "elsewhere", "nobody"])
def test_only_students_of_the_class_can_be_chosen(app, sitting, people, sign_in, who):
    if who == "assistant":
        place = place_of(app, people, people.assistant)
    else:
        with app.app_context():
            other = select(Enrollment.id).where(Enrollment.user_id == people.other_student.id)
            place = db.session.scalars(other).one() if who == "elsewhere" else 999
    path = f"/deliveries/{sitting.delivery}/view-as?student={place}"
    assert sign_in(people.instructor).get(path).status_code == 404
