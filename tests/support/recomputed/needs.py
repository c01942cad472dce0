"""Who needs the instructor: what the queue should hold by the rule book, most urgent first, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.maps import open_notes
from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Raw, Row
from tests.support.recomputed.talks import Thread, stands
from tests.support.recomputed.words import points

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NEAR, STILL, LOW_FOR, GRACE = 3 * DAY, timedelta(minutes=10), 14 * DAY, timedelta(seconds=10)
TODAY, SOON, LATER = "Today", "Soon", "When you can"
LEVELS = (TODAY, SOON, LATER)
KINDS = {
    "stuck": "Stuck", "flagged": "Flagged", "not_started": "Not started", "silent": "Silent", "question": "Question",
    "ungraded": "To read", "low": "Low score",
}  # fmt: skip
WHOLE = 10_000_000_000
Figures = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """One need: what it is of, how urgent and since when, what it consists of, and the figures in its sentence."""

    kind: str
    about: tuple[int, int]
    level: str
    at: datetime
    facts: tuple[object, ...]
    name: str
    said: tuple[str, ...]

    @property
    def order(self) -> tuple[object, ...]:
        """Most urgent first."""
        return LEVELS.index(self.level), list(KINDS).index(self.kind), self.at, self.about

    @property
    def row(self) -> tuple[object, ...]:
        """What stands in one row: what one message to a student answers."""
        is_late = self.kind == "not_started" and self.level == LATER
        answers = self.kind in ("stuck", "not_started", "silent") and not is_late
        return (self.kind, self.about[1]) if answers else (self.kind, *self.about)


class Needs:
    """Everything in one class that may need its staff."""

    def __init__(self, raw: Raw, sats: Sequence[Sat], section: int, viewer: int) -> None:
        self.raw, self.section, self.viewer = raw, section, viewer
        self.sats = [sat for sat in sats if sat.section == section]
        self.students = {place.id for place in raw.students(section)}
        self.now = raw.now

    def all(self) -> list[Wanted]:
        """In the order of the queue."""
        found: list[Wanted] = []
        for sat in self.sats:
            found += [*self._not_started(sat), *self._stuck(sat), *self._low(sat), *self._ungraded(sat)]
        return sorted([*found, *self._silent(), *self._questions(), *self._flagged()], key=lambda each: each.order)

    def _title(self, sat: Sat) -> str:
        return str(self.raw.by_id("quizzes")[sat.delivery.quiz_id].title)

    def _excused(self, sat: Sat, place: int) -> bool:
        rows = [row for row in self.raw.rows("grade_decisions") if row.enrollment_id == place]
        rows = [row for row in rows if row.quiz_delivery_id == sat.delivery.id]
        return bool(rows) and max(rows, key=lambda row: row.number).kind == "excuse"

    def _not_started(self, sat: Sat) -> Iterator[Wanted]:
        for place in self.students:
            due = self.raw.own(sat.assignment.due_at, place)
            closes = self.raw.own(sat.assignment.closes_at, place)
            if sat.goes(place) or self._excused(sat, place) or due is None or due - self.now > NEAR:
                continue
            if closes is None or self.now <= closes:
                late = self.now > due
                level = LATER if late else (TODAY if due - self.now <= DAY else SOON)
                facts = (due, "late" if late else "near")
                about = (sat.delivery.id, place)
                yield Wanted("not_started", about, level, due, facts, self.raw.names[place], (self._title(sat),))

    def _stuck(self, sat: Sat) -> Iterator[Wanted]:
        for place in self.students:
            for go in sat.goes(place):
                if not go.is_in:
                    yield from self._still(sat, go)

    def _still(self, sat: Sat, go: Go) -> Iterator[Wanted]:
        place, answers = go.row.enrollment_id, go.all_answers.values()
        last = max((row.saved_at for row in answers if row.saved_at), default=None) or go.row.started_at
        done = str(sum(row.answer is not None for row in answers))
        said, about = (self._title(sat), done, str(len(answers))), (go.row.id, place)
        name, still = self.raw.names[place], self.now - last
        if go.end is not None and go.end - self.now <= HOUR and still >= STILL:
            yield Wanted("stuck", about, TODAY, go.end, (last, "ending"), name, said)
        elif still >= DAY:
            yield Wanted("stuck", about, SOON, last, (last,), name, said)

    def _low(self, sat: Sat) -> Iterator[Wanted]:
        for place in self.students:
            for go in sat.meant_of(place, "best"):
                places = [share for share in map(self._place_found, go.answers.values()) if share is not None]
                wrong = sum(share < WHOLE for share in places)
                at = go.handed_in_at if go.is_in else None
                if at is None or at < self.now - LOW_FOR or go.waits or 2 * go.points >= go.maximum:
                    continue
                if places and 2 * wrong >= len(places):
                    facts = (go.points, go.maximum, wrong)
                    said = (self._title(sat), points(go.points), points(go.maximum), str(wrong), str(len(places)))
                    yield Wanted("low", (go.row.id, place), LATER, at, facts, self.raw.names[place], said)

    def _place_found(self, row: Row) -> int | None:
        is_place = self.raw.versions[row.question_version_id].type == "evidence"
        share: int | None = row.fraction if is_place else row.evidence_fraction
        return share

    def _ungraded(self, sat: Sat) -> Iterator[Wanted]:
        waiting = []
        for place, goes in sat.all_goes.items():
            for go in goes if self.raw.places[place].state == "active" else ():
                is_over = go.end is not None and self.now - GRACE > go.end
                if go.row.submitted_at or is_over:
                    waiting += [go.handed_in_at for row in go.answers.values() if row.points is None]
        if waiting:
            oldest, n = min(at for at in waiting if at), len(waiting)
            name = "One answer waits" if n == 1 else f"{n} answers wait"
            yield Wanted("ungraded", (sat.delivery.id, 0), SOON, oldest, (n,), name, (self._title(sat),))

    def _silent(self) -> Iterator[Wanted]:
        assignments = self.raw.by_id("assignments")
        for row in self.raw.rows("prompt_deliveries"):
            if assignments[row.assignment_id].section_id == self.section:
                thread = Thread(self.raw, row)
                for place in self.students:
                    yield from self._quiet(thread, place)

    def _quiet(self, thread: Thread, place: int) -> Iterator[Wanted]:
        granted = {
            each.requirement_id
            for each in self.raw.rows("participation_rulings")
            if each.enrollment_id == place and each.box is not None
        }
        own = [self.raw.own(ask.due_at, place) for ask in thread.asks if ask.id not in granted]
        to_come = [at for at in own if at is not None and at >= self.now]
        posted = any(each.enrollment_id == place and stands(each) for each in thread.posts)
        if to_come and not posted and thread.may_post(place) and (left := min(to_come) - self.now) <= NEAR:
            due, level = min(to_come), TODAY if left <= DAY else SOON
            yield Wanted("silent", (thread.row.id, place), level, due, (due,), self.raw.names[place], (thread.title,))

    def _questions(self) -> Iterator[Wanted]:
        for row in self.raw.rows("assignments"):
            for note in open_notes(self.raw, row) if row.section_id == self.section else ():
                level = TODAY if self.now - note.created_at >= DAY else SOON
                said = (self.raw.by_id("articles")[row.article_id].title,)
                about, name = (note.id, note.enrollment_id), self.raw.names[note.enrollment_id]
                yield Wanted("question", about, level, note.created_at, (note.edited_at,), name, said)

    def _flagged(self) -> Iterator[Wanted]:
        assignments, posts = self.raw.by_id("assignments"), self.raw.by_id("comments")
        flags = [row for row in self.raw.rows("comment_flags") if row.settled_at is None]
        for at in sorted({row.comment_id for row in flags}):
            post, own = posts[at], [row.created_at for row in flags if row.comment_id == at]
            given, place = assignments[post.assignment_id], post.enrollment_id
            is_ours = given.section_id == self.section and self.raw.places[place].user_id != self.viewer
            if is_ours and stands(post) and post.visibility != "self":
                threads, prompts = self.raw.by_id("prompt_deliveries"), self.raw.by_id("prompts")
                title = self.raw.by_id("articles")[given.article_id].title
                if post.delivery_id:
                    title = prompts[threads[post.delivery_id].prompt_id].title
                facts, said = (len(own), max(own)), (title, "One person" if len(own) == 1 else f"{len(own)} people")
                yield Wanted("flagged", (at, place), TODAY, min(own), facts, self.raw.names[place], said)


def _written(fact: object) -> str:
    return fact.isoformat() if isinstance(fact, datetime) else str(fact)


def expected_queue(needs: Sequence[Wanted]) -> Figures:
    """The page: how many rows, how many of each kind, and the rows, of those of all classes."""
    rows: dict[tuple[object, ...], list[Wanted]] = {}
    for need in sorted(needs, key=lambda each: each.order):
        rows.setdefault(need.row, []).append(need)
    kinds = [each[0].kind for each in rows.values()]
    told = [
        [
            "-".join(map(str, (first.kind, *first.about))),
            first.level,
            first.name,
            [[*each.said, " ".join(map(_written, each.facts))] for each in (first, *others)],
        ]
        for first, *others in rows.values()
    ]
    return {
        "total": str(len(rows)),
        "kinds": {said: str(kinds.count(kind)) for kind, said in KINDS.items() if kind in kinds},
        "order": [row[0] for row in told],
        "rows": {row[0]: row[1:] for row in told},
    }


def told_queue(pages: Sequence[Node]) -> Figures:
    """What its pages say."""
    lead = pages[0].one("p", "lead").text
    number = re.match(r"(\d+) things wait", lead)
    total = number[1] if number else {"One": "1", "Nobody": "0"}[lead.split()[0]]
    kinds = {}
    for link in next(nav for nav in pages[0].all("nav", "seg") if nav.attributes["aria-label"] == "What kind").all("a"):
        if found := re.fullmatch(r"(.+) (\d+)", link.text):
            kinds[found[1]] = found[2]
    rows = []
    for page in pages:
        for place in page.all("section"):
            if place.attributes.get("aria-labelledby", "").startswith("level-"):
                level = place.one("h2").text
                rows += [_read_row(row, level) for row in place.one("ul", "need-rows").all("li") if row.all("h3")]
    return {
        "total": total,
        "kinds": kinds,
        "order": [row[0] for row in rows],
        "rows": {row[0]: row[1:] for row in rows},
    }


def _read_row(row: Node, level: str) -> list[Any]:
    facts = [each.attributes["value"] for each in row.all("input") if each.attributes.get("name") == "facts"]
    said = [_figures(each.text) for each in row.all("p", "why")]
    each = [[*words, fact] for words, fact in zip(said, facts, strict=True)]
    return [row.attributes["id"], level, row.one("h3").text, each]


def _figures(why: str) -> list[str]:
    title = re.search(r"“(.+?)”", why)
    assert title, why
    low = re.search(r"Has (\S+) of (\S+) points in .*, and (\d+) of (\d+) times", why)
    stuck = re.search(r"has answered (\d+) of (\d+) and", why)
    flags = re.match(r"(One person|\d+ people) flagged", why)
    return [title[1], *next((found.groups() for found in (low, stuck, flags) if found), ())]
