"""The page of one thread, shown by several views: as asked for, or with a form that was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from core import clock
from discussion import gates, permissions, queries
from discussion.forms import BLANK, PostForm
from discussion.posts import SHOWS, Post, Showing, count_posts, lay_out, narrow, show_posts
from discussion.queries import CommentRow, DiscussionRow
from discussion.threads import nest
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
    """Return what the viewer may see and do in the thread now."""
    return {
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
    newest_first = request.args.get("sort") == "newest"
    showing = Showing(place, now, place.zone, reading_url(place), passages.of_comments)
    posts = show_posts(nest(rows, newest_first), showing)
    show = request.args.get("show", "all")
    wanted = refusal.form.parent.data if refusal else request.args.get("reply", type=int)
    reply_to, reply_root = _find(posts, wanted)
    context: dict[str, Any] = {
        "place": place,
        "section": {"id": place.section_id, "name": place.section_name},
        "passages": passages.of_prompt,
        "reading_url": reading_url(place),
        "flat": lay_out(narrow(posts, show), reply_root, show == "all" and not newest_first),
        "counts": count_posts(posts, _people(rows)),
        "new_ids": ",".join(str(row.id) for row in rows if not row.is_read and not row.gone),
        "show": show if show in SHOWS else "all",
        "newest_first": newest_first,
        "reply_to": reply_to,
        "reply_root": reply_root,
        "form": refusal.form if refusal else BLANK,
        "blank_form": BLANK,
        **_rules(place, now),
        "thread_ids": queries.list_thread_ids(place.assignment_id),
        "earlier": rows[0].id if len(rows) == queries.MOST_ON_A_PAGE else None,
    }
    page = render_template(TEMPLATE, **context)
    if refusal is None:
        return page
    return page, refusal.status, {"Retry-After": str(refusal.wait)} if refusal.wait else {}
