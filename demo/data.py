"""The demonstration's data files, read into plain values."""

from __future__ import annotations

import base64
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from classroom.allowances import Allowance

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Person:
    """Somebody with an account of this role, named by an e-mail address or a username; no `time_zone`: the class's."""

    key: str
    name: str
    email: str | None = None
    username: str | None = None
    role: str = "student"
    time_zone: str = ""


@dataclass(frozen=True)
class LabelPlan:
    """A label and the keys of those who have it."""

    name: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class SectionPlan:
    """A class: its name, its zone, its students, the keys of its assistants and of its further instructors, and what
    some students have of their own."""

    key: str
    name: str
    time_zone: str
    assistants: tuple[str, ...]
    instructors: tuple[str, ...]
    students: tuple[Person, ...]
    allowances: dict[str, Allowance]
    labels: tuple[LabelPlan, ...]


@dataclass(frozen=True)
class People:
    """Everybody, and who is in which class. `others` have an account and no work of their own."""

    instructor: Person
    others: tuple[Person, ...]
    sections: tuple[SectionPlan, ...]


@dataclass(frozen=True)
class QuestionPlan:
    """A question; `content` is what the type's module reads, before places and fractions are worked out.

    `tags` are its author's words for finding and drawing it.
    """

    key: str
    type: str
    points: str
    anchor: str
    stem: str
    general_feedback: str
    content: dict[str, Any]
    tags: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class AttemptPlan:
    """One go at the quiz. `minutes` until it was handed in; 0: it is still open.

    `levels` are the numbers of the rubric's levels that a grader chose; a grade that is a `draft` is not released.
    `again`: the questions, by number, that were tried again after re-reading, then right.
    """

    student: str
    started: str
    minutes: int
    pattern: str
    seoul: str = ""
    points: str | None = None
    comment: str = ""
    levels: tuple[int, ...] = ()
    draft: bool = False
    again: tuple[int, ...] = ()


@dataclass(frozen=True)
class RegradePlan:
    """A decision about how a question is scored. `accepts`: what its accepted answers earn after an edit before it."""

    question: str
    policy: str
    why: str
    moment: str
    undone: str = ""
    accepts: tuple[float, ...] = ()


@dataclass(frozen=True)
class ReadingPlan:
    """The reading in one class. `minutes`: the time limit, 0 for none; `layout`: "all" or "one" on a page.
    `pause_hours` pass between two attempts; `second_try` is its credit in per cent, 0 for none; with `hides_names`
    whoever grades by hand sees no names."""

    opens: str
    due: str
    closes: str
    late_credit: int
    attempts_allowed: int
    minutes: int
    layout: str
    pause_hours: int
    certainty: str
    second_try: int
    hides_names: bool
    attempts: tuple[AttemptPlan, ...]
    regrades: tuple[RegradePlan, ...]


@dataclass(frozen=True)
class LentPlan:
    """What a co-instructor (the key of `owner`) has on a text of their own and shares."""

    owner: str
    title: str
    text: str
    questions: tuple[QuestionPlan, ...]


@dataclass(frozen=True)
class SecondPlan:
    """A second quiz in one class, from the moment `given`: its own questions, then `many` drawn from a tag.

    `spare` are the questions to draw from, kept in a draft; `rules` are the names and values of DeliveryRules;
    `regrade` is what became of one of them.
    """

    section: str
    title: str
    given: str
    rules: dict[str, Any]
    tag: str
    many: int
    points: str
    store: str
    questions: tuple[QuestionPlan, ...]
    spare: tuple[QuestionPlan, ...]
    lent: LentPlan
    answers: dict[str, dict[str, Any]]
    attempts: tuple[AttemptPlan, ...]
    regrade: RegradePlan


@dataclass(frozen=True)
class PromptPlan:
    """A prompt, and its rules in each class as DeliverySettings names them."""

    key: str
    title: str
    body: str
    cites: tuple[str, ...]
    rules: dict[str, Any]


def read_article() -> str:
    """The article's text, in Markdown with its title as the first heading and its picture within."""
    picture = base64.b64encode((FOLDER / "timeline.png").read_bytes()).decode("ascii")
    text = (FOLDER / "article.md").read_text(encoding="utf-8")
    return text.replace("(timeline.png)", f"(data:image/png;base64,{picture})")


def read_people() -> People:
    """Everybody."""
    data = read_toml("people.toml")
    sections = [
        SectionPlan(
            row["key"],
            row["name"],
            row["time_zone"],
            tuple(row["assistants"]),
            tuple(row["instructors"]),
            tuple(Person(**student) for student in row["students"]),
            {each.pop("student"): Allowance(**each) for each in row.get("allowance", ())},
            tuple(LabelPlan(each["name"], tuple(each["students"])) for each in row.get("label", ())),
        )
        for row in data["section"]
    ]
    others = tuple(Person(**row) for row in data["person"])
    return People(Person(**data["instructor"]), others, tuple(sections))


def read_quiz() -> tuple[str, tuple[QuestionPlan, ...]]:
    """The quiz's title and its questions in order."""
    data = read_toml("quiz.toml")
    return data["title"], questions_of(data["question"])


def read_second() -> SecondPlan:
    """The second quiz, with what is drawn and what is lent."""
    data = read_toml("second.toml")
    lent = data["lent"]
    return SecondPlan(
        section=data["section"],
        title=data["title"],
        given=data["given"],
        rules=data["rules"],
        **data["draws"],
        store=data["store"]["title"],
        questions=questions_of(data["question"]),
        spare=questions_of(data["spare"]),
        lent=LentPlan(lent["owner"], lent["title"], lent["text"].strip(), questions_of(lent["question"])),
        answers=data["answers"],
        attempts=tuple(AttemptPlan(**row) for row in data["attempt"]),
        regrade=RegradePlan(**data["regrade"]),
    )


def read_reading(section: str) -> ReadingPlan:
    """What one class does with the article and the quiz."""
    data = read_toml("attempts.toml")["section"][section]
    rows, regrades = data.pop("attempt"), data.pop("regrade", ())
    return ReadingPlan(
        **data,
        attempts=tuple(AttemptPlan(**row) for row in rows),
        regrades=tuple(RegradePlan(**row) for row in regrades),
    )


def read_answers() -> dict[str, dict[str, Any]]:
    """For each question (its key), what the signs of a pattern stand for: right, common, partly, other."""
    answers: dict[str, dict[str, Any]] = read_toml("attempts.toml")["answers"]
    return answers


def read_prompts() -> tuple[PromptPlan, ...]:
    """The prompts in order."""
    plain: dict[str, Any] = {"cites": (), "rules": {}}
    rows = [*read_toml("discussion.toml")["prompt"], read_toml("long_thread.toml")["prompt"]]
    return tuple(PromptPlan(**{**plain, **row, "body": row["body"].strip()}) for row in rows)


def questions_of(rows: list[dict[str, Any]]) -> tuple[QuestionPlan, ...]:
    """The questions of a file in order."""
    return tuple(QuestionPlan(**{**row, "tags": tuple(row["tags"])}) for row in rows)


def read_toml(name: str) -> dict[str, Any]:
    """One of the files of the demonstration."""
    return tomllib.loads(_text(name))


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
