"""What discussions ask for, and who has done it: posts and citations, by the rule book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Raw, Row
from tests.support.recomputed.words import counted

SECOND = timedelta(seconds=1)
Figures = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One requirement and one student: boxes, of these ticked, whether it is decided."""

    points: int
    boxes: int
    ticked: int
    over: bool

    @property
    def state(self) -> str:
        """Done, missed or still open."""
        return "done" if self.ticked >= self.boxes else ("missed" if self.over else "open")

    @property
    def earned(self) -> Fraction:
        """Each box is worth an equal part."""
        return Fraction(self.points * self.ticked, self.boxes)


class Thread:
    """A discussion of a class."""

    def __init__(self, raw: Raw, row: Row) -> None:
        self.raw, self.row = raw, row
        self.assignment = raw.by_id("assignments")[row.assignment_id]
        self.title: str = raw.by_id("prompts")[row.prompt_id].title
        asks = [each for each in raw.rows("participation_requirements") if each.delivery_id == row.id]
        self.asks = sorted(asks, key=lambda each: (each.position, each.id))
        self.posts = [each for each in raw.rows("comments") if each.delivery_id == row.id]

    def own(self, place: int) -> int:
        """How many posts of somebody were not deleted."""
        return sum(each.enrollment_id == place and not each.deleted_at for each in self.posts)

    def missing(self, place: int) -> int:
        """Posts of a student's own that are wanted before others' are shown; 0: none, or a date is waited for."""
        return 0 if self.is_open_to(place) else max(0, self.row.posts_before_seeing - self.own(place))

    def is_open_to(self, place: int) -> bool:
        """Whether a student is shown what others wrote."""
        date, wanted = self.row.gate_opens_at, self.row.posts_before_seeing
        if self.row.gate_opened_at or (date and self.raw.now >= date):
            return True
        return self.own(place) >= wanted if wanted else date is None

    def may_post(self, place: int) -> bool:
        """Whether a student can write."""
        closes = self.row.closes_at or self.raw.own(self.assignment.closes_at, place)
        return not self.row.locked_at and (closes is None or self.raw.now <= closes)

    @property
    def worth(self) -> int:
        """The points that it can earn."""
        return sum(each.points for each in self.asks)

    def standing(self, place: int, ask: Row) -> Asked:
        """How a student stands with one requirement."""
        due = self.raw.own(ask.due_at, place)
        assert due is not None
        rulings = [
            each
            for each in self.raw.rows("participation_rulings")
            if each.requirement_id == ask.id and each.enrollment_id == place
        ]
        void = {each.comment_id for each in rulings}
        cited = {each.comment_id for each in self.raw.rows("comment_spans")}
        posts = [
            each
            for each in self.posts
            if each.enrollment_id == place and each.parent_id is None and stands(each) and each.id not in void
            if each.created_at < due + SECOND and (ask.kind == "post" or each.id in cited)
        ]
        granted = sum(each.box is not None for each in rulings)
        return Asked(ask.points, ask.count, min(ask.count, len(posts) + granted), self.raw.now >= due + SECOND)

    def standings(self, place: int) -> list[Asked]:
        """How a student stands with all of them."""
        return [self.standing(place, ask) for ask in self.asks]


def stands(post: Row) -> bool:
    """Neither deleted nor hidden."""
    return not (post.deleted_at or post.hidden_at)


def threads_of(raw: Raw, assignment: int) -> list[Thread]:
    """The discussions of a reading."""
    rows = [row for row in raw.rows("prompt_deliveries") if row.assignment_id == assignment]
    return [Thread(raw, row) for row in sorted(rows, key=lambda row: (row.position, row.id))]


def by_students(raw: Raw, section: int, threads: list[Thread]) -> tuple[int, int]:
    """How many posts of students of today stand, and of how many students."""
    students = {row.id for row in raw.students(section)}
    posts = [each for thread in threads for each in thread.posts if each.enrollment_id in students and stands(each)]
    return len(posts), len({each.enrollment_id for each in posts})


def expected_talk(raw: Raw, section: int, assignment: int) -> list[list[str]]:
    """The rows of the results page: each discussion, its posts, and who posted."""
    found, students = [], len(raw.students(section))
    for thread in threads_of(raw, assignment):
        posts, people = by_students(raw, section, [thread])
        found.append([f"{thread.title} {counted(posts, 'post', 'posts')}", f"{people} of {students}"])
    return found


def told_talk(page: Node) -> list[list[str]]:
    """What the page says."""
    places = page.all("section", id="talk")
    return places[0].one("table").rows() if places else []


def expected_taking_part(raw: Raw, section: int, assignment: int) -> list[Any]:
    """The page about taking part: posts, who posted at all, and how each requirement stands."""
    students, found = raw.students(section), []
    for thread in threads_of(raw, assignment):
        posts, people = by_students(raw, section, [thread])
        rows: list[Any] = [f"{people} of {len(students)}"]
        for ask in thread.asks:
            states = [thread.standing(place.id, ask).state for place in students]
            words = {"open": "still can", "missed": "missed it"}
            more = [f"{states.count(each)} {said}" for each, said in words.items() if each in states]
            rows.append([f"{states.count('done')} of {len(students)}", *more])
        found.append([counted(posts, "post by students", "posts by students"), *rows])
    return found


def told_taking_part(page: Node) -> list[Any]:
    """What the page says."""
    found = []
    for place in page.all("section"):
        if not place.attributes.get("aria-labelledby", "").startswith("talk-"):
            continue
        first, *rows = place.one("tbody").all("tr")
        said: list[Any] = [place.one("p", "meta").text, first.one("b").text]
        for row in rows:
            more = [each.text for each in row.one("span", "meta").all("span")[1:]]
            said.append([row.one("b").text, *more])
        found.append(said)
    return found
