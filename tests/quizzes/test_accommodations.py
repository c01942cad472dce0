from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.models import OwnDates
from articles.operations.assignments import Dates
from classroom.models import Accommodation
from core.audit import AuditEntry
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.operations.deliveries import change_rules
from tests.quizzes.limits import address, latest_dates, place_of, start_page
from tests.quizzes.sitting import save, start, stored_attempt

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYTHING = {"time_factor_percent": "1.5", "extra_days": "2", "extra_attempts": "1", "hides_timer": "y"}


def test_the_page_keeps_what_was_set_and_says_what_it_means(app, sit, people, sign_in, allow, clock):
    now = clock.now()
    sit(DeliveryRules(time_limit_seconds=1200, attempts_allowed=2), Dates(None, now + DAY, now + 3 * DAY))
    allow(people.student, **EVERYTHING)
    page = sign_in(people.assistant).get(address(app, people, people.student)).get_data(as_text=True)
    for words in (
        "Limits of Sofia Lind",
        "time × 1.5, 2 extra days, one extra attempt, no visible timer",
        "30 minutes (20 minutes for the class, × 1.5)",
        "3 (2 for the class, 1 extra)",
        "Sat 21 Nov, 10:00",
        "Thu 19 Nov, 10:00 for the class",
        'value="1.5"',
    ):
        assert words in page
    people_page = sign_in(people.instructor).get(f"/classes/{people.section}/people").get_data(as_text=True)
    assert people_page.count("time × 1.5, 2 extra days") == 1


def test_who_changed_limits_is_written_down(app, people, allow):
    allow(people.student, extra_days="2")
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change-accommodation")).one()
    assert (entry.actor_id, entry.object_id) == (people.instructor.id, place_of(app, people, people.student))
    assert (entry.detail["from"]["extra_days"], entry.detail["to"]["extra_days"]) == (0, 2)


def test_the_usual_limits_leave_nothing_behind(app, sit, people, allow, clock):
    sitting = sit(None, Dates(None, clock.now() + DAY, clock.now() + DAY))
    allow(people.student, **EVERYTHING)
    allow(people.student, time_factor_percent="1", extra_days="0", extra_attempts="")
    with app.app_context():
        assert db.session.scalars(select(Accommodation.enrollment_id)).all() == []
        assert db.session.scalars(select(OwnDates.enrollment_id)).all() == []
    assert latest_dates(app, sitting) == (clock.now() + DAY, clock.now() + DAY)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("time_factor_percent", "0.5", "Write a number from 1 to 10, such as 1.5."),
        ("time_factor_percent", "11", "Write a number from 1 to 10, such as 1.5."),
        ("time_factor_percent", "one and a half", "Write a number from 1 to 10, such as 1.5."),
        ("extra_days", "-1", "Write a whole number"),
        ("extra_days", "366", "Give a number of days from 0 to 365."),
        ("extra_attempts", "101", "Give a number of attempts from 0 to 100."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(app, people, sign_in, field, typed, message):
    answer = sign_in(people.instructor).post(address(app, people, people.student), data={field: typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert f'value="{typed}"' in page
    with app.app_context():
        assert db.session.scalars(select(Accommodation.enrollment_id)).all() == []


def test_only_students_have_limits_of_their_own(app, people, sign_in):
    teacher = sign_in(people.instructor)
    assert teacher.get(address(app, people, people.assistant)).status_code == 404


def test_the_student_is_shown_the_limits_and_nobody_else_is(app, sit, people, sign_in, allow, clock):
    now = clock.now()
    rules = DeliveryRules(time_limit_seconds=1200, attempts_allowed=2, late_credit_percent=80)
    sitting = sit(rules, Dates(None, now + DAY, now + 2 * DAY))
    classmate = sign_in(people.classmate)
    before = start_page(classmate, sitting), classmate.get(f"/classes/{people.section}").get_data(as_text=True)
    allow(people.student, **EVERYTHING)
    me = sign_in(people.student)
    page = start_page(me, sitting)
    for words in (
        "Your limits",
        "30 minutes (20 minutes for the class, × 1.5)",
        "Due Sat 21 Nov, 10:00, open until Sun 22 Nov, 10:00: 2 days after the class",
        "3 attempts: one more than the class",
        "No visible timer",
        "Started now it ends Wed 18 Nov, 10:30.",
        "Earns 80 % after Sat 21 Nov, 10:00",
    ):
        assert words in page
    class_page = me.get(f"/classes/{people.section}").get_data(as_text=True)
    assert "Your limits: time × 1.5, 2 extra days, one extra attempt, no visible timer." in class_page
    assert "Sat 21 Nov" in class_page
    after = start_page(classmate, sitting), classmate.get(f"/classes/{people.section}").get_data(as_text=True)
    assert [strip(page) for page in before] == [strip(page) for page in after]


def strip(page):
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_what_does_not_change_this_quiz_is_not_shown(sit, people, sign_in, allow):
    sitting = sit(DeliveryRules(attempts_allowed=None))
    allow(people.student, time_factor_percent="1.5", extra_days="2", extra_attempts="1")
    assert "Your limits" not in start_page(sign_in(people.student), sitting)


def test_an_attempt_lasts_as_long_as_its_student_may(app, sit, people, sign_in, allow, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=61))
    allow(people.student, time_factor_percent="1.5")
    mine = start(sign_in(people.student), sitting)
    theirs = start(sign_in(people.classmate), sitting)
    assert stored_attempt(app, mine)["limit_ends_at"] == clock.now() + timedelta(seconds=92)  # 91.5 rounded up
    assert stored_attempt(app, theirs)["limit_ends_at"] == clock.now() + timedelta(seconds=61)


def test_limits_reach_an_attempt_in_progress_and_its_open_page_with_the_next_save(
    app, sit, people, sign_in, allow, clock
):
    sitting = sit(DeliveryRules(time_limit_seconds=600), None, ("true_false",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    began = clock.now()
    clock.forward(minutes=9)
    allow(people.student, time_factor_percent="2")
    assert stored_attempt(app, attempt)["limit_ends_at"] == began + timedelta(minutes=20)
    saved = me.post(
        f"/attempts/{attempt}/responses",
        data=sitting.fields("true_false"),
        headers={"Accept": "application/json"},
    )
    assert saved.json["ends"] == (began + timedelta(minutes=20)).isoformat()
    assert saved.json["now"] == clock.now().isoformat()
    early = me.post(f"/attempts/{attempt}/submission", data={"time_up": "1"})
    assert early.headers["Location"].endswith(f"/attempts/{attempt}")
    assert stored_attempt(app, attempt)["submitted_at"] is None
    clock.set(began + timedelta(minutes=19))
    assert save(me, attempt, sitting.items["true_false"], sitting.fields("true_false", revision=1)).status_code == 200


def test_an_attempt_in_progress_keeps_the_class_limit_it_began_with(app, sit, people, sign_in, allow, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=601))
    began = clock.now()
    attempt = start(sign_in(people.student), sitting)
    with app.app_context():
        change_rules(sitting.delivery, DeliveryRules(time_limit_seconds=300))
        commit()
    for limits, seconds in (
        ({"extra_days": "1"}, 601),
        ({"time_factor_percent": "1.5"}, 902),
        ({"time_factor_percent": "1.25", "hides_timer": "y"}, 752),
        ({"time_factor_percent": ""}, 601),
    ):
        allow(people.student, **limits)
        assert stored_attempt(app, attempt)["limit_ends_at"] == began + timedelta(seconds=seconds)


def test_an_attempt_whose_time_was_over_stays_over(app, sit, people, sign_in, allow, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=600))
    attempt = start(sign_in(people.student), sitting)
    end = clock.now() + timedelta(minutes=10)
    clock.forward(minutes=11)
    allow(people.student, time_factor_percent="2", extra_days="3")
    assert stored_attempt(app, attempt)["submitted_at"] == end


def test_less_time_never_ends_an_attempt_in_the_past(app, sit, people, sign_in, allow, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=600))
    allow(people.student, time_factor_percent="2")
    attempt = start(sign_in(people.student), sitting)
    clock.forward(minutes=15)
    allow(people.student)
    assert stored_attempt(app, attempt)["limit_ends_at"] == clock.now()


def test_the_timer_is_gone_where_none_is_wanted_and_the_end_is_said(sit, people, sign_in, allow, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=600))
    allow(people.student, hides_timer="y")
    me, them = sign_in(people.student), sign_in(people.classmate)
    mine, theirs = (f"/attempts/{start(each, sitting)}/questions/1" for each in (me, them))
    assert "data-timer" in them.get(theirs).get_data(as_text=True)
    page = me.get(mine).get_data(as_text=True)
    assert "data-timer" not in page
    assert "min left" not in page
    assert "It ends Wed 18 Nov, 10:10." in start_page(me, sitting)


def test_extra_attempts_can_be_used(sit, people, sign_in, allow):
    sitting = sit(DeliveryRules(attempts_allowed=1))
    allow(people.student, extra_attempts="1")
    me, them = sign_in(people.student), sign_in(people.classmate)
    for client, status in ((me, 201), (them, 409)):
        client.post(f"/attempts/{start(client, sitting)}/submission")
        assert client.post(f"/deliveries/{sitting.delivery}/attempts").status_code == status


def test_an_archived_class_keeps_its_limits(app, people, sign_in):
    teacher = sign_in(people.instructor)
    teacher.post(f"/classes/{people.section}/archive")
    assert teacher.get(address(app, people, people.student)).status_code == 200
    assert teacher.post(address(app, people, people.student), data=EVERYTHING).status_code == 403
