"""What people do on Colloquy's pages, as a browser does it. Each visit returns the bytes that came back."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import count

from bench.browser import Answer, Visitor
from bench.colloquy.seed import Filled
from bench.sizes import COMMENT

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
RIGHT = "a"  # the key of every question's right option

_numbers = count(1_000)


@dataclass(frozen=True)
class Member:
    """Somebody signed in, with the token that their pages carry."""

    visitor: Visitor
    token: str

    def post(self, path: str, fields: dict[str, str], *, fragment: bool = False) -> Answer:
        """Send a form as the page does, or in the background as its script does."""
        headers = {"X-CSRFToken": self.token, "X-Fragment": "1"} if fragment else {}
        return self.visitor.post(path, {"csrf_token": self.token, **fields}, headers)


def sign_in(visitor: Visitor, username: str, password: str) -> Member:
    """Sign in through the page. Raises AssertionError when it does not let the person in."""
    token = visitor.get("/login").token()
    answer = visitor.post("/login", {"csrf_token": token, "username": username, "password": password})
    assert answer.status == 303, f"signing in as {username}: status {answer.status}"
    return Member(visitor, visitor.get("/account").token())


def start(member: Member, filled: Filled) -> tuple[str, Answer]:
    """Start an attempt, or go on with the one in progress; its path and its page."""
    started = member.post(f"/deliveries/{filled.quiz_delivery}/attempts", {})
    if started.status == 303:
        return started.location, _expect(200, member.visitor.get(started.location))
    return started.location, _expect(201, started)


def whole_attempt(member: Member, filled: Filled) -> int:
    """Start, give ten answers, look them over, hand in."""
    path, page = start(member, filled)
    saved = _expect(303, member.post(f"{path}/responses", answers_on(page) | {"go": "check"}))
    check = _expect(200, member.visitor.get(saved.location))
    return sum(len(answer.body) for answer in (page, saved, check)) + hand_in(member, path)


def attempt_saved_one_by_one(member: Member, filled: Filled) -> int:
    """The same, every answer saved by the page's script as soon as it is given."""
    path, page = start(member, filled)
    fields = answers_on(page)
    received = len(page.body)
    for name in fields:
        if name.startswith("answer-"):
            received += save_one(member, path, fields, name)
    check = _expect(200, member.visitor.get(f"{path}/check"))
    return received + len(check.body) + hand_in(member, path)


def save_one(member: Member, path: str, fields: dict[str, str], name: str) -> int:
    """Save one answer of a page as its script does."""
    item = name.removeprefix("answer-")
    sent = {name: fields[name], "writer": fields["writer"], f"revision-{item}": fields[f"revision-{item}"]}
    return len(_expect(200, member.post(f"{path}/responses/{item}", sent, fragment=True)).body)


def hand_in(member: Member, path: str) -> int:
    """Hand an attempt in."""
    return len(_expect(303, member.post(f"{path}/submission", {})).body)


def answers_on(page: Answer) -> dict[str, str]:
    """The page's form with the right option chosen everywhere."""
    fields: dict[str, str] = {}
    for field in FIELD.findall(page.text):
        attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(field)}
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if name == "writer" or name.startswith("revision-") or (name.startswith("answer-") and value == RIGHT):
            fields.setdefault(name, value)
    assert sum(name.startswith("answer-") for name in fields) == 10, "the page does not show its ten questions"
    return fields


def read(member: Member, path: str) -> int:
    """Open a page."""
    return len(_expect(200, member.visitor.get(path)).body)


def reply(member: Member, filled: Filled) -> int:
    """Post a comment as the page's script does; never the same words twice."""
    fields = {"body": COMMENT.format(number=next(_numbers))}
    return len(_expect(200, member.post(f"/discussions/{filled.thread}/comments", fields, fragment=True)).body)


def _expect(status: int, answer: Answer) -> Answer:
    assert answer.status == status, f"status {answer.status}, not {status}: {answer.text[:2000]}"
    return answer
