"""What the threads of a class earn its students: for a gradebook, in as many statements however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, null, select, union_all

from articles.models import Article, Assignment
from core.database import AnySelect, read_rows
from core.points import Points
from discussion.alike import count_states
from discussion.gates import Gate
from discussion.group_models import ThreadGroupMember
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.participation import FirstPost, Record, Requirement, Ruling, Setting, Standing, Written, assess
from discussion.participation_models import REPLY, ParticipationRequirement, ParticipationRuling
from discussion.queries.ledgers import MOST_POSTS, first_posts_where, posts_of, posts_where, rulings_where

MOST = 3_000  # requirements: of as many threads as a class may have, six at most
THREADS: Any = bindparam("threads", expanding=True)
STUDENTS: Any = bindparam("students", expanding=True)


@dataclass(frozen=True)
class CreditThread:
    """A thread with a rule, and the reading that it belongs to."""

    id: int
    assignment_id: int
    prompt_id: int
    title: str
    article_title: str
    opens_at: datetime | None
    gate: Gate
    requirements: tuple[Requirement, ...]

    @property
    def points(self) -> Points:
        """What all of it is worth."""
        return sum(each.points for each in self.requirements)


class Counted(NamedTuple):
    """A student whose credit is asked for: the place in the class and the extra days."""

    enrollment_id: int
    extra_days: int


@cache
def _threads() -> AnySelect:
    asked, thread = ParticipationRequirement, PromptDelivery
    return (
        select(
            thread.id,
            thread.assignment_id,
            Prompt.id,
            Prompt.title,
            Article.title,
            Assignment.opens_at,
            thread.posts_before_seeing,
            thread.gate_opens_at,
            thread.gate_opened_at,
            asked.id,
            asked.kind,
            asked.count,
            asked.due_at,
            asked.points,
        )
        .join(thread, thread.id == asked.delivery_id)
        .join(Prompt, Prompt.id == thread.prompt_id)
        .join(Assignment, Assignment.id == thread.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .where(Assignment.section_id == bindparam("section"))
        .order_by(thread.id, asked.position, asked.id)
        .limit(MOST)
    )


def list_credit_threads(section_id: int) -> list[CreditThread]:
    """Return the threads of a class that earn points, oldest first. One statement."""
    return [thread for thread in list_asking_threads(section_id) if thread.points]


def list_asking_threads(section_id: int) -> list[CreditThread]:
    """Return the threads of a class that ask for something, whether it earns points or not. One statement."""
    found = []
    for _id, group in groupby(read_rows(_threads(), {"section": section_id}), key=lambda row: row[0]):
        rows = list(group)
        asked = tuple(Requirement(*row[9:]) for row in rows)
        delivery, assignment, prompt, title, article, opens_at, *gate = rows[0][:9]
        found.append(CreditThread(delivery, assignment, prompt, title, article, opens_at, Gate(*gate), asked))
    return found


FirstPosts = Mapping[int, Sequence[FirstPost]]


def read_first_posts(threads: Sequence[CreditThread]) -> FirstPosts:
    """Return who was there to answer, by thread, where a rule asks for replies. One statement, or none."""
    asked = [each.id for each in threads if any(one.kind == REPLY for one in each.requirements)]
    found: dict[int, list[FirstPost]] = defaultdict(list)
    if asked:
        for thread, *first in read_rows(_first_posts(), {"threads": asked}):
            found[thread].append(FirstPost(*first))
    return found


@cache
def _first_posts() -> AnySelect:
    return first_posts_where(Comment.delivery_id.in_(THREADS))


@cache
def _posts(is_whole: bool) -> AnySelect:
    return posts_where(Comment.delivery_id.in_(THREADS), *_of(Comment.enrollment_id, is_whole))


@cache
def _decided(is_whole: bool, is_split: bool) -> AnySelect:
    """What staff decided, and where threads are split in which group a student is: then `requirement_id` is empty and
    the group stands for the decision's id. Which group it is says no more than whom one could have answered."""
    of_thread = ParticipationRequirement.delivery_id.in_(THREADS)
    rulings = rulings_where(of_thread, *_of(ParticipationRuling.enrollment_id, is_whole))
    if not is_split:
        return rulings
    row, decided = ThreadGroupMember, rulings.subquery()
    empty = [null() for _column in decided.c][3:]
    groups = select(row.delivery_id, row.enrollment_id, row.group_id, *empty).where(
        row.delivery_id.in_(THREADS), *_of(row.enrollment_id, is_whole)
    )
    both = union_all(select(decided), groups).subquery()
    return select(both).order_by(both.c.id).limit(2 * MOST_POSTS)


def _of(place: Any, is_whole: bool) -> tuple[ColumnElement[bool], ...]:
    """That something is of the students asked for; of a whole class nobody needs to be named."""
    return () if is_whole else (place.in_(STUDENTS),)


@dataclass(frozen=True)
class CreditSetting:
    """The threads of one class, who was there to answer, the class's zone, and the moment."""

    threads: Sequence[CreditThread]
    first_posts: FirstPosts
    zone: str
    now: datetime


Standings = dict[tuple[int, int], tuple[Standing, ...]]


def read_standings(setting: CreditSetting, students: Sequence[Counted]) -> Standings:
    """Return how these students stand, by (thread, place in the class). Two statements, or none."""
    found = {}
    for thread, rules, records in _records(setting, students, is_whole=False):
        silent: dict[tuple[int, int | None], tuple[Standing, ...]] = {}
        for record in records:
            at = (thread.id, record.enrollment_id)
            if record.posts or record.rulings:
                found[at] = assess(thread.requirements, record, rules)
                continue
            alike = (record.extra_days, record.group_id)  # with nothing written and nothing decided they stand alike
            if alike not in silent:
                silent[alike] = assess(thread.requirements, record, rules)
            found[at] = silent[alike]
    return found


def count_standings(setting: CreditSetting, students: Sequence[Counted]) -> dict[int, Counter[tuple[str, ...]]]:
    """Return by thread how many of a class's students have these states, one for each requirement. `students`: all of
    the class. Two statements, or none."""
    return {
        thread.id: count_states(thread.requirements, records, rules)
        for thread, rules, records in _records(setting, students, is_whole=True)
    }


def _records(
    setting: CreditSetting, students: Sequence[Counted], *, is_whole: bool
) -> Iterator[tuple[CreditThread, Setting, Iterator[Record]]]:
    """Yield each thread with what is the same for all, and what there is of each of the students."""
    if not setting.threads or not students:
        return
    asked = {"threads": [each.id for each in setting.threads]}
    if not is_whole:
        asked["students"] = [each.enrollment_id for each in students]
    posts: dict[tuple[int, int], list[Written]] = defaultdict(list)
    for post in posts_of(read_rows(_posts(is_whole), asked)):
        posts[post.thread, post.enrollment_id].append(post.written)
    rulings: dict[tuple[int, int], list[Ruling]] = defaultdict(list)
    groups: dict[tuple[int, int], int] = {}
    is_split = any(first.group_id is not None for firsts in setting.first_posts.values() for first in firsts)
    for thread_id, who, row_id, requirement_id, *ruling in read_rows(_decided(is_whole, is_split), asked):
        if requirement_id is None:
            groups[thread_id, who] = row_id
        else:
            rulings[thread_id, who].append(Ruling(row_id, requirement_id, *ruling))
    for thread in setting.threads:
        rules = Setting(setting.zone, thread.gate, setting.first_posts.get(thread.id, ()), setting.now)
        places = [((thread.id, who), days) for who, days in students]
        records = (Record(at[1], days, posts.get(at, ()), rulings.get(at, ()), groups.get(at)) for at, days in places)
        yield thread, rules, records
