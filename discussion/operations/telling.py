"""Whom an act in a discussion tells something, in the transaction of the act: one statement each."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Integer, UpdateBase, bindparam, select

from classroom.models import Enrollment
from classroom.operations.notifications import telling
from core import clock
from core.database import AnySelect, connection, write
from discussion.models import Comment, CommentMention

REPLY, MENTION, ENDORSED, HIDDEN = "reply", "mention", "endorsed", "hidden"
"""Kinds of notifications; discussion/notifications.py has their words."""


def _author() -> AnySelect:
    """The author of the comment `of`, to be told about the comment `about`."""
    about = bindparam("about", type_=Integer).label("object_id")
    author = select(Enrollment.user_id, Enrollment.section_id, about)
    return author.join(Comment, Comment.enrollment_id == Enrollment.id).where(Comment.id == bindparam("of"))


@cache
def _answered(dialect: str) -> UpdateBase:
    return telling(dialect, REPLY, _author().where(Enrollment.id != bindparam("by")))


@cache
def _named(dialect: str) -> UpdateBase:
    """Whom the comment `about` names, but not who is told of it as an answer already."""
    named = select(Enrollment.user_id, Enrollment.section_id, CommentMention.comment_id.label("object_id"))
    answered = select(Comment.enrollment_id).where(Comment.id == bindparam("of", type_=Integer))
    named = named.join(CommentMention, CommentMention.enrollment_id == Enrollment.id)
    return telling(
        dialect, MENTION, named.where(CommentMention.comment_id == bindparam("about"), Enrollment.id.not_in(answered))
    )


@cache
def _treated(dialect: str, kind: str) -> UpdateBase:
    """Of two endorsements of one comment the second is no news; of two hidings it is."""
    return telling(dialect, kind, _author().where(Enrollment.user_id != bindparam("by")), again=kind == HIDDEN)


def tell_of_reply(reply_id: int, parent_id: int, enrollment_id: int) -> None:
    """Tell the author of a comment that the person with this place in the class answered it."""
    values = {"about": reply_id, "of": parent_id, "by": enrollment_id, "now": clock.now()}
    write(_answered(connection().dialect.name), values)


def tell_of_mentions(comment_id: int, answered_id: int | None) -> None:
    """Tell the people whom a comment names, each once. `answered_id`: what it answers, whose author knows."""
    values = {"about": comment_id, "of": answered_id, "now": clock.now()}
    write(_named(connection().dialect.name), values)


def tell_of_writing(comment_id: int, answered_id: int | None, enrollment_id: int) -> None:
    """Tell of a comment that others could not see until now: whom it answers, and whom it names."""
    if answered_id is not None:
        tell_of_reply(comment_id, answered_id, enrollment_id)
    tell_of_mentions(comment_id, answered_id)


def tell_of_treatment(kind: str, comment_id: int, by_id: int) -> None:
    """Tell the author of a comment that it was ENDORSED or HIDDEN."""
    values = {"about": comment_id, "of": comment_id, "by": by_id, "now": clock.now()}
    write(_treated(connection().dialect.name, kind), values)
