import re
from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from classroom.operations import archive_section
from core.database import commit
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import unpublish_quiz
from quizzes.operations.deliveries import remove_delivery
from quizzes.question_types import TYPES
from tests.quizzes.sitting import start, stored_answers, stored_attempt

HOUR = timedelta(hours=1)
_TOKENS = re.compile(r'(?<=name="writer" value=")\w+')


def page_of(client, sitting):
    answer = client.get(f"/deliveries/{sitting.delivery}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_only_quiz_of_a_reading_is_its_start_page(sitting, people, sign_in):
    answer = sign_in(people.student).get(f"/readings/{sitting.assignment}/quiz")
    assert answer.headers["Location"].endswith(f"/deliveries/{sitting.delivery}")


def test_the_start_page_says_what_to_expect(sit, people, sign_in, clock):
    now = clock.now()
    rules = DeliveryRules(time_limit_seconds=900, attempts_allowed=2, late_credit_percent=80)
    sitting = sit(rules, Dates(now, now + 24 * HOUR, now + 48 * HOUR))
    page = page_of(sign_in(people.student), sitting)
    for words in (
        f"{len(TYPES)} points",
        f"{len(TYPES)} questions",
        "15 minutes",
        "Earns 80 % after Thu 19 Nov, 10:00",
    ):
        assert words in page
    for words in ("Thu 19 Nov, 10:00", "Fri 20 Nov, 10:00"):
        assert words in page
    assert "the best one counts" in page


def test_starting_leads_to_the_first_question_and_stores_what_is_shown(app, sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert me.get(f"/attempts/{attempt}").headers["Location"].endswith(f"/attempts/{attempt}/questions/1")
    row = stored_attempt(app, attempt)
    assert (row["number"], row["points"], row["max_points"], row["submitted_at"]) == (1, 0, len(TYPES) * POINT, None)
    assert [placed["item"] for placed in row["layout"]] == list(sitting.items.values())
    assert set(stored_answers(app, attempt)) == set(sitting.items.values())


def test_starting_twice_goes_on_with_the_same_attempt(app, sitting, people, sign_in):
    me = sign_in(people.student)
    assert start(me, sitting) == start(me, sitting)
    assert "Go on with attempt 1" in page_of(me, sitting)


@pytest.mark.parametrize(("layout", "own"), [("one", "/questions/1"), ("all", "")])
def test_a_start_answers_with_the_page_that_its_address_shows(sit, people, sign_in, layout, own):
    sitting = sit(DeliveryRules(layout=layout))
    me = sign_in(people.student)
    started = me.post(f"/deliveries/{sitting.delivery}/attempts", data={"number": "1"})
    address = f"{started.headers['Location']}{own}"
    page, again = (_TOKENS.sub("", answer.text) for answer in (started, me.get(address)))
    assert started.status_code == 201
    assert f'data-address="{address}"' in page
    assert page == again


def test_a_start_that_is_sent_again_leads_to_what_it_started(app, sit, people, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=None))
    me = sign_in(people.student)
    start_page = f"/deliveries/{sitting.delivery}/attempts"
    first = start(me, sitting, number="1")
    assert me.post(start_page, data={"number": "1"}).headers["Location"] == f"/attempts/{first}"
    me.post(f"/attempts/{first}/submission")
    assert me.post(start_page, data={"number": "1"}).headers["Location"] == f"/attempts/{first}/result"
    assert 'name="number" value="2"' in page_of(me, sitting)
    assert stored_attempt(app, start(me, sitting, number="2"))["number"] == 2


def test_a_quiz_that_is_not_open_says_when_it_opens(sit, people, sign_in, clock):
    sitting = sit(None, Dates(clock.now() + HOUR, None, None))
    me = sign_in(people.student)
    page = page_of(me, sitting)
    assert "not open yet" in page
    assert "Wed 18 Nov, 11:00" in page
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409


def test_the_seconds_of_opening_and_closing_are_inside(sit, people, sign_in, clock):
    opens = clock.now() + HOUR
    sitting = sit(DeliveryRules(attempts_allowed=None), Dates(opens, None, opens + HOUR))
    clock.set(opens)
    start(sign_in(people.student), sitting)
    clock.set(opens + HOUR + timedelta(milliseconds=999))
    start(sign_in(people.classmate), sitting)


def test_after_the_close_nothing_starts(sit, people, sign_in, clock):
    sitting = sit(None, Dates(None, None, clock.now()))
    clock.forward(seconds=1)
    me = sign_in(people.student)
    assert "This quiz is closed" in page_of(me, sitting)
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409


def test_attempts_run_out(sit, people, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=1))
    me = sign_in(people.student)
    me.post(f"/attempts/{start(me, sitting)}/submission")
    assert "no attempts left" in page_of(me, sitting)
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409


def test_an_attempt_whose_time_has_passed_is_closed_at_its_end_by_the_next_start(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60, attempts_allowed=2))
    me = sign_in(people.student)
    first = start(me, sitting)
    end = clock.now() + timedelta(seconds=60)
    clock.forward(hours=1)
    second = start(me, sitting)
    assert second != first
    assert stored_attempt(app, first)["submitted_at"] == end
    assert stored_attempt(app, second)["number"] == 2


def test_the_access_code_opens_whatever_its_case(sit, people, sign_in):
    sitting = sit(DeliveryRules(access_code="Blue Heron"))
    me = sign_in(people.student)
    assert "Access code" in page_of(me, sitting)
    assert "Blue Heron" not in page_of(me, sitting)
    wrong = me.post(f"/deliveries/{sitting.delivery}/attempts", data={"access_code": "green heron"})
    assert wrong.status_code == 422
    assert "green heron" in wrong.get_data(as_text=True)
    start(me, sitting, access_code="  blue  HERON ")


def test_the_access_code_cannot_be_guessed_for_long(sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(access_code="Blue Heron"))
    me, path = sign_in(people.student), f"/deliveries/{sitting.delivery}/attempts"
    for guess in range(10):
        assert me.post(path, data={"access_code": f"heron {guess}"}).status_code == 422
    refused = me.post(path, data={"access_code": "Blue Heron"})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 500
    start(sign_in(people.classmate), sitting, access_code="Blue Heron")
    clock.forward(minutes=11)
    start(me, sitting, access_code="Blue Heron")


def test_the_next_attempt_waits_and_the_page_says_when_it_can_start(sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(attempts_allowed=2, delay_seconds=7200))
    me, path = sign_in(people.student), f"/deliveries/{sitting.delivery}/attempts"
    assert "You wait 2 hours from handing in to the next." in page_of(me, sitting)
    me.post(f"/attempts/{start(me, sitting)}/submission")
    page = page_of(me, sitting)
    assert "Your next attempt can start Wed 18 Nov, 12:00." in page
    assert "Start attempt 2" not in page
    clock.forward(hours=1, minutes=59, seconds=59)
    assert me.post(path).status_code == 409
    clock.forward(seconds=1)
    start(me, sitting)


def test_the_result_says_when_the_next_attempt_can_start(sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(attempts_allowed=2, delay_seconds=7200))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    me.post(f"/attempts/{attempt}/submission")
    page = me.get(f"/attempts/{attempt}/result").get_data(as_text=True)
    assert "Your next attempt can start Wed 18 Nov, 12:00." in page
    assert "Start attempt 2" not in page


def test_a_pause_that_ends_after_the_close_says_so(sit, people, sign_in, clock):
    closes = clock.now() + HOUR
    sitting = sit(DeliveryRules(attempts_allowed=2, delay_seconds=7200), Dates(None, None, closes))
    me = sign_in(people.student)
    me.post(f"/attempts/{start(me, sitting)}/submission")
    assert "You cannot start again" in page_of(me, sitting)
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("other_student", 404), ("other_instructor", 404)])
def test_people_from_elsewhere_find_nothing(sitting, people, sign_in, who, status):
    them = sign_in(getattr(people, who))
    assert them.get(f"/deliveries/{sitting.delivery}").status_code == status
    assert them.post(f"/deliveries/{sitting.delivery}/attempts").status_code == status


@pytest.mark.parametrize("who", ["instructor", "assistant"])
def test_staff_see_the_page_and_cannot_take_the_quiz(sitting, people, sign_in, who):
    them = sign_in(getattr(people, who))
    page = page_of(them, sitting)
    assert "Start the quiz" not in page
    assert f"/quizzes/{sitting.quiz}/preview" in page
    assert them.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 403


def test_a_draft_does_not_exist_for_students_and_unpublishing_keeps_attempts(app, sitting, people, sign_in):
    me, mate = sign_in(people.student), sign_in(people.classmate)
    attempt = start(me, sitting)
    unpublish(app, sitting)
    assert mate.get(f"/deliveries/{sitting.delivery}").status_code == 404
    assert me.get(f"/attempts/{attempt}/questions/1").status_code == 200
    me.post(f"/attempts/{attempt}/submission")
    assert "Start attempt" not in page_of(me, sitting)
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 409


def test_an_archived_class_starts_nothing(app, sitting, people, sign_in):
    archive(app, people)
    me = sign_in(people.student)
    assert "archived" in page_of(me, sitting)
    assert me.post(f"/deliveries/{sitting.delivery}/attempts").status_code == 403


def test_the_zone_of_the_dates_is_named(sit, people, sign_in, clock):
    me = sign_in(people.student)
    words = "Dates are in the time zone of the class, Europe/Berlin."
    assert words not in page_of(me, sit())
    assert words in page_of(me, sit(None, Dates(None, clock.now() + HOUR, None)))


def test_whoever_is_in_the_last_attempt_is_not_told_that_none_is_left(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert "You have no attempts left." not in page_of(me, sitting)
    me.post(f"/attempts/{attempt}/submission")
    assert "You have no attempts left." in page_of(me, sitting)


def test_the_start_page_asks_six_statements_at_most(sitting, people, sign_in, count_statements):
    me = sign_in(people.student)
    with count_statements() as seen:
        page_of(me, sitting)
    assert len(seen) <= 6
    assert not seen.writes()
    with count_statements() as seen:
        start(me, sitting)
    assert len(seen) <= 9  # with the page; the questions' own only where this process has not met them
    assert seen.commits == 1


def test_a_reading_without_a_quiz_says_so(app, sitting, people, sign_in):
    drop_delivery(app, sitting)
    page = sign_in(people.student).get(f"/readings/{sitting.assignment}/quiz").get_data(as_text=True)
    assert "No quiz on this reading" in page


def unpublish(app, sitting):
    with app.app_context():
        unpublish_quiz(sitting.quiz)
        commit()


def archive(app, people):
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()


def drop_delivery(app, sitting):
    with app.app_context():
        remove_delivery(sitting.delivery)
        commit()
