"""What stands out of what a class said in a reading, and which discussions a student is not shown yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Row
from tests.support.recomputed.talks import Thread, stands
from tests.support.recomputed.words import counted

MOST = 6
QUOTED = re.compile(r"^> .*/comments/(\d+)", re.MULTILINE)


class _Heard:
    """The posts that a student is shown, each with who reacted and how many posts quote it."""

    def __init__(self, threads: Sequence[Thread], place: int) -> None:
        shown = [thread for thread in threads if thread.is_open_to(place)]
        self.posts = [post for thread in shown for post in thread.posts if stands(post)]
        self.titles = {post.id: thread.title for thread in shown for post in thread.posts}
        self.quotes = Counter(int(each) for post in self.posts for each in set(QUOTED.findall(post.body)))
        reactions = shown[0].raw.rows("comment_reactions") if shown else []
        self.people = Counter(post for post, _who in {(row.comment_id, row.enrollment_id) for row in reactions})

    def order(self, post: Row) -> tuple[bool, int, int]:
        """Endorsed ones first, then what moved most, then the oldest."""
        return (not post.endorsed_at, -(self.quotes[post.id] + self.people[post.id]), post.id)

    def why(self, post: Row) -> list[str]:
        """The reasons, in words; none: it does not stand out."""
        found = ["Endorsed"] if post.endorsed_at else []
        if quotes := self.quotes[post.id]:
            found.append(f"quoted in {counted(quotes, 'post', 'posts')}")
        if people := self.people[post.id]:
            found.append(f"{counted(people, 'person', 'people')} reacted")
        return found


def expected_said(threads: Sequence[Thread], place: int) -> list[list[object]]:
    """The posts that stand out: which, whose, why, and in which discussion."""
    heard = _Heard(threads, place)
    others = [post for post in heard.posts if post.enrollment_id != place and heard.why(post)]
    first = sorted(others, key=heard.order)[:MOST]
    names = threads[0].raw.names if threads else {}
    return [
        [f"/comments/{post.id}", names[post.enrollment_id], heard.why(post), f"Read it in “{heard.titles[post.id]}”"]
        for post in first
    ]


def told_said(page: Node) -> list[list[object]]:
    """What the page says."""
    found: list[list[object]] = []
    for row in [each for place in page.all("ol", "said") for each in place.all("li")]:
        *why, link = [each for each in row.all("p", "meta")[-1].held if isinstance(each, Node)]
        said = [each.text for each in why]
        found.append([link.one("a").attributes["href"], row.one("p", "by").one("b").text, said, link.text])
    return found


def expected_sealed(threads: Sequence[Thread], place: int) -> list[list[str]]:
    """The discussions that are not open to a student, each with what opens it."""
    return [[thread.title, *_opens(thread, place)] for thread in threads if not thread.is_open_to(place)]


def _opens(thread: Thread, place: int) -> list[str]:
    missing = thread.missing(place)
    if not missing or not thread.may_post(place):
        return []
    if thread.own(place) and missing == 1:
        return ["Opens after one more post of your own."]
    more = "one post" if missing == 1 else f"{missing} more posts"
    return [f"Opens when you have written {more} of your own."]


def told_sealed(page: Node) -> list[list[str]]:
    """What the page says, without the date."""
    rows = [[each.text for each in row.held if isinstance(each, Node)] for row in page.all("p", "sealed-here")]
    return [[each for each in row[1:] if not each.startswith("Opens to everybody on ")] for row in rows]
