"""A number that no row can have is refused like any other wrong address, on both databases."""

import pytest

NUMBERS = (2**31, 2**63, 10**20)
ROOMS = ("attempts", "deliveries", "discussions", "comments", "readings", "classes", "quizzes", "articles")


@pytest.mark.parametrize("number", NUMBERS)
def test_an_address_with_such_a_number_is_not_found(reading, people, sign_in, number):
    me = sign_in(people.student)
    assert {me.get(f"/{room}/{number}").status_code for room in ROOMS} == {404}


@pytest.mark.parametrize("number", NUMBERS)
def test_no_query_or_form_with_such_a_number_breaks_a_page(reading, people, sign_in, number):
    me, staff = sign_in(people.student), sign_in(people.instructor)
    thread = f"/discussions/{reading.prompt_delivery}"
    answers = [
        me.get(f"{thread}?at={number}&reply={number}"),
        me.post(f"{thread}/comments", data={"body": "Hello", "parent": str(number)}),
        me.post(f"{thread}/read-marks", data={"ids": str(number)[:18]}),
        staff.get(f"/deliveries/{reading.quiz_delivery}/grading/{reading.items[0]}?response={number}"),
        staff.get(f"/readings/{reading.assignment}/results?quiz={number}"),
        staff.get(f"/readings/{reading.assignment}/results/matrix?page={number}"),
        me.post(f"/attempts/{reading.attempt}/responses", data={f"revision-{number}": "0"}),
    ]
    assert all(answer.status_code < 500 for answer in answers), [answer.status_code for answer in answers]
