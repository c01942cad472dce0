"""A discussion that is split into groups."""

from __future__ import annotations

import tomllib

from core import clock
from demo.data import FOLDER
from demo.threads import Room
from discussion.operations import Actor, Split, split_thread


def load_groups(room: Room) -> None:
    """Split the thread of the one class that has groups, before anybody writes in it."""
    data = tomllib.loads((FOLDER / "groups.toml").read_text(encoding="utf-8"))
    if room.troupe.key != data["section"]:
        return
    lists = [[room.troupe.enrollments[student] for student in group] for group in data["groups"]]
    with clock.at(room.troupe.calendar.moment(data["split"])):
        teacher = Actor(room.cast.teacher, room.troupe.section_id)
        split_thread(teacher, room.given.threads[data["prompt"]], Split(lists))
