"""One switch says which attempts a results page means, and drives every figure on it."""

from __future__ import annotations

import csv
import io

import pytest

from quizzes.deliveries import DeliveryRules
from quizzes.standings import ALONE, BEST, FIRST, LAST, ClosedAttempt, standings_of
from tests.quizzes.sitting import make_sitting, save, start

RULES = ("first", "last", "best", "all")


def closed(*points: int) -> list[ClosedAttempt]:
    return [ClosedAttempt(10 + number, number, each) for number, each in enumerate(points, 1)]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((), []),
        ((5,), [ALONE]),
        ((5, 3), [FIRST | BEST, LAST]),
        ((3, 5), [FIRST, LAST | BEST]),
        ((5, 5), [FIRST | BEST, LAST]),
        ((1, 9, 3), [FIRST, BEST, LAST]),
        ((9, 2, 3), [FIRST | BEST, 0, LAST]),
        ((0, 4, 4, 4), [FIRST, BEST, 0, LAST]),
    ],
)
def test_of_equally_good_attempts_the_earlier_is_the_best(points: tuple[int, ...], expected: list[int]) -> None:
    assert list(standings_of(closed(*points)).values()) == expected
    assert standings_of(closed(*points)[::-1]) == standings_of(closed(*points))


@pytest.fixture
def twice(app, people, sign_in):
    """The student is wrong, right, then wrong again; the classmate is wrong once."""
    sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=None), None, ("single_choice",))
    for person, tries in ((people.student, ("wrong", "right", "wrong")), (people.classmate, ("wrong",))):
        client = sign_in(person)
        for which in tries:
            attempt = start(client, sitting)
            item = sitting.items["single_choice"]
            assert save(client, attempt, item, sitting.fields("single_choice", which)).status_code == 200
            assert client.post(f"/attempts/{attempt}/submission").status_code == 303
    return sitting


def read_csv(client, sitting, which):
    page = client.get(f"/readings/{sitting.assignment}/results.csv?attempts={which}").text
    return list(csv.DictReader(io.StringIO(page.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("which", "points"),
    [("first", ["0", "0"]), ("last", ["0", "0"]), ("best", ["1", "0"]), ("all", ["0", "1", "0", "0"])],
)
def test_the_file_holds_the_attempts_meant(people, twice, sign_in, which, points) -> None:
    rows = read_csv(sign_in(people.instructor), twice, which)
    mine = [row["points"] for row in rows if row["name"] == people.student.name]
    assert mine + [row["points"] for row in rows if row["name"] == people.classmate.name] == points


def test_the_page_says_which_attempts_it_means_and_its_links_keep_it(people, twice, sign_in) -> None:
    client = sign_in(people.instructor)
    here = f"/readings/{twice.assignment}/results"
    plain = client.get(here).text
    assert "Each student counts with the first attempt." in plain
    for which, words in zip(RULES[1:], ("Last attempts", "Best attempts", "All attempts"), strict=True):
        assert f"attempts={which}" in plain
        page = client.get(f"{here}?attempts={which}").text
        assert words in page
        for part in ("results/matrix", "results.csv", "results/statistics"):
            assert f"/readings/{twice.assignment}/{part}?quiz={twice.delivery}&amp;attempts={which}" in page
        assert f"results/students/{enrollment_in(page)}?attempts={which}" in page


def enrollment_in(page: str) -> str:
    return page.split('href="results/students/')[1].split("?")[0].split('"')[0]


def test_every_figure_follows_the_switch(people, twice, sign_in) -> None:
    client = sign_in(people.instructor)
    here = f"/readings/{twice.assignment}/results/matrix?attempts="
    assert client.get(f"{here}best").text.count("question 1: 1") == 1
    assert client.get(f"{here}first").text.count("question 1: 1") == 0
    assert client.get(f"{here}all").text.count("question 1:") == 4


def test_other_words_in_the_address_mean_the_first(people, twice, sign_in) -> None:
    client = sign_in(people.instructor)
    page = client.get(f"/readings/{twice.assignment}/results?attempts=middle").text
    assert "Each student counts with the first attempt." in page


def test_a_class_without_second_attempts_is_not_asked(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results").text
    assert "First attempts" in page
    assert "Best attempts" not in page
