"""What a prompt asks of each student, and a box that was granted and one that was taken away."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from core import clock
from core.points import POINT
from demo.data import FOLDER
from demo.threads import Room
from discussion.operations import Actor, RulingDraft, rule, set_requirements
from discussion.participation import Requirement
from discussion.queries import list_requirements


def load_taking_part(room: Room, comments: Mapping[str, int]) -> None:
    """Set the rule of the one class that has one. `comments`: the ids of its posts by key."""
    data = tomllib.loads((FOLDER / "taking_part.toml").read_text(encoding="utf-8"))
    if room.troupe.key != data["section"]:
        return
    moment, thread = room.troupe.calendar.moment, room.given.threads[data["prompt"]]
    teacher = Actor(room.cast.teacher, room.troupe.section_id)
    wanted = [
        Requirement(0, each["kind"], each["count"], moment(each["until"]), each["points"] * POINT)
        for each in data["asks"]
    ]
    with clock.at(moment(data["set"])):
        set_requirements(teacher, thread, wanted)
    asked = [each.id for each in list_requirements(thread)]
    with clock.at(moment(data["decided"])):
        for each in data["grants"]:
            student = room.troupe.enrollments[each["student"]]
            rule(teacher, thread, RulingDraft(asked[each["asked"]], student, each["note"], box=1))
        for each in data["voids"]:
            post, author = comments[each["post"]], room.troupe.enrollments[each["author"]]
            rule(teacher, thread, RulingDraft(asked[each["asked"]], author, each["note"], comment_id=post))
