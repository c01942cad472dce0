"""Classes that answered at random: every figure of the statistics, through the door, beside plain sums in this file."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist
from typing import Any

import pytest

from core.clock import now
from core.database import commit
from quizzes.deliveries import DeliveryRules
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.deliveries import get_delivery_for
from tests.quizzes.sitting import make_sitting
from tests.support.people import make_students

# What is sent, what it earns of one point, and under which name it is counted; the first is right.
ANSWERS: dict[str, list[tuple[list[str], float, list[str]]]] = {
    "single_choice": [(["k1"], 1, ["k1"]), (["k0"], 0, ["k0"]), (["k2"], 0, ["k2"]), ([], 0, [""])],
    "true_false": [(["false"], 1, ["false"]), (["true"], 0, ["true"]), ([], 0, [""])],
    "multiple_answers": [
        (["k0", "k2"], 1, ["k0", "k2"]), (["k0"], 0.5, ["k0"]), (["k0", "k1"], 0, ["k0", "k1"]), ([], 0, [""]),
    ],
    "short_answer": [(["an oblast"], 0.5, ["an oblast"]), (["Seoul"], 0, ["seoul"]), ([], 0, [""])],
    "numeric": [(["10,100"], 1, ["10100"]), (["3"], 0, ["3"]), ([], 0, [""])],
}  # fmt: skip
TYPES = (*ANSWERS, "poll")
QUIZ = ("mean", "median", "sd", "skewness", "kurtosis", "alpha", "error_ratio", "standard_error")
Z = NormalDist().inv_cdf(0.975)


@dataclass
class Go:
    """One attempt: by type, what was earned and how it is counted."""

    points: dict[str, float]
    keys: dict[str, list[str]]

    @property
    def total(self) -> float:
        return sum(self.points.values())


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def moment(first: Sequence[float], second: Sequence[float]) -> float:
    """The sample covariance."""
    at, other = mean(first), mean(second)
    return math.fsum((a - at) * (b - other) for a, b in zip(first, second, strict=True)) / (len(first) - 1)


def over(part: float, whole: float) -> float | None:
    return part / whole if abs(whole) > 1e-12 else None


def item_figures(goes: list[Go], name: str) -> dict[str, float | None]:
    """The columns of an item's row."""
    points, totals = [go.points[name] for go in goes], [go.total for go in goes]
    rest = [total - each for total, each in zip(totals, points, strict=True)]
    joint = {each: moment([go.points[each] for go in goes], totals) for each in ANSWERS}
    weight = math.fsum(math.sqrt(each) for each in joint.values() if each > 0)
    share, n = mean(points), len(goes)
    found: dict[str, float | None] = {
        "n": n,
        "facility": share,
        "sd_percent": 100 * math.sqrt(moment(points, points)),
        "intended_weight_percent": 100 / len(ANSWERS),
        "effective_weight_percent": over(100 * math.sqrt(joint[name]), weight) if joint[name] >= 0 else None,
    }
    middle, half = share + Z * Z / (2 * n), Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    found["facility_low"], found["facility_high"] = ((middle + way * half) / (1 + Z * Z / n) for way in (-1, 1))
    r = over(moment(points, rest), math.sqrt(moment(points, points) * moment(rest, rest)))
    most = moment(sorted(points), sorted(rest))
    tells = n >= 15
    found["discrimination_percent"] = 100 * r if tells and r is not None else None
    found["efficiency_percent"] = over(100 * moment(points, rest), most) if tells else None
    for column, way in (("discrimination_low_percent", -1), ("discrimination_high_percent", 1)):
        end = None if r is None or not tells else 100 * math.tanh(math.atanh(r) + way * Z / math.sqrt(n - 3))
        found[column] = end
    return found


def quiz_figures(goes: list[Go]) -> dict[str, float | None]:
    """What the rows "quiz" say; k-statistics from sums of powers."""
    totals, n, items = sorted(go.total for go in goes), len(goes), len(ANSWERS)
    s1, s2, s3, s4 = (math.fsum(each**power for each in totals) for power in (1, 2, 3, 4))
    k2 = (n * s2 - s1**2) / (n * (n - 1))
    k3 = (2 * s1**3 - 3 * n * s1 * s2 + n**2 * s3) / (n * (n - 1) * (n - 2))
    k4 = -6 * s1**4 + 12 * n * s1**2 * s2 - 3 * n * (n - 1) * s2**2 - 4 * n * (n + 1) * s1 * s3 + n**2 * (n + 1) * s4
    k4 /= n * (n - 1) * (n - 2) * (n - 3)
    apart = math.fsum(moment(*[[go.points[name] for go in goes]] * 2) for name in ANSWERS)
    alpha = 100 * items / (items - 1) * (1 - apart / k2)
    sd, ratio = math.sqrt(k2), 100 * math.sqrt(1 - alpha / 100)
    middle = (totals[(n - 1) // 2] + totals[n // 2]) / 2
    return dict(zip(QUIZ, (s1 / n, middle, sd, k3 / k2**1.5, k4 / k2**2, alpha, ratio, ratio * sd / 100), strict=True))


def third_of(go: Go, goes: list[Go]) -> str:
    """By how many are below, equals counting half."""
    place = mean([(other.total < go.total - 1e-9) + 0.5 * (abs(other.total - go.total) < 1e-9) for other in goes])
    return "lower_third" if place < 1 / 3 - 1e-9 else "upper_third" if place > 2 / 3 + 1e-9 else "middle_third"


def answer_figures(goes: list[Go], name: str) -> dict[str, dict[str, float]]:
    """Of each answer that was given: by how many, their points elsewhere, their thirds."""
    found: dict[str, dict[str, float]] = {}
    for key in {key for go in goes for key in go.keys[name]}:
        those = [go for go in goes if key in go.keys[name]]
        thirds = [third_of(go, goes) for go in those]
        found[key] = {
            "chosen_by": len(those),
            "share": len(those) / len(goes),
            "mean_rest_points": mean([go.total - go.points.get(name, 0) for go in those]),
            **{third: thirds.count(third) for third in ("lower_third", "middle_third", "upper_third")},
        }
    return found


def meant(goes: list[Go], which: str) -> list[Go]:
    if which == "all":
        return goes
    return [{"first": goes[0], "last": goes[-1], "best": max(goes, key=lambda go: round(go.total, 6))}[which]]


class School:
    """Students of differing strength, each with one to three attempts."""

    def __init__(self, app, people, size: int, seed: int) -> None:
        self.sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=None), None, TYPES)
        self.random = Random(seed)
        persons = make_students(app, people.section, size)
        with app.app_context():
            self.students = [self.goes_of(person.id, self.random.random()) for person in persons]

    def goes_of(self, user: int, strength: float) -> list[Go]:
        return [self.go(user, strength) for _go in range(self.random.choice((1, 1, 2, 3)))]

    def go(self, user: int, strength: float) -> Go:
        delivery = get_delivery_for(user, self.sitting.delivery)
        attempt = start_attempt(delivery, list_own_attempts(delivery.id, delivery.enrollment_id), now())
        picked: dict[str, Any] = {}
        for name, answers in ANSWERS.items():
            right, *others = answers
            picked[name] = right if self.random.random() < 0.2 + 0.7 * strength else self.random.choice(others)
        sent = [Sent(self.sitting.items[name], "w", 0, {"answer": each[0]}) for name, each in picked.items()]
        row = get_attempt_for(user, attempt)
        assert len(save_answers(row, list_answers(row), sent, now()).saved) == len(sent)
        assert hand_in(row, now())
        commit()
        keys = {name: each[2] for name, each in picked.items()} | {"poll": [""]}
        return Go({name: each[1] for name, each in picked.items()}, keys)


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def close(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-5, abs=1e-7)


def check_answers(rows: list[dict[str, str]], expected: dict[str, dict[str, float]]) -> None:
    given = {row["answer_key"]: row for row in rows if row["chosen_by"] != "0"}
    assert set(given) == set(expected)
    for key, figures in expected.items():
        assert {column: float(given[key][column]) for column in figures} == {
            column: close(value) for column, value in figures.items()
        }, key


@pytest.mark.parametrize(("size", "seed"), [(6, 1), (14, 2), (15, 3), (31, 4)])
def test_every_figure_is_what_plain_sums_say_whichever_attempts_are_meant(app, people, sign_in, size, seed) -> None:
    school = School(app, people, size, seed)
    staff, here = sign_in(people.instructor), f"/readings/{school.sitting.assignment}/results/statistics"
    for which in ("first", "last", "best", "all"):
        goes = [go for own in school.students for go in meant(own, which)]
        text = staff.get(f"{here}.csv?attempts={which}").get_data(as_text=True)
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
        whole = {row["answer_key"]: number(row["share"]) for row in rows if row["row"] == "quiz"}
        assert whole == {name: close(value) for name, value in quiz_figures(goes).items()}
        ends = {row["answer_key"]: (number(row["share_low"]), number(row["share_high"])) for row in rows[:8]}
        for name, each in ends.items():
            assert each == (None, None) if name not in ("mean", "alpha") else each[0] < whole[name] < each[1]
        for name, item in school.sitting.items.items():
            own = [row for row in rows if row["item_id"] == str(item)]
            if name in ANSWERS:
                figures = item_figures(goes, name)
                assert {column: number(own[0][column]) for column in figures} == {
                    column: close(value) for column, value in figures.items()
                }, (name, which)
            check_answers(own[1:], answer_figures(goes, name))
        check_page(staff.get(f"{here}?attempts={which}").text, goes)
        check_results(staff.get(f"{here.removesuffix('/statistics')}?attempts={which}").text, goes)


def in_per_cent(goes: list[Go], name: str) -> str:
    return str(math.floor(100 * mean([go.points[name] for go in goes]) + 0.5))


def check_results(page: str, goes: list[Go]) -> None:
    """The page that everybody opens first has the same facilities, from the tallies, and says of how many answers."""
    shown = re.findall(r'class="pct">(\d+) %<span class="base">(\d+) answers', page)
    assert sorted(shown) == sorted((in_per_cent(goes, name), str(len(goes))) for name in ANSWERS)


def check_page(page: str, goes: list[Go]) -> None:
    """The page shows the same, rounded, and says of how many attempts."""
    assert f"From {len(goes)} attempts, complete and graded." in page
    shown = re.findall(r'<td class="num"><b>(\d+) %</b>', page.split('id="answers"')[0])
    assert {in_per_cent(goes, name) for name in ANSWERS} <= set(shown)
    assert (">Discrimination</th>" in page) is (len(goes) >= 15)
