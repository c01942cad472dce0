"""Participation: what a prompt asks of a student, which posts tick its boxes, and what that earns. Pure.

**What ticks a box.** A post that stands (its author has not deleted it, staff have not hidden it) and was written
before the time was over; the last second is inside. A "post" begins a branch of the thread, and a "cited" one points
at a sentence, as it stood when the time was over: what is changed afterwards changes nothing. One post may tick a box
of each. A "reply" answers a classmate, that is another student of the class, and one for each classmate counts.
Whoever posts under a name and without one speaks with two voices and counts as two, or the boxes would tell who wrote
a post without a name. The earliest come first. What waits for approval ticks nothing until staff approve it, and then
counts from when it was written. Staff may say that a post does not count, and grant a box.

**What is asked for.** As many as the rule says, until the time is over. Afterwards a rule of replies asks for no more
than could be done: for as many classmates as had a post that stands, written for everybody or for the student's group
and open to the student, before the time was over, and never for fewer than were answered. A post behind a gate that
one's own posts open counts as open, or who writes nothing would be asked for nothing; behind a gate that only a date or
staff open it does not. What was written afterwards earns nothing, and a box for which nobody was there is neither
earned nor asked for.

**Credit.** Each box is worth an equal part of the rule's points, as an exact fraction: it is rounded when shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from core.dates import days_later
from core.points import Points
from discussion.gates import Gate
from discussion.participation_models import CITED, REPLY
from discussion.permissions import SECOND

STATES = (DONE, OPEN, MISSED, EXCUSED) = ("done", "open", "missed", "excused")


@dataclass(frozen=True)
class Requirement:
    """`count` posts of one kind until `due_at`, and the points for all of them. `id`: 0 before it is kept."""

    id: int
    kind: str
    count: int
    due_at: datetime
    points: Points = 0


class Written(NamedTuple):
    """A post of the student's. `answered_id`: the voice of the classmate whom it answers, as classmates know it.

    `cites`: what it says now points at a sentence. `earlier`: until when it said something else, the earliest first,
    and whether that did. `waits`: for staff to approve it.
    """

    id: int
    created_at: datetime
    is_reply: bool = False
    answered_id: int | None = None
    cites: bool = False
    stands: bool = True
    waits: bool = False
    earlier: Sequence[tuple[datetime, bool]] = ()

    def cited_before(self, moment: datetime) -> bool:
        """Whether it pointed at a sentence at the last instant before `moment`."""
        return next((cited for until, cited in self.earlier if until >= moment), self.cites)


@dataclass(frozen=True)
class Ruling:
    """What staff decided: the box of this number is granted, or the post `comment_id` ticks none."""

    id: int
    requirement_id: int
    box: int | None
    comment_id: int | None
    note: str = ""
    by_name: str = ""
    at: datetime | None = None


class Record(NamedTuple):
    """One student: the place in the class, extra days, what was written in the thread, what staff decided.

    `group_id`: the student's group where the thread is split.
    """

    enrollment_id: int
    extra_days: int = 0
    posts: Sequence[Written] = ()
    rulings: Sequence[Ruling] = ()
    group_id: int | None = None


class FirstPost(NamedTuple):
    """When a student (the place in the class) wrote the first of the posts that stand, with one voice for one group."""

    enrollment_id: int
    voice: int
    group_id: int | None
    at: datetime


@dataclass(frozen=True)
class Setting:
    """What is the same for the whole class: its zone, the thread's gate, who was there to answer, and the moment."""

    zone: str
    gate: Gate
    first_posts: Sequence[FirstPost]
    now: datetime

    @cached_property
    def first_posts_by_group(self) -> Mapping[int | None, Sequence[FirstPost]]:
        """Those for each group, None: for everybody; the earliest first."""
        found: dict[int | None, list[FirstPost]] = defaultdict(list)
        for each in sorted(self.first_posts, key=lambda one: one.at):
            found[each.group_id].append(each)
        return found


class Tick(NamedTuple):
    """A box that is ticked: by a post and when it was written, or by a grant."""

    comment_id: int | None = None
    at: datetime | None = None
    grant: Ruling | None = None


class Standing(NamedTuple):
    """How a student stands with one requirement. `asked`: how many boxes there are for this student.

    `waiting`: how many more are ticked once staff have approved what waits.
    """

    requirement: Requirement
    due_at: datetime
    asked: int
    ticks: tuple[Tick, ...]
    rulings: tuple[Ruling, ...]
    state: str
    waiting: int = 0

    @property
    def empty(self) -> int:
        """How many boxes are not ticked."""
        return self.asked - len(self.ticks)

    @property
    def voided(self) -> list[Ruling]:
        """The decisions that a post ticks no box."""
        return [each for each in self.rulings if each.comment_id is not None]

    @property
    def grantable(self) -> int | None:
        """The number of the box that staff may grant next; None when each is ticked."""
        if len(self.ticks) >= self.requirement.count:
            return None
        taken = {each.box for each in self.rulings}
        return next(box for box in range(1, self.requirement.count + 1) if box not in taken)

    def ruling(self, box: int | None, comment_id: int | None) -> Ruling | None:
        """The decision about the box of this number, or about this post, if there is one."""
        return next((each for each in self.rulings if (each.box, each.comment_id) == (box, comment_id)), None)

    def concerns(self, comment_id: int) -> bool:
        """Whether a post ticks a box, or would if staff had not taken it away."""
        ticked = {tick.comment_id for tick in self.ticks}
        return comment_id in ticked | {each.comment_id for each in self.rulings}

    @property
    def earned(self) -> Fraction:
        """Points for what is ticked, exact."""
        return Fraction(self.requirement.points * len(self.ticks), self.requirement.count)

    @property
    def possible(self) -> Fraction:
        """Points for what is asked for, exact."""
        return Fraction(self.requirement.points * self.asked, self.requirement.count)


def due_for(requirement: Requirement, extra_days: int, zone: str) -> datetime:
    """Return when the time is over for a student with so many extra days of the class's calendar."""
    return days_later(requirement.due_at, extra_days, zone) if extra_days else requirement.due_at


def assess(requirements: Sequence[Requirement], record: Record, setting: Setting) -> tuple[Standing, ...]:
    """Say of each requirement, in their order, how the student stands with it."""
    return tuple(_assess(requirement, record, setting) for requirement in requirements)


def _assess(requirement: Requirement, record: Record, setting: Setting) -> Standing:
    rulings = tuple(each for each in record.rulings if each.requirement_id == requirement.id) if record.rulings else ()
    due_at = due_for(requirement, record.extra_days, setting.zone)
    until = due_at + SECOND
    counting = [post for post in record.posts if post.stands and post.created_at < until]
    if rulings:
        taken_out = {each.comment_id for each in rulings}
        counting = [post for post in counting if post.id not in taken_out]
    ticking = list(_ticking(requirement.kind, [post for post in counting if not post.waits], until))
    ticks = [Tick(post.id, post.created_at) for post in ticking]
    if rulings:
        by_box = sorted(rulings, key=lambda each: each.box or 0)
        ticks += [Tick(grant=each) for each in by_box if each.box is not None]
    ticks = ticks[: requirement.count]
    held = any(post.waits for post in counting)
    waiting = len(list(_ticking(requirement.kind, counting, until))) - len(ticking) if held else 0
    asked = requirement.count
    if requirement.kind == REPLY and setting.now >= until:
        answered = {post.answered_id for post in ticking if post.answered_id is not None}
        for voice in _open_to(record, setting, until):
            if len(answered) >= requirement.count:
                break  # a class may have thousands, and no more are asked for
            answered.add(voice)
        asked = min(requirement.count, max(len(answered), len(ticks)))
    waiting = min(waiting, asked - len(ticks))
    is_over = setting.now >= until and waiting < asked - len(ticks)
    state = _state(asked, len(ticks), is_over)
    return Standing(requirement, due_at, asked, tuple(ticks), rulings, state, waiting)


def _ticking(kind: str, posts: Sequence[Written], until: datetime) -> Iterator[Written]:
    """The posts that tick a box of this kind, as they stood when the time was over, the earliest first."""
    answered: set[int] = set()
    in_order = posts if len(posts) < 2 else sorted(posts, key=lambda each: (each.created_at, each.id))
    for post in in_order:
        if kind != REPLY:
            if not post.is_reply and (kind != CITED or post.cited_before(until)):
                yield post
        elif post.answered_id is not None and post.answered_id not in answered:
            answered.add(post.answered_id)
            yield post


def _open_to(record: Record, setting: Setting, until: datetime) -> Iterator[int]:
    """The voices of classmates whom the student could have answered before `until`."""
    there = there_to_answer(record.group_id, setting, until)
    return (each.voice for each in there if each.enrollment_id != record.enrollment_id)


def there_to_answer(group_id: int | None, setting: Setting, until: datetime) -> Iterator[FirstPost]:
    """Yield who had written before `until` for everybody or for this group, if their posts could be seen by then."""
    gate = setting.gate
    opened = [moment for moment in (gate.gate_opens_at, gate.gate_opened_at) if moment is not None]
    if gate.posts_before_seeing == 0 and gate.gate_opens_at is not None and min(opened) >= until:
        return
    for group in {None, group_id}:
        for each in setting.first_posts_by_group.get(group, ()):
            if each.at >= until:
                break
            yield each


def _state(asked: int, ticked: int, is_over: bool) -> str:
    if ticked >= asked:
        return DONE if ticked else EXCUSED
    return MISSED if is_over else OPEN


@dataclass(frozen=True)
class Line:
    """A student of the class and how they stand with each requirement. `is_former`: no longer in the class."""

    enrollment_id: int
    name: str
    is_former: bool
    standings: tuple[Standing, ...]

    @property
    def earned(self) -> Fraction:
        """Points for all that is ticked, exact."""
        return sum((each.earned for each in self.standings), Fraction())

    @property
    def possible(self) -> Fraction:
        """Points for all that is asked for, exact."""
        return sum((each.possible for each in self.standings), Fraction())


@dataclass(frozen=True)
class ClassLedger:
    """What a thread asks of the class's students, and how each stands: by name, former ones last."""

    requirements: Sequence[Requirement]
    lines: Sequence[Line]

    @property
    def current(self) -> list[Line]:
        """The lines of those who are in the class: figures are theirs."""
        return [line for line in self.lines if not line.is_former]

    @property
    def met(self) -> list[tuple[int, int]]:
        """For each requirement how many have met it, and of how many something is asked."""
        states = [[line.standings[at].state for line in self.current] for at in range(len(self.requirements))]
        return [(each.count(DONE), len(each) - each.count(EXCUSED)) for each in states]
