"""The page of one thread, shown by several views: as asked for, or with a form that was refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from classroom.topics import person_topic
from core import clock
from core.live import Cursor
from discussion import gates, permissions, queries
from discussion.blanks import BLANK
from discussion.forms import PostForm
from discussion.post_markup import PostWriter
from discussion.posts import SHOWS, Post, Showing, count_posts, lay_out, narrow, show_post, show_posts
from discussion.queries import CommentRow, DiscussionRow
from discussion.threads import nest
from discussion.topics import place_topic, thread_topic
from discussion.views.addresses import reading_url

TEMPLATE = "discussion/thread.html"
SEATS = 9


@dataclass(frozen=True)
class Refusal:
    """A post that was refused: its form, the status of the answer, seconds to wait if it came too soon."""

    form: PostForm
    status: int = 422
    wait: int = 0


def _people(rows: list[CommentRow]) -> int:
    return len({row.enrollment_id for row in rows if not row.gone})


def _find(posts: list[Post], wanted: int | None) -> tuple[Post | None, Post | None]:
    """Return the post to answer and the top post it stands under, if it is there and may be answered."""
    for post in posts:
        for each in (post, *post.replies):
            if each.id == wanted and each.may_answer:
                return each, post
    return None, None


def _rules(place: DiscussionRow, now: datetime) -> dict[str, Any]:
    """Return what the viewer may see and do in the thread now, and what of it is asked for."""
    show = request.args.get("show", "all")
    return {
        "place": place,
        "show": show if show in SHOWS else "all",
        "newest_first": request.args.get("sort") == "newest",
        "gate_open": place.is_open_at(now),
        "posts_missing": gates.posts_missing(place.reader, place.gate),
        "seats": min(place.classmates_posted, SEATS),
        "may_post": permissions.may_post(place, now),
        "may_moderate": permissions.may_moderate(place),
        "may_arrange": permissions.may_arrange(place),
        "is_staff": permissions.is_staff(place),
        "is_closed": permissions.is_closed(place, now),
    }


def thread_page(place: DiscussionRow, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Answer with the whole thread as it exists for the viewer, and the refused form in its place if there is one."""
    now = clock.now()
    rows = queries.list_comments(place, request.args.get("before", type=int))
    passages = queries.list_passages(place.id, place.prompt_id, place.version_id)
    rules = _rules(place, now)
    show, newest_first = rules["show"], rules["newest_first"]
    showing = Showing(place, now, place.zone, reading_url(place), passages.of_comments)
    posts = show_posts(nest(rows, newest_first), showing)
    wanted = refusal.form.parent.data if refusal else request.args.get("reply", type=int)
    reply_to, reply_root = _find(posts, wanted)
    context: dict[str, Any] = {
        "section": {"id": place.section_id, "name": place.section_name},
        "passages": passages.of_prompt,
        "reading_url": reading_url(place),
        "flat": lay_out(narrow(posts, show), reply_root, show == "all" and not newest_first),
        "counts": count_posts(posts, _people(rows)),
        "new_ids": ",".join(str(row.id) for row in rows if not row.is_read and not row.gone),
        "reply_to": reply_to,
        "reply_root": reply_root,
        "form": refusal.form if refusal else BLANK,
        "blank_form": BLANK,
        **rules,
        "cursor": Cursor(now),
        "followed": [thread_topic(place.id), place_topic(place.enrollment_id), person_topic(current_user.id)],
        "thread_ids": queries.list_thread_ids(place.assignment_id),
        "earlier": rows[0].id if len(rows) == queries.MOST_ON_A_PAGE else None,
    }
    page = render_template(TEMPLATE, **context)
    if refusal is None:
        return page
    return page, refusal.status, {"Retry-After": str(refusal.wait)} if refusal.wait else {}


def changed_posts(place: DiscussionRow, comment_ids: Collection[int], now: datetime) -> dict[str, Any]:
    """Return what a fragment of changes shows: these posts, each with the id of what it answers, and the counts."""
    rows = queries.list_some_comments(place, comment_ids) if comment_ids else []
    by_id = {row.id: row for row in rows}
    chips = queries.list_chips_of(comment_ids, place.version_id) if rows else {}
    showing, writer = Showing(place, now, place.zone, reading_url(place), chips), PostWriter(place.zone, now)
    posts = []
    for row in rows:
        if row.id in comment_ids:
            answers = by_id.get(row.parent_id or 0)
            is_said = answers is not None and answers.parent_id is not None
            posts.append((show_post(row, answers if is_said else None, showing, writer), row.parent_id))
    counts, unread = queries.count_thread(place)
    new_ids = ",".join(str(comment_id) for comment_id in unread)
    return {"posts": posts, "counts": counts, "new_ids": new_ids, **_rules(place, now)}
