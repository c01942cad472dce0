"""What is said in the discussions of the demonstration, as written in its files."""

from __future__ import annotations

from dataclasses import dataclass

from demo.data import read_toml


@dataclass(frozen=True)
class PostPlan:
    """A comment or, with `answers`, a reply. `endorsed`, `hidden` and `flagged` hold the reason.

    `waits`: for approval, and staff have given it where it is `approved`.
    """

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
    approved: bool = False
    flagged: dict[str, str] | None = None


@dataclass(frozen=True)
class VisitPlan:
    """Somebody who reads a thread up to a moment, without writing."""

    section: str
    prompt: str
    person: str
    moment: str


def read_posts() -> tuple[PostPlan, ...]:
    """All posts of all classes, in the files' order."""
    rows = read_toml("discussion.toml")["post"]
    return tuple(PostPlan(**{**row, "body": row["body"].strip()}) for row in rows) + _read_long()


def _read_long() -> tuple[PostPlan, ...]:
    """The posts of the thread that is longer than a page; each names the line that it answers."""
    data = read_toml("long_thread.toml")
    section, prompt = data["section"], data["prompt"]["key"]
    return tuple(
        PostPlan(
            f"k{at}", section, prompt, line["by"], line["at"], line["says"], f"k{line['to']}" if "to" in line else None
        )
        for at, line in enumerate(data["posts"], 1)
    )


def read_visits() -> tuple[VisitPlan, ...]:
    """Who read without writing."""
    return tuple(VisitPlan(**row) for row in read_toml("discussion.toml")["visit"])
