"""What the participation rules need to know of one student of a thread, or of all, in a fixed few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from classroom.models import Accommodation, Enrollment, User
from core import clock
from core.database import AnySelect, read_rows
from core.prepared import Rows
from discussion.alike import OWN_VOICES
from discussion.group_models import ThreadGroupMember
from discussion.models import Comment, CommentRevision, CommentSpan
from discussion.participation import ClassLedger, FirstPost, Line, Record, Requirement, Ruling, Setting, Written, assess
from discussion.participation_models import MOST_BOXES, REPLY, ParticipationRequirement, ParticipationRuling
from discussion.queries.discussions import DiscussionRow
from discussion.queries.visibility import ME, stands, voice

MOST_REQUIREMENTS = 50
MOST_STUDENTS = 5_000
MOST_POSTS = 50_000


@cache
def _requirements() -> AnySelect:
    row = ParticipationRequirement
    return (
        select(row.id, row.kind, row.count, row.due_at, row.points)
        .where(row.delivery_id == bindparam("thread"))
        .order_by(row.position, row.id)
        .limit(MOST_REQUIREMENTS)
    )


@cache
def _students(is_one: bool) -> AnySelect:
    """Students of the class, and former ones of whom there is something in the thread."""
    own = (
        select(ThreadGroupMember.group_id)
        .where(ThreadGroupMember.delivery_id == bindparam("thread"), ThreadGroupMember.enrollment_id == Enrollment.id)
        .scalar_subquery()
    )
    wrote = exists().where(Comment.enrollment_id == Enrollment.id, Comment.delivery_id == bindparam("thread"))
    statement = (
        select(Enrollment.id, User.name, Enrollment.state == "removed", func.coalesce(Accommodation.extra_days, 0), own)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(
            Enrollment.section_id == bindparam("section"),
            Enrollment.role == "student",
            or_(Enrollment.state == "active", and_(Enrollment.state == "removed", wrote)),
        )
    )
    if is_one:
        statement = statement.where(Enrollment.id == ME)
    return statement.order_by(Enrollment.state, User.name, Enrollment.id).limit(MOST_STUDENTS)


def _voice() -> ColumnElement[int]:
    """Whose the comment is to a classmate."""
    return voice(knows=false())


def posts_where(*conditions: ColumnElement[bool]) -> AnySelect:
    """What students wrote in threads; a post once for each time that it was changed, with what it was until then."""
    answered, classmate = aliased(Comment), aliased(Enrollment)
    is_students = or_(answered.alias.is_not(None), classmate.role == "student")
    is_classmate = and_(is_students, classmate.id != Comment.enrollment_id)
    return (
        select(
            Comment.delivery_id,
            Comment.enrollment_id,
            Comment.id,
            Comment.created_at,
            Comment.parent_id.is_not(None),
            case((is_classmate, func.coalesce(-answered.alias, classmate.id))),
            exists().where(CommentSpan.comment_id == Comment.id),
            stands(),
            Comment.waits,
            _voice(),
            Comment.group_id,
            CommentRevision.replaced_at,
            CommentRevision.cites,
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .outerjoin(answered, answered.id == Comment.parent_id)
        .outerjoin(classmate, classmate.id == answered.enrollment_id)
        .outerjoin(CommentRevision, CommentRevision.comment_id == Comment.id)
        .where(Enrollment.role == "student", *conditions)
        .order_by(Comment.id, CommentRevision.id)
        .limit(MOST_POSTS)
    )


@cache
def _posts(is_one: bool) -> AnySelect:
    mine = (Comment.enrollment_id == ME,) if is_one else ()
    return posts_where(Comment.delivery_id == bindparam("thread"), *mine)


class Post(NamedTuple):
    """A post as the rules need it: in which thread, by whom, with which voice and for which group."""

    thread: int
    enrollment_id: int
    voice: int
    group_id: int | None
    written: Written


def posts_of(rows: Rows) -> Iterator[Post]:
    """Yield each post of what `posts_where` reads."""
    for _id, versions in groupby(rows, key=itemgetter(2)):
        (thread, who, *details, speaks_as, group, until, cited), *more = versions
        details.append([(until, cited), *[row[-2:] for row in more]] if until is not None else ())
        yield Post(thread, who, speaks_as, group, Written(*details))


def first_posts_where(condition: ColumnElement[bool]) -> AnySelect:
    """The thread and the fields of FirstPost of those who wrote something there that stands, the earliest first.

    Of each thread and group the first few: beside one's own, which no rule counts, as many as a rule can ask for.
    """
    keys = (Comment.delivery_id, Comment.enrollment_id, Comment.alias, Comment.group_id)
    voices = (
        select(*keys, _voice().label("voice"), func.min(Comment.created_at).label("at"))
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .where(condition, Enrollment.role == "student", stands(), ~Comment.waits)
        .group_by(*keys)
        .subquery()
    )
    all_of, earliest = (voices.c.delivery_id, voices.c.group_id), (voices.c["at"], voices.c.voice)
    place = func.row_number().over(partition_by=all_of, order_by=earliest).label("place")
    found = select(voices, place).subquery()
    return (
        select(found.c.delivery_id, found.c.enrollment_id, found.c.voice, found.c.group_id, found.c["at"])
        .where(found.c.place <= MOST_BOXES + OWN_VOICES)
        .order_by(found.c.delivery_id, found.c.group_id, found.c.place)
        .limit(MOST_POSTS)
    )


@cache
def _first_posts() -> AnySelect:
    return first_posts_where(Comment.delivery_id == bindparam("thread"))


def rulings_where(*conditions: ColumnElement[bool]) -> AnySelect:
    """What staff decided in threads: the thread, the student's place in the class, the fields of Ruling."""
    row, asked = ParticipationRuling, ParticipationRequirement
    decision = (row.id, row.requirement_id, row.box, row.comment_id, row.note, User.name, row.ruled_at)
    return (
        select(asked.delivery_id, row.enrollment_id, *decision)
        .join(asked, asked.id == row.requirement_id)
        .join(User, User.id == row.ruled_by_id)
        .where(*conditions)
        .order_by(row.id)
        .limit(MOST_POSTS)
    )


@cache
def _rulings(is_one: bool) -> AnySelect:
    mine = (ParticipationRuling.enrollment_id == ME,) if is_one else ()
    return rulings_where(ParticipationRequirement.delivery_id == bindparam("thread"), *mine)


def list_requirements(delivery_id: int) -> list[Requirement]:
    """Return what a thread asks of each student, in order. The caller has found the thread for the person."""
    return [Requirement(*row) for row in read_rows(_requirements(), {"thread": delivery_id})]


def find_ledger(place: DiscussionRow, requirements: Sequence[Requirement], enrollment_id: int) -> Line | None:
    """Return how one student of the thread's class stands, None if none has this place. Four statements at most."""
    found = _read(place, enrollment_id)
    if not found.students:
        return None
    answers = any(each.kind == REPLY for each in requirements)
    there = read_rows(_first_posts(), {"thread": place.id}) if answers else []
    return _lines(place, requirements, found, [FirstPost(*row[1:]) for row in there])[0]


def read_class_ledger(place: DiscussionRow) -> ClassLedger:
    """Return how every student of the thread's class stands, by name, former ones last. Four statements."""
    requirements, found = list_requirements(place.id), _read(place)
    return ClassLedger(requirements, _lines(place, requirements, found, found.first_posts))


@dataclass(frozen=True)
class _Found:
    """Students, by their places in the class what they wrote and what staff decided, and when they first wrote."""

    students: Rows
    posts: Mapping[int, list[Written]]
    rulings: Mapping[int, list[Ruling]]
    first_posts: Sequence[FirstPost]


def _read(place: DiscussionRow, enrollment_id: int | None = None) -> _Found:
    """Read what there is of one student, or of all. Three statements."""
    is_one = enrollment_id is not None
    of_thread = {"thread": place.id, **({"me": enrollment_id} if is_one else {})}
    students = read_rows(_students(is_one), {**of_thread, "section": place.section_id})
    posts: dict[int, list[Written]] = defaultdict(list)
    first: dict[tuple[int, int, int | None], datetime] = {}
    for each in posts_of(read_rows(_posts(is_one), of_thread)):
        post = each.written
        posts[each.enrollment_id].append(post)
        if post.stands and not post.waits:
            key = (each.enrollment_id, each.voice, each.group_id)
            first[key] = min(first.get(key, post.created_at), post.created_at)
    rulings: dict[int, list[Ruling]] = defaultdict(list)
    for _thread, who, *ruling in read_rows(_rulings(is_one), of_thread):
        rulings[who].append(Ruling(*ruling))
    return _Found(students, posts, rulings, [FirstPost(*key, at) for key, at in first.items()])


def _lines(
    place: DiscussionRow, requirements: Sequence[Requirement], found: _Found, first_posts: Sequence[FirstPost]
) -> list[Line]:
    setting = Setting(place.zone, place.gate, first_posts, clock.now())
    return [
        Line(
            who,
            name,
            bool(is_former),
            assess(
                requirements, Record(who, days, found.posts.get(who, ()), found.rulings.get(who, ()), group), setting
            ),
        )
        for who, name, is_former, days, group in found.students
    ]
