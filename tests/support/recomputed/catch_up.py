"""What one student has to catch up on in a reading: what is to do, which points were lost; and what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.gradebook import Book
from tests.support.recomputed.page import Node
from tests.support.recomputed.releases import is_out, is_settled, may_start, tells_right, tells_score
from tests.support.recomputed.said import expected_said, expected_sealed, told_said, told_sealed
from tests.support.recomputed.talks import Thread, threads_of
from tests.support.recomputed.words import counted, in_words, points

DATES = re.compile(r"Due |Was due |Open until |Late work counts ")
WHOLE = 10_000_000_000
Figures = dict[str, Any]
ASKED = {
    "post": ("post of your own", "posts of your own"),
    "cited": ("post that cites a sentence", "posts that cite a sentence"),
}
MESSAGES = {
    "Load this page again": "later", "You have handed this in": "no score", "No points lost so far": "none so far",
    "No points lost": "none", "You have handed nothing in": "missing",
}  # fmt: skip


class Own:
    """How a student stands with one quiz."""

    def __init__(self, book: Book, sat: Sat, place: int) -> None:
        self.sat, self.place, self.goes = sat, place, sat.goes(place)
        decisions = book.decisions(place, f"quiz-{sat.delivery.id}")
        is_told = is_out(sat, sat.delivery.release_score)
        self.is_excused = bool(decisions) and decisions[-1].kind == "excuse" and is_told
        self.is_running = any(not go.is_in for go in self.goes)
        self.title = str(sat.raw.by_id("quizzes")[sat.delivery.quiz_id].title)

    @property
    def go(self) -> Go | None:
        """The attempt that is told of: that which counts among those with a score to tell, else the last."""
        done, rule = [go for go in self.goes if go.is_in], self.sat.delivery.which_counts
        told = [go for go in done if tells_score(self.sat, go)]
        if told and rule == "first":
            return told[0]
        if told and rule == "highest":
            return max(told, key=lambda go: (go.credited, -go.row.number))
        return (told or done)[-1] if done else None

    @property
    def is_to_do(self) -> bool:
        """Whether something can be handed in that is not."""
        can = may_start(self.sat, self.place)
        return self.is_running or (self.go is None and can and not self.is_excused)

    @property
    def begun(self) -> str:
        """Whether an attempt is in progress, in words."""
        return "Started" if self.is_running else "Not started"

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in, and nothing can be."""
        return self.go is None and not self.is_to_do and not self.is_excused

    def lost(self) -> Iterator[list[str]]:
        """The questions that lost points, as far as that may be told."""
        go = self.go
        if go is None or not tells_right(self.sat, go):
            return
        for number, item in enumerate(go.worth, 1):
            row = go.all_answers[item]
            if row.dropped or row.fraction is None or row.fraction == WHOLE or not self.sat.has_key(item):
                continue
            counts, worth = go.counted(item), go.worth[item]
            if counts is not None and counts < worth:
                state = "Partly right" if row.fraction > 0 else "Not yet"
                yield [str(number), state, f"{points(counts)} of {points(worth)}"]


def _facts(own: Own, go: Go) -> list[str]:
    found = [f"Attempt {go.row.number}"] if len(own.goes) > 1 else []
    found += ["Handed in late"] if go.is_late else []
    if tells_score(own.sat, go):
        found.append(f"{points(go.credited)} of {points(go.maximum)} points")
    return found


def _message(own: Own, go: Go, lost: list[list[str]]) -> str:
    if not is_settled(go):
        return "later"
    if not tells_score(own.sat, go):
        return "no score"
    if not tells_right(own.sat, go):
        return "not yet right"
    return "" if lost else ("none so far" if go.waits else "none")


def _looked_at(own: Own) -> Figures:
    go, lost = own.go, list(own.lost())
    if go is None:
        return {"facts": ["Not handed in"], "message": "missing", "lost": []}
    return {"facts": _facts(own, go), "message": _message(own, go, lost), "lost": lost}


def _asks(thread: Thread, place: int) -> list[str]:
    found = []
    for ask, standing in zip(thread.asks, thread.standings(place), strict=True):
        if standing.state == "open":
            found.append(f"{counted(ask.count, *ASKED[ask.kind])}: {standing.ticked} of {standing.boxes}")
    return found


def _talk_to_do(thread: Thread, place: int) -> list[Any] | None:
    asks, missing = _asks(thread, place), thread.missing(place)
    if not thread.may_post(place) or (thread.own(place) and not asks and not missing):
        return None
    if not thread.own(place):
        return [thread.title, ["Not answered yet"], asks]
    opens = [f"Others’ posts open after {missing} more of yours"] if missing else []
    return [thread.title, ["You have posted", *opens], asks]


def expected_catch_up(book: Book, sats: list[Sat], assignment: int, place: int) -> Figures:
    """The page."""
    owns = [Own(book, sat, place) for sat in sats]
    to_do: list[Any] = [[own.title, [own.begun], []] for own in owns if own.is_to_do]
    threads = threads_of(book.raw, assignment)
    to_do += [each for thread in threads if (each := _talk_to_do(thread, place))]
    looked = [own for own in owns if own.go or own.is_missing]
    lost = sum(len(list(own.lost())) for own in owns)
    is_told = all(own.go is not None and tells_right(own.sat, own.go) for own in looked)
    said, sealed = expected_said(threads, place), expected_sealed(threads, place)
    is_all_done = is_told and not (to_do or lost or said or sealed)
    return {
        "lead": _lead(len(to_do), lost, is_all_done=is_all_done),
        "to do": to_do,
        "quizzes": {own.title: _looked_at(own) for own in looked},
        "said": said,
        "sealed": sealed,
    }


def _lead(to_do: int, lost: int, *, is_all_done: bool) -> str:
    if is_all_done:
        return "You are where the class is. What comes up in this reading later appears here."
    done = "One thing is still to do." if to_do == 1 else f"{in_words(to_do).capitalize()} things are still to do."
    said = done if to_do else "Everything that can be done here is done."
    if lost == 1:
        return f"{said} One question is worth another look."
    return f"{said} {in_words(lost).capitalize()} questions are worth another look." if lost else said


def told_catch_up(page: Node) -> Figures:
    """What the page says."""
    found: Figures = {"lead": page.one("p", "lead").text, "to do": [], "quizzes": {}}
    found |= {"said": told_said(page), "sealed": told_sealed(page)}
    for place in page.all("ol", "list"):
        for row in place.all("li"):
            if row.all("h3"):
                asks = [re.split(r", until ", each.text)[0] for each in row.all("li")]
                told = [each.text for each in row.one("p", "meta").held if isinstance(each, Node)]
                states = [each for each in told if not DATES.match(each)]
                found["to do"].append([row.one("h3").text, states, asks])
    for place in page.all("div", "looked-at"):
        title, *facts = [each.text for each in place.one("p", "meta").held if isinstance(each, Node)]
        rows = [row for each in place.all("ol", "feedback") for row in each.all("li") if row.all("div", "q-head")]
        lost = [
            [
                row.one("span", "qn").text,
                row.one("div", "q-head").one("span", "state").text,
                row.one("span", "pts").text,
            ]
            for row in rows
        ]
        said = [each.text for each in place.held if isinstance(each, Node) and "prose" in each.classes]
        found["quizzes"][title] = {"facts": facts, "message": _kind(said), "lost": lost}
    return found


def _kind(said: list[str]) -> str:
    if not said:
        return ""
    return next((kind for words, kind in MESSAGES.items() if words in said[0]), "not yet right")
