"""Over generated classes the gradebook says what a plain calculation from the rows of the database says."""

from __future__ import annotations

import random
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import insert, select

from articles.models import Assignment
from articles.operations.own_dates import keep_dates_of_student
from classroom.allowances import Allowance
from classroom.models import Enrollment
from classroom.operations.accommodations import set_allowance
from classroom.operations.enrollments import remove_person
from core import clock
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Item, QuizDelivery
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from results.gradebook import Category
from results.models import GradeDecision
from results.operations import Actor, Arrangement, arrange
from tests.support.people import make_students
from tests.support.route_values import publish

POINT = 100_000
WHICH = ("highest", "average", "first", "last")


class Generated:
    """A class at random, and what a teacher with paper and pencil would find."""

    def __init__(self, people, reading, seed: int) -> None:
        self.chance, self.people, self.reading = random.Random(seed), people, reading
        self.now = clock.now()
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at, row.closes_at = self.now - timedelta(days=4), self.now - timedelta(days=2)
        row.latest_due_at, row.latest_closes_at = row.due_at, row.closes_at
        commit()
        self.students = list(
            db.session.scalars(
                select(Enrollment.id)
                .where(Enrollment.section_id == people.section, Enrollment.role == "student")
                .order_by(Enrollment.id)
            )
        )
        self.extra = {self.students[0]: 3, self.students[1]: 1}
        for place, days in self.extra.items():
            set_allowance(people.instructor.id, place, Allowance(extra_days=days))
            keep_dates_of_student(place)
        remove_person(people.instructor.id, self.students[2])
        self.quizzes = [reading.quiz_delivery, *(self.quiz(which) for which in WHICH)]
        for student in self.students[:-1]:
            for quiz in self.quizzes[1:]:
                self.attempt(student, quiz)
                self.decide(student, quiz)
        self.categories = [Category(0, "One", 35 * POINT + POINT // 3, 1), Category(0, "Two", 40 * POINT, 2)]
        self.place = {f"quiz-{quiz}": at % 3 for at, quiz in enumerate(self.quizzes)}
        wanted = Arrangement(self.categories, {key: at for key, at in self.place.items() if at < 2})
        arrange(Actor(people.instructor.id, people.section), wanted, 0)
        commit()

    def quiz(self, which: str) -> int:
        quiz = create_quiz(self.people.instructor.id, self.reading.article, f"By {which}").id
        credit = self.chance.choice([50, 80, 100])
        rules = DeliveryRules(attempts_allowed=None, which_counts=which, late_credit_percent=credit)
        made = deliver_quiz(quiz, self.reading.assignment, rules).id
        old = db.session.get_one(Item, self.reading.items[0])
        worth = self.chance.randint(1, 9) * POINT
        db.session.add(Item(quiz_id=quiz, question_id=old.question_id, position=0, points=worth))
        publish(quiz)
        return made

    def attempt(self, student: int, quiz: int) -> None:
        for number in range(1, self.chance.randint(0, 3) + 1):
            at = self.now - timedelta(days=4) + timedelta(hours=self.chance.randint(-40, 40))
            most = self.chance.randint(1, 9) * POINT
            row = {
                "delivery_id": quiz, "enrollment_id": student, "number": number, "layout": [],
                "article_version_id": self.reading.version, "started_at": at, "submitted_at": at,
                "receipt_code": f"{quiz}-{student}-{number}", "points": self.chance.randint(0, most),
                "max_points": most, "ungraded": int(self.chance.random() < 0.15),
            }  # fmt: skip
            db.session.execute(insert(Attempt).values(row))

    def decide(self, student: int, quiz: int) -> None:
        for number in range(1, self.chance.choice([0, 0, 0, 1, 2]) + 1):
            kind = self.chance.choice(["override", "excuse", "back"])
            points = self.chance.randint(0, 9 * POINT) if kind == "override" else None
            row = {"quiz_delivery_id": quiz, "enrollment_id": student, "number": number, "kind": kind}
            row |= {"after": points, "why": "Because.", "by_id": self.people.instructor.id, "at": self.now}
            db.session.execute(insert(GradeDecision).values(row))

    def cell(self, student: int, quiz: int) -> tuple[Fraction, Fraction] | None:
        """Points and maximum, None where it does not count."""
        delivery = db.session.get_one(QuizDelivery, quiz)
        dates = db.session.get_one(Assignment, delivery.assignment_id)
        extra = timedelta(days=self.extra.get(student, 0))
        mine = (Attempt.delivery_id == quiz, Attempt.enrollment_id == student)
        is_over = self.now > dates.closes_at + extra
        begun = db.session.scalars(select(Attempt).where(*mine).order_by(Attempt.number))
        tries = [row for row in begun if row.submitted_at or is_over]
        items = db.session.scalars(select(Item.points).where(Item.quiz_id == delivery.quiz_id))
        worth, found, waits = Fraction(sum(items)), None, False
        if tries:
            points = [
                int(row.points * delivery.late_credit_percent / Fraction(100) + Fraction(1, 2))
                if (row.submitted_at or dates.closes_at + extra) > dates.due_at + extra
                else row.points
                for row in tries
            ]
            most = [row.max_points for row in tries]
            if delivery.which_counts == "average":
                n = len(tries)
                found = tuple(Fraction(int(Fraction(sum(each), n) + Fraction(1, 2))) for each in (points, most))
                waits = any(row.ungraded for row in tries)
            else:
                pick = {"first": 0, "last": -1, "highest": points.index(max(points))}[delivery.which_counts]
                found = (Fraction(points[pick]), Fraction(most[pick]))
                only = delivery.which_counts != "highest"
                waits = bool(tries[pick].ungraded) if only else any(row.ungraded for row in tries)
        elif is_over:
            found = (Fraction(0), worth)
        mine = (GradeDecision.quiz_delivery_id == quiz, GradeDecision.enrollment_id == student)
        newest = select(GradeDecision).where(*mine).order_by(GradeDecision.number.desc())
        decision = db.session.scalars(newest.limit(1)).first()
        if decision and decision.kind == "override":
            return Fraction(decision.after), found[1] if found else worth
        return None if waits or (decision and decision.kind == "excuse") else found

    def total(self, student: int) -> str:
        """The total in per cent as the page writes it."""
        groups: dict[int, list[tuple[Fraction, Fraction]]] = {0: [], 1: [], 2: []}
        for quiz in self.quizzes:
            cell = self.cell(student, quiz)
            if cell:
                groups[self.place[f"quiz-{quiz}"]].append(cell)
        weights = {at: each.weight for at, each in enumerate(self.categories)}
        weights[2] = 100 * POINT - sum(weights.values())
        above, below = Fraction(0), 0
        for at, cells in groups.items():
            if not cells:
                continue
            ordered = sorted(cells, key=lambda cell: (cell[0] / cell[1], cell[1]))
            drop = min(self.categories[at].drop_lowest, len(cells) - 1) if at < 2 else 0
            kept = ordered[drop:]
            above += weights[at] * sum(cell[0] for cell in kept) / sum(cell[1] for cell in kept)
            below += weights[at]
        if not below:
            return "–"
        hundredths = int(above / below * 10_000 + Fraction(1, 2))
        text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
        return f"{text} %"


@pytest.mark.parametrize("seed", range(6))
def test_every_total_is_what_a_plain_calculation_finds(seed, app, people, reading, sign_in) -> None:
    make_students(app, people.section, 9)
    client = sign_in(people.instructor)
    with app.app_context():
        generated = Generated(people, reading, seed)
        expected = {student: generated.total(student) for student in generated.students}
    for student, total in expected.items():
        page = client.get(f"/classes/{people.section}/gradebook/students/{student}").text
        assert f">Total: {total}<" in page, (seed, student)
    assert len(set(expected.values())) > 5
