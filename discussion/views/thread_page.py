"""The page of one thread, shown by several views: as asked for, or with a form that was refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from classroom.topics import person_topic
from core import clock
from core.live import Cursor
from core.web import is_fragment_request
from discussion import gates, permissions, queries
from discussion.blanks import BLANK
from discussion.forms import PostForm
from discussion.objections import Objection
from discussion.outlines import SHOWS, SORTS, Part, arrange, count_thread, cut, is_new, narrow, of_group
from discussion.post_markup import PostWriter
from discussion.posts import Post, Showing, lay_out, show_post, show_posts
from discussion.queries import DiscussionRow
from discussion.reactions import reaction_words
from discussion.references import fill
from discussion.threads import Node, nest
from discussion.topics import place_topic, thread_topic
from discussion.views.addresses import reading_url
from discussion.views.quotes import begun_form

TEMPLATE, PART_TEMPLATE = "discussion/thread.html", "discussion/_part.html"
SEATS = 9


@dataclass(frozen=True)
class Refusal:
    """A post that was refused: its form, the status of the answer, seconds to wait if it came too soon."""

    form: PostForm
    status: int = 422
    wait: int = 0


def objected(form: PostForm, against: Objection | None) -> Refusal | None:
    """Say in the form what there is against what was written with it; None if nothing."""
    if against is None:
        return None
    form.body.errors = [against.words]
    return Refusal(form, against.status, against.wait)


def _find(posts: list[Post], wanted: int | None) -> tuple[Post | None, Post | None]:
    """Return the post to answer and the top post it stands under, if it is there and may be answered."""
    for post in posts:
        for each in (post, *post.replies):
            if each.id == wanted and each.may_answer:
                return each, post
    return None, None


def groups_of(place: DiscussionRow) -> dict[int, int]:
    """Return the numbers of a split thread's groups by their ids, for staff, who see all of them."""
    return queries.list_groups(place.id) if place.is_split and permissions.is_staff(place) else {}


def _rules(place: DiscussionRow, now: datetime) -> dict[str, Any]:
    """Return what the viewer may see and do in the thread now, and what of it is asked for."""
    show, sort = request.args.get("show", "all"), request.args.get("sort", "oldest")
    groups = groups_of(place)
    shows = (*SHOWS, *(of_group(each) for each in groups))
    is_staff = permissions.is_staff(place)
    return {
        "place": place,
        "projected": queries.list_projected(place.assignment_id) if is_staff else [],
        "groups": groups,
        "show": show if show in shows else "all",
        "sort": sort if sort in SORTS else "oldest",
        "newest_first": sort == "newest",
        "gate_open": place.is_open_at(now),
        "posts_missing": gates.posts_missing(place.reader, place.gate),
        "seats": min(place.classmates_posted, SEATS),
        "may_post": permissions.may_post(place, now),
        "may_moderate": permissions.may_moderate(place),
        "may_arrange": permissions.may_arrange(place),
        "is_staff": is_staff,
        "is_closed": permissions.is_closed(place, now),
    }


@dataclass(frozen=True)
class _Outline:
    """What a thread holds for the viewer: its branches in the order asked for; `is_whole`: with all of their words."""

    branches: Sequence[Node[Any]]
    is_whole: bool


def _outline(place: DiscussionRow, sort: str) -> _Outline:
    """Read the thread: with all of its words if they are asked for and fit a page, else without any."""
    if "all" in request.args:
        rows = queries.list_comments(place)
        if len(rows) < queries.MOST_ON_A_PAGE:
            return _Outline(arrange(nest(rows), sort), is_whole=True)
    return _Outline(arrange(nest(queries.list_outline(place)), sort), is_whole=False)


def _own_part(place: DiscussionRow) -> dict[str, Any]:
    """Return how the viewer stands with what the thread asks of each student, if they are asked for anything."""
    is_asked = place.asks and place.role == "student"
    asked = queries.list_requirements(place.id) if is_asked else []
    return {"own": queries.find_ledger(place, asked, place.enrollment_id) if is_asked else None}


def _ids(part: Part[Any]) -> list[int]:
    return [each.id for branch in part.branches for each in (branch.comment, *(to.comment for to in branch.replies))]


def _filled(place: DiscussionRow, ids: Sequence[int]) -> list[Node[Any]]:
    """Return the branches that these comments are, in their order, with their words."""
    order = {comment_id: at for at, comment_id in enumerate(ids)}
    return sorted(nest(queries.list_comments(place, ids)), key=lambda branch: order[branch.comment.id])


def _line(branches: Sequence[Node[Any]]) -> int | None:
    """Return the top post before which is said that what follows is new, if something stands before it."""
    first = next((at for at, branch in enumerate(branches) if is_new(branch.comment)), 0)
    return branches[first].comment.id if first else None


def _asked(name: str) -> int | None:
    """Return the id that the address has under this name."""
    return request.args.get(name, type=int)


def thread_page(place: DiscussionRow, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Answer with a part of the thread as it exists for the viewer: the first, or that of the comment asked for.

    A refused form stands in its place, if there is one. To a script the part alone.
    """
    now = clock.now()
    rules = _rules(place, now)
    wanted = refusal.form.parent.data if refusal else _asked("reply") or _asked("quote")
    outline = _outline(place, rules["sort"])
    shown = narrow(outline.branches, rules["show"], place.enrollment_id)
    part = Part(shown) if outline.is_whole else cut(shown, wanted or _asked("at"))
    counts = count_thread(outline.branches, place)
    context = {
        **rules,
        **_posts(rules, part, outline, wanted),
        "counts": counts,
        "fits_a_page": counts.all < queries.MOST_ON_A_PAGE,
        "part": part,
    }
    context["form"] = refusal.form if refusal else begun_form(place, context["reply_to"])
    if is_fragment_request() and refusal is None:
        return render_template(PART_TEMPLATE, **context)
    page = render_template(TEMPLATE, **context, **_around(place, outline, now))
    if refusal is None:
        return page
    return page, refusal.status, {"Retry-After": str(refusal.wait)} if refusal.wait else {}


def _posts(rules: dict[str, Any], part: Part[Any], outline: _Outline, wanted: int | None) -> dict[str, Any]:
    """Return the posts of a part, laid out, with the form for a reply to the post `wanted` if it may be answered."""
    place, ids = rules["place"], _ids(part)
    passages = queries.list_passages(place, None if outline.is_whole else ids)
    reactions = queries.list_reactions(place, None if outline.is_whole else ids)
    url = reading_url(place)
    shared = (place, clock.now(), place.zone, url)
    on_it = {"groups": rules["groups"], "projected": rules["projected"]}
    showing = Showing(*shared, passages.of_comments, reactions, **on_it)
    posts = show_posts(part.branches if outline.is_whole else _filled(place, ids), showing)
    reply_to, reply_root = _find(posts, wanted)
    has_line = rules["show"] == "all" and rules["sort"] == "oldest"
    return {
        "passages": passages.of_prompt,
        "asked_html": fill(place.body_html, passages.in_prompt, url),
        "flat": lay_out(posts, reply_root, _line(outline.branches) if has_line else None),
        "reply_to": reply_to,
        "reply_root": reply_root,
        "said": reactions.get(reply_to.id, {}) if reply_to else {},
        "reaction_words": reaction_words(),
    }


def _around(place: DiscussionRow, outline: _Outline, now: datetime) -> dict[str, Any]:
    """Return what a page has around its posts."""
    every = [each for branch in outline.branches for each in (branch, *branch.replies)]
    unread = (node.comment.id for node in every if not node.comment.is_read and not node.comment.gone)
    return {
        **_own_part(place),
        "section": {"id": place.section_id, "name": place.section_name},
        "reading_url": reading_url(place),
        "newest": max(unread, default=None),
        "just_projected": (_asked("projected"), _asked("instead")),
        "blank_form": BLANK,
        "cursor": Cursor(now),
        "followed": [thread_topic(place.id), place_topic(place.enrollment_id), person_topic(current_user.id)],
        "thread_ids": queries.list_thread_ids(place.assignment_id),
    }


def changed_posts(place: DiscussionRow, comment_ids: Collection[int], now: datetime) -> dict[str, Any]:
    """Return what a fragment of changes shows: these posts, each with the id of what it answers, and the counts."""
    rows = queries.list_some_comments(place, comment_ids) if comment_ids else []
    by_id = {row.id: row for row in rows}
    chips = queries.list_chips_of(comment_ids, place.version_id) if rows else {}
    reactions = queries.list_reactions(place, sorted(comment_ids)) if rows else {}
    rules = _rules(place, now)
    on_it = {"groups": rules["groups"], "projected": rules["projected"]}
    showing = Showing(place, now, place.zone, reading_url(place), chips, reactions, **on_it)
    writer = PostWriter(place.zone, now)
    posts = []
    for row in rows:
        if row.id in comment_ids:
            answers = by_id.get(row.parent_id or 0)
            is_said = answers is not None and answers.parent_id is not None
            posts.append((show_post(row, answers if is_said else None, showing, writer), row.parent_id))
    counts, newest = queries.count_thread(place)
    return {"posts": posts, "counts": counts, "newest": newest, **rules, **_own_part(place)}
