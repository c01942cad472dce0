"""What discussions tell people, in words: the gate and hiding apply when they are shown or sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from flask_babel import gettext as _

from classroom.fan_outs import SOON
from classroom.models import REMINDERS, REPLIES
from classroom.notifications import Kind, Reader, Told, Words
from core.dates import moment
from discussion.operations.telling import ENDORSED, HIDDEN, REPLY
from discussion.permissions import is_staff, may_post
from discussion.queries.discussions import DiscussionRow
from discussion.queries.opened import list_threads_among
from discussion.queries.treated import TreatedRow, list_treated
from discussion.queries.unread import LatestRow, list_replies_to

NEW_PROMPT, PROMPT_CLOSES = "prompt", "prompt_closes"
"""Kinds of notifications about a thread; discussion/jobs.py tells classes of them."""
PERMALINK, THREAD = "comments.permalink", "comments.thread"


def render_posts(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put into words what became of a person's posts. Three statements."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    words = dict(_replies(reader, by_kind[REPLY]))
    treated = [*by_kind[ENDORSED], *by_kind[HIDDEN]]
    own = {post.comment_id: post for post in list_treated(reader.id, [row.object_id for row in treated])}
    for row in treated:
        said = _TREATED[row.kind](own[row.object_id]) if row.object_id in own else None
        if said is not None:
            words[row.id] = said
    return words


def _replies(reader: Reader, rows: Sequence[Told]) -> Iterator[tuple[int, Words]]:
    if not rows:
        return
    classes = sorted({row.section_id for row in rows})
    found = list_replies_to(reader.id, classes, len(rows), [row.object_id for row in rows])
    replies = {reply.comment_id: reply for reply in found}
    for row in rows:
        if row.object_id in replies:
            yield row.id, _replied(replies[row.object_id])


def _replied(reply: LatestRow) -> Words:
    return Words(
        _("%(name)s replied to you in “%(prompt)s”", name=reply.author_name, prompt=reply.prompt_title),
        PERMALINK,
        {"comment_id": reply.comment_id},
        detail=reply.body,
        is_seen=not reply.is_new,
        by_staff=reply.author_is_staff,
    )


def _endorsed(post: TreatedRow) -> Words | None:
    if post.endorser_name is None or post.is_hidden:
        return None
    return Words(
        _("%(name)s endorsed your post in “%(prompt)s”", name=post.endorser_name, prompt=post.prompt_title),
        PERMALINK,
        {"comment_id": post.comment_id},
        detail=post.endorsement_reason,
        by_staff=True,
    )


def _hidden(post: TreatedRow) -> Words | None:
    if not post.is_hidden:
        return None
    return Words(
        _("Your post in “%(prompt)s” was hidden by your instructor", prompt=post.prompt_title),
        PERMALINK,
        {"comment_id": post.comment_id},
        detail=post.hidden_reason,
        by_staff=True,
    )


def render_prompts(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put prompts into words: new ones, and those that close before the student has written. One statement."""
    threads = list_threads_among(reader.id, reader.now, sorted({row.object_id for row in rows}))
    words = {}
    for row in rows:
        thread = threads.get(row.object_id)
        said = _PROMPTS[row.kind](thread, reader) if thread and not is_staff(thread) else None
        if said is not None:
            words[row.id] = said
    return words


def _is_new(thread: DiscussionRow, reader: Reader) -> Words:
    sentence = _("New prompt on “%(article)s”: “%(prompt)s”", article=thread.article_title, prompt=thread.title)
    is_seen = thread.own_posts > 0 or not may_post(thread, reader.now)
    return Words(sentence, THREAD, {"delivery_id": thread.id}, is_seen=is_seen)


def _closes(thread: DiscussionRow, reader: Reader) -> Words | None:
    if thread.own_posts or thread.closes_at is None or not may_post(thread, reader.now):
        return None
    when = moment(thread.closes_at, thread.zone, reader.time_zone)
    sentence = _("“%(prompt)s” closes %(when)s, and your post is missing", prompt=thread.title, when=when)
    return Words(sentence, THREAD, {"delivery_id": thread.id}, until=thread.closes_at)


_PROMPTS: Mapping[str, Callable[[DiscussionRow, Reader], Words | None]] = {
    NEW_PROMPT: _is_new,
    PROMPT_CLOSES: _closes,
}
_TREATED: Mapping[str, Callable[[TreatedRow], Words | None]] = {ENDORSED: _endorsed, HIDDEN: _hidden}
KINDS = (
    Kind(REPLY, "reply", render_posts, letter=REPLIES),
    Kind(ENDORSED, "pencil", render_posts),
    Kind(HIDDEN, "ban", render_posts),
    Kind(NEW_PROMPT, "talk", render_prompts),
    Kind(PROMPT_CLOSES, "clock", render_prompts, letter=REMINDERS, patience=SOON),
)
