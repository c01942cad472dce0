"""The gradebook in another order: of all its pages, and kept by the address."""

from __future__ import annotations

import re

import pytest

from results.grade_order import NAME, TOTAL, Order
from tests.support.gradebook import make_graded, place_of
from tests.support.people import make_students
from tests.support.statements import CountStatements


@pytest.fixture
def graded(app, people, reading):
    return make_graded(app, people, reading)


@pytest.mark.parametrize(
    ("order", "key", "leads_to"),
    [
        (Order(), NAME, "-name"),
        (Order(NAME, True), NAME, None),
        (Order(), TOTAL, "-total"),
        (Order(TOTAL, True), TOTAL, "total"),
        (Order(TOTAL), TOTAL, "-total"),
        (Order(TOTAL, True), NAME, None),
    ],
)
def test_a_heading_leads_to_names_that_rise_and_numbers_that_fall_unless_they_do(order, key, leads_to) -> None:
    assert order.after_click(key).in_address == leads_to


def test_a_heading_sorts_the_students_of_all_pages(
    app, people, graded, sign_in, count_statements: CountStatements, monkeypatch
) -> None:
    client, address = sign_in(people.instructor), f"/classes/{people.section}/gradebook"
    make_students(app, people.section, 70)
    most = {
        "-total": place_of(app, people.student),
        f"-quiz-{graded.quiz_delivery}": place_of(app, people.classmate),
    }
    for sort, key in most.items():
        with count_statements() as asked:
            page = client.get(f"{address}?sort={sort}").text
        assert len(asked) <= 15
        assert rows_of(page)[0] == key
        assert page.count("aria-sort") == page.count('aria-sort="descending"') == 1
        assert f"sort={sort}&amp;page=2" in page or f"page=2&amp;sort={sort}" in page
        assert rows_of(client.get(f"{address}?sort={sort[1:]}&page=2").text)[-1] == key
    by_name = [rows_of(client.get(f"{address}?sort={sort}").text) for sort in ("name", "-name")]
    assert by_name[0] == rows_of(client.get(f"{address}?sort=nonsense").text) != by_name[1]
    every = rows_of(client.get(address).text) + rows_of(client.get(f"{address}?page=2").text)
    assert by_name[1] == every[:-51:-1]
    monkeypatch.setattr("results.queries.gradebook.MOST_CELLS", 100)
    monkeypatch.setattr("results.views.gradebook.MOST_CELLS", 100)
    page = client.get(f"{address}?sort=-total").text
    assert "A heading sorts the students of this page alone." in page
    assert rows_of(page) == every[:50]


def rows_of(page: str) -> list[int]:
    """The places in the class of the students that a page lists, in its order."""
    found = re.findall(r'<tr><th scope="row"><a href="[^"]*/students/(\d+)"', page)
    return [int(each) for each in found]
