"""Splitting a thread into groups. Operations flush, the view commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import db
from discussion.group_models import ThreadGroup, ThreadGroupMember
from discussion.groups import place
from discussion.models import PromptDelivery
from discussion.operations.acts import Actor, log_rule
from discussion.operations.comments import INSERT_FOR
from discussion.queries.groups import has_group_posts

MOST = 5_000
_MEMBER = (ThreadGroupMember.enrollment_id, ThreadGroupMember.group_id)


class HasGroupPosts(Exception):
    """People have written in groups: who could read it would change."""


class NotInClass(Exception):
    """Somebody on a list is no student of the class, or is on it twice."""


class MovedMeanwhile(Exception):
    """Somebody else has moved one of the students since the person looked."""


class Move(NamedTuple):
    """To which group a student shall go, and in which they were when the person looked."""

    group: int
    seen: int | None


@dataclass(frozen=True)
class Split:
    """Lists of places in the class, one for each group; `seed`: what they were shuffled by, if they were."""

    lists: Sequence[Sequence[int]]
    seed: int | None = None


def split_thread(actor: Actor, delivery_id: int, split: Split) -> list[int]:
    """Split a thread into these groups, instead of those that it has; return their ids, numbered from 1.

    Students of the class who are on no list come into the smallest groups. What was written before stays everybody's.
    Raises NotInClass, and HasGroupPosts once anybody has written in a group.
    """
    _hold(delivery_id)
    _forget(delivery_id)
    students, named = set(_students(delivery_id)), [each for group in split.lists for each in group]
    if len(set(named)) != len(named) or not students.issuperset(named):
        raise NotInClass
    ids = _make(delivery_id, split)
    _put(delivery_id, {who: group for group, members in zip(ids, split.lists, strict=True) for who in members})
    _place_newcomers(delivery_id)
    log_rule(actor, "discussion.split", delivery_id, groups=[list(each) for each in split.lists], seed=split.seed)
    return ids


def _make(delivery_id: int, split: Split) -> list[int]:
    numbers = range(1, len(split.lists) + 1)
    rows = [{"delivery_id": delivery_id, "number": number, "seed": split.seed} for number in numbers]
    made = insert(ThreadGroup).returning(ThreadGroup.number, ThreadGroup.id)
    by_number = {row[0]: row[1] for row in db.session.execute(made, rows)} if rows else {}
    return [by_number[number] for number in numbers]


def join_groups(actor: Actor, delivery_id: int) -> None:
    """Make one thread of the groups again. Raises HasGroupPosts once anybody has written in one."""
    _hold(delivery_id)
    _forget(delivery_id)
    log_rule(actor, "discussion.join", delivery_id)


def move_students(actor: Actor, delivery_id: int, moves: Mapping[int, Move]) -> None:
    """Put students (places in the class) into other groups of the thread; what they wrote stays where it is.

    The caller has found the students and the groups in this thread. Raises MovedMeanwhile, and moves nobody, when one
    of them is neither where they were seen nor there already.
    """
    _hold(delivery_id)
    members = ThreadGroupMember.delivery_id == delivery_id, ThreadGroupMember.enrollment_id.in_(moves)
    found = db.session.execute(select(*_MEMBER).where(*members).order_by(*_MEMBER))
    held = {row[0]: row[1] for row in found}
    if any(held.get(who) not in move for who, move in moves.items()):
        raise MovedMeanwhile
    groups = {who: move.group for who, move in moves.items()}
    db.session.execute(delete(ThreadGroupMember).where(*members))
    _put(delivery_id, groups)
    log_rule(actor, "discussion.move", delivery_id, students={str(who): group for who, group in groups.items()})


@contextmanager
def groups_follow_people(section_id: int) -> Iterator[None]:
    """Put whoever has come into a class into the smallest group of each of its split threads."""
    yield
    db.session.flush()
    split = (
        select(ThreadGroup.delivery_id)
        .join(PromptDelivery, PromptDelivery.id == ThreadGroup.delivery_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .where(Assignment.section_id == section_id)
    )
    for delivery_id in db.session.scalars(split.distinct().order_by(ThreadGroup.delivery_id).limit(MOST)).all():
        _place_newcomers(delivery_id)


def _hold(delivery_id: int) -> None:
    """Of two changes of a thread's groups the second sees the first."""
    db.session.execute(select(PromptDelivery.id).where(PromptDelivery.id == delivery_id).with_for_update())


def _forget(delivery_id: int) -> None:
    if has_group_posts(delivery_id):
        raise HasGroupPosts
    db.session.execute(delete(ThreadGroupMember).where(ThreadGroupMember.delivery_id == delivery_id))
    db.session.execute(delete(ThreadGroup).where(ThreadGroup.delivery_id == delivery_id))


def _students(delivery_id: int) -> Sequence[int]:
    """The active students of the class."""
    return db.session.scalars(
        select(Enrollment.id)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .join(PromptDelivery, PromptDelivery.assignment_id == Assignment.id)
        .where(PromptDelivery.id == delivery_id, Enrollment.state == "active", Enrollment.role == "student")
        .order_by(Enrollment.id)
        .limit(MOST)
    ).all()


def _place_newcomers(delivery_id: int) -> None:
    members = ThreadGroupMember.delivery_id == delivery_id
    held = set(db.session.scalars(select(ThreadGroupMember.enrollment_id).where(members)))
    newcomers = [each for each in _students(delivery_id) if each not in held]
    if not newcomers:
        return
    is_here = (ThreadGroupMember.group_id == ThreadGroup.id) & ThreadGroupMember.enrollment_id.in_(
        select(Enrollment.id).where(Enrollment.state == "active", Enrollment.role == "student")
    )
    sizes = (
        select(ThreadGroup.id, func.count(ThreadGroupMember.enrollment_id))
        .outerjoin(ThreadGroupMember, is_here)
        .where(ThreadGroup.delivery_id == delivery_id)
        .group_by(ThreadGroup.id)
        .order_by(ThreadGroup.id)
    )
    _put(delivery_id, place(newcomers, {row[0]: row[1] for row in db.session.execute(sizes)}))


def _put(delivery_id: int, groups: Mapping[int, int]) -> None:
    """Whom two requests put into a group at once stays where the first put them."""
    rows = [{"delivery_id": delivery_id, "enrollment_id": who, "group_id": group} for who, group in groups.items()]
    if rows:
        statement = INSERT_FOR[db.engine.dialect.name](ThreadGroupMember)
        db.session.execute(statement.values(rows).on_conflict_do_nothing())  # type: ignore[attr-defined]
