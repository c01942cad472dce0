"""What is said in the discussions of the demonstration, as written in its files."""

from __future__ import annotations

from dataclasses import dataclass

from demo.data import read_toml


@dataclass(frozen=True)
class PostPlan:
    """A comment or, with `answers`, a reply. `endorsed`, `hidden` and `flagged` hold the reason."""

    key: str
    section: str
    prompt: str
    author: str
    moment: str
    body: str
    answers: str | None = None
    endorsed: str = ""
    hidden: str = ""
    deleted: bool = False
    anonymous: bool = False
    waits: bool = False
    flagged: dict[str, str] | None = None


@dataclass(frozen=True)
class VisitPlan:
    """Somebody who reads a thread up to a moment, without writing."""

    section: str
    prompt: str
    person: str
    moment: str


def read_posts() -> tuple[PostPlan, ...]:
    """All posts of all classes, in the file's order."""
    return tuple(PostPlan(**{**row, "body": row["body"].strip()}) for row in read_toml("discussion.toml")["post"])


def read_visits() -> tuple[VisitPlan, ...]:
    """Who read without writing."""
    return tuple(VisitPlan(**row) for row in read_toml("discussion.toml")["visit"])
