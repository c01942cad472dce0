"""What discussions tell people, in words: the gate and hiding apply when they are shown or sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from classroom.fan_outs import SOON
from classroom.models import REMINDERS, REPLIES
from classroom.notifications import Kind, Reader, Told, Words
from core.dates import moment
from core.text import gist
from discussion.operations.telling import ENDORSED, HIDDEN, MENTION, REPLY
from discussion.permissions import is_staff, may_post
from discussion.queries.answers import AnswerRow, list_answers_among
from discussion.queries.discussions import DiscussionRow
from discussion.queries.opened import list_threads_among
from discussion.queries.treated import TreatedRow, list_treated
from discussion.queries.unread import LatestRow, list_meant_for

NEW_PROMPT, PROMPT_CLOSES = "prompt", "prompt_closes"
"""Kinds of notifications about a thread; discussion/jobs.py tells classes of them."""
PERMALINK, THREAD = "comments.permalink", "comments.thread"


def render_posts(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put into words what became of a person's posts and notes. Four statements."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    words = _meant(reader, [*by_kind[REPLY], *by_kind[MENTION]])
    treated = [*by_kind[ENDORSED], *by_kind[HIDDEN]]
    own = {post.comment_id: post for post in list_treated(reader.id, [row.object_id for row in treated])}
    for row in treated:
        said = _TREATED[row.kind](own[row.object_id]) if row.object_id in own else None
        if said is not None:
            words[row.id] = said
    return words


def _meant(reader: Reader, rows: Sequence[Told]) -> dict[int, Words]:
    """Answers to the person, and what names them, in threads and in margins."""
    if not rows:
        return {}
    ids, classes = [row.object_id for row in rows], sorted({row.section_id for row in rows})
    said: list[LatestRow | AnswerRow] = [*list_meant_for(reader.id, classes, ids)]
    said += list_answers_among(reader.id, reader.now, ids)
    found = {each.comment_id: each for each in said}
    return {row.id: _said(row.kind, found[row.object_id]) for row in rows if row.object_id in found}


def _said(kind: str, said: LatestRow | AnswerRow) -> Words:
    name = said.author_name
    if isinstance(said, LatestRow) and kind == MENTION:
        sentence = _("%(name)s mentioned you in “%(prompt)s”", name=name, prompt=said.prompt_title)
    elif isinstance(said, LatestRow):
        sentence = _("%(name)s replied to you in “%(prompt)s”", name=name, prompt=said.prompt_title)
    elif kind == MENTION:
        sentence = _("%(name)s mentioned you in the margin of “%(article)s”", name=name, article=said.article_title)
    else:
        sentence = _("%(name)s replied to you in the margin of “%(article)s”", name=name, article=said.article_title)
    return _said_by(sentence, said)


def _said_by(sentence: str, reply: LatestRow | AnswerRow) -> Words:
    return Words(
        sentence,
        PERMALINK,
        {"comment_id": reply.comment_id},
        detail=gist(reply.body, 160),
        is_seen=not reply.is_new,
        by_staff=reply.author_is_staff,
    )


def _endorsed(post: TreatedRow) -> Words | None:
    if post.endorser_name is None or post.is_hidden:
        return None
    words = {"name": post.endorser_name, "title": post.title}
    if post.is_note:
        return _treated(post, _("%(name)s endorsed your note in “%(title)s”", **words), post.endorsement_reason)
    return _treated(post, _("%(name)s endorsed your post in “%(title)s”", **words), post.endorsement_reason)


def _hidden(post: TreatedRow) -> Words | None:
    if not post.is_hidden:
        return None
    if post.is_note:
        sentence = _("Your note in “%(title)s” was hidden by your instructor", title=post.title)
    else:
        sentence = _("Your post in “%(title)s” was hidden by your instructor", title=post.title)
    return _treated(post, sentence, post.hidden_reason)


def _treated(post: TreatedRow, sentence: str, why: str) -> Words:
    return Words(sentence, PERMALINK, {"comment_id": post.comment_id}, detail=why, by_staff=True)


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
    Kind(MENTION, "at", render_posts, letter=REPLIES),
    Kind(ENDORSED, "pencil", render_posts),
    Kind(HIDDEN, "ban", render_posts),
    Kind(NEW_PROMPT, "talk", render_prompts),
    Kind(PROMPT_CLOSES, "clock", render_prompts, letter=REMINDERS, patience=SOON),
)
