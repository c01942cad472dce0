from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from articles.models import OwnDates
from articles.operations.assignments import Dates, change_dates
from classroom.models import Enrollment
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from tests.quizzes.limits import latest_dates, place_of, start_page
from tests.quizzes.sitting import save, start

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_extra_days_move_the_close_and_the_due_date_of_one_student(app, sit, people, sign_in, allow, clock):
    now = clock.now()
    sitting = sit(DeliveryRules(late_credit_percent=50), Dates(None, now + HOUR, now + 2 * HOUR), ("true_false",))
    allow(people.student, extra_days="1")
    clock.set(now + 3 * HOUR)
    assert sign_in(people.classmate).post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert save(me, attempt, sitting.items["true_false"], sitting.fields("true_false")).status_code == 200
    me.post(f"/attempts/{attempt}/submission")
    results = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").get_data(as_text=True)
    assert "Late" not in results.split('id="students"')[1]
    assert "of these late" not in results


def test_an_attempt_is_open_until_its_students_own_close(app, sit, people, sign_in, allow, clock):
    now = clock.now()
    sitting = sit(None, Dates(None, None, now + HOUR), ("true_false",))
    allow(people.student, extra_days="1")
    me = sign_in(people.student)
    attempt, theirs = start(me, sitting), start(sign_in(people.classmate), sitting)
    clock.set(now + 5 * HOUR)
    results = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").get_data(as_text=True)
    assert '>1<span class="vh"> Handed in</span>' in results
    assert '>1<span class="vh"> Started</span>' in results
    item = sitting.items["true_false"]
    assert save(me, attempt, item, sitting.fields("true_false")).status_code == 200
    assert save(sign_in(people.classmate), theirs, item, sitting.fields("true_false")).status_code == 409
    clock.set(now + DAY + HOUR + timedelta(seconds=1))
    assert f"/attempts/{attempt}/result" in me.get(f"/attempts/{attempt}").headers["Location"]


def test_home_counts_who_has_not_handed_in_by_their_own_dates(app, sit, people, sign_in, allow, clock):
    now = clock.now()
    sit(None, Dates(None, now + 2 * DAY, now + 4 * DAY), ("true_false",))
    teacher = sign_in(people.instructor)
    assert "Two students have not handed in" in teacher.get("/").get_data(as_text=True)
    allow(people.student, extra_days="7")
    page = teacher.get("/").get_data(as_text=True)
    assert "One student has not handed in" in page
    assert "due Fri 20 Nov" in page
    clock.set(now + 5 * DAY)
    assert "not handed in" not in teacher.get("/").get_data(as_text=True)
    clock.set(now + 7 * DAY)
    page = teacher.get("/").get_data(as_text=True)
    assert "One student has not handed in" in page
    assert "due Fri 27 Nov" in page
    clock.set(now + 11 * DAY + timedelta(seconds=1))
    assert "not handed in" not in teacher.get("/").get_data(as_text=True)


def test_home_does_not_count_who_has_handed_in_with_dates_of_their_own(sit, people, sign_in, allow, clock):
    now = clock.now()
    sitting = sit(None, Dates(None, now + DAY, now + 2 * DAY), ("true_false",))
    allow(people.student, extra_days="1")
    me = sign_in(people.student)
    me.post(f"/attempts/{start(me, sitting)}/submission")
    assert "One student has not handed in" in sign_in(people.instructor).get("/").get_data(as_text=True)


def test_release_waits_for_the_latest_own_date_and_tells_nobody_whose(sit, people, sign_in, allow, clock):
    now = clock.now()
    rules = DeliveryRules(release_score="after_due", release_correctness="after_due")
    sitting = sit(rules, Dates(None, now + HOUR, now + 5 * HOUR), ("true_false",))
    allow(people.student, extra_days="1")
    them = sign_in(people.classmate)
    attempt = start(them, sitting)
    save(them, attempt, sitting.items["true_false"], sitting.fields("true_false"))
    them.post(f"/attempts/{attempt}/submission")
    clock.set(now + 2 * HOUR)
    page = them.get(f"/attempts/{attempt}/result").get_data(as_text=True)
    assert "once these dates have passed for everybody in the class" in page
    assert "19 Nov" not in page
    clock.set(now + DAY + HOUR + timedelta(seconds=1))
    assert "of 1 points" in them.get(f"/attempts/{attempt}/result").get_data(as_text=True)


def test_own_dates_follow_the_assignments_dates(app, sit, people, allow, clock):
    sitting = sit()
    allow(people.student, extra_days="2")
    assert latest_dates(app, sitting) == (None, None)
    due = clock.now() + DAY
    with app.app_context():
        change_dates(sitting.assignment, Dates(None, due, None))
        commit()
        own = db.session.execute(select(OwnDates.due_at, OwnDates.closes_at)).one()
    assert own == (due + 2 * DAY, None)
    assert latest_dates(app, sitting) == (due + 2 * DAY, None)


def test_an_article_given_later_has_own_dates_as_well(app, sit, people, allow, clock):
    allow(people.student, extra_days="2")
    sitting = sit(None, Dates(None, None, clock.now()))
    assert latest_dates(app, sitting).latest_closes_at == clock.now() + 2 * DAY


def test_extra_days_are_days_of_the_calendar_where_the_class_is(app, sit, people, sign_in, allow, clock):
    due = datetime(2027, 3, 27, 22, 59, tzinfo=UTC)  # 23:59 in Berlin, the evening before the clock goes forward
    sitting = sit(None, Dates(None, due, None))
    allow(people.student, extra_days="1")
    assert latest_dates(app, sitting).latest_due_at == datetime(2027, 3, 28, 21, 59, tzinfo=UTC)
    assert "Due Sun 28 Mar, 23:59" in start_page(sign_in(people.student), sitting)


def test_a_reading_is_due_on_the_students_own_day_at_home_and_in_the_discussion(
    app, reading, people, sign_in, allow, clock
):
    with app.app_context():
        change_dates(reading.assignment, Dates(None, clock.now() + HOUR, clock.now() + 2 * HOUR))
        commit()
    allow(people.student, extra_days="3")
    assert "Due Sat 21 Nov, 11:00" in sign_in(people.student).get("/").get_data(as_text=True)
    for person, closes in (
        (people.student, "Closes Sat 21 Nov, 12:00"),
        (people.classmate, "Closes Wed 18 Nov, 12:00"),
    ):
        assert closes in sign_in(person).get(f"/classes/{people.section}").get_data(as_text=True)
    clock.forward(hours=3)
    assert "Open until Sat 21 Nov, 12:00" in thread(sign_in(people.student), reading)
    assert "Closed Wed 18 Nov, 12:00" in thread(sign_in(people.classmate), reading)


def thread(client, reading):
    return client.get(f"/discussions/{reading.prompt_delivery}").get_data(as_text=True)


def test_the_dates_that_staff_change_are_the_classs(app, sit, people, sign_in, allow, clock):
    sitting = sit(None, Dates(None, clock.now(), None))
    allow(people.student, extra_days="3")
    with app.app_context():
        db.session.execute(
            Enrollment.__table__.update()
            .where(Enrollment.id == place_of(app, people, people.student))
            .values(role="instructor")
        )
        commit()
    assert 'value="2026-11-18T10:00"' in sign_in(people.student).get(f"/readings/{sitting.assignment}/dates").get_data(
        as_text=True
    )
