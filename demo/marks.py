"""Reactions to posts, pins, and what is on the projector."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from core import clock
from demo.data import FOLDER
from demo.threads import Room
from discussion.models import REACTIONS
from discussion.operations import Actor, pin_comment, project_comment, react


def load_marks(room: Room, comments: Mapping[str, int], threads: Mapping[str, int]) -> None:
    """Put on the posts of one class what its people and its teacher put there.

    `comments` and `threads`: the ids of its posts and of where each stands, by the posts' keys.
    """
    data = tomllib.loads((FOLDER / "marks.toml").read_text(encoding="utf-8"))
    with clock.at(room.troupe.calendar.moment("-1d 12:00")):
        for kind in REACTIONS:
            for key, people in data[kind].items():
                for person in people if key in comments else ():
                    react(room.troupe.enrollments[person], threads[key], comments[key], kind)
        for key in data["pinned"]:
            if key in comments:
                pin_comment(Actor(room.cast.teacher, room.troupe.section_id), comments[key])
        for key in data["projected"]:
            if key in comments:
                project_comment(room.given.assignment_id, comments[key])
