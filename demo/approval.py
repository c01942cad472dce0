"""A discussion in which staff read what students write before classmates do, from some moment on."""

from __future__ import annotations

from core import clock
from demo.data import read_toml
from demo.threads import Room
from discussion.operations import DeliverySettings, deliver_prompt
from discussion.queries import get_discussion_for


def begin_approval(room: Room) -> None:
    """Change the rules of the one thread in which posts wait, as they were otherwise."""
    plan = read_toml("discussion.toml")["approval"]
    if room.troupe.key != plan["section"]:
        return
    teacher = room.cast.teacher
    with clock.at(room.troupe.calendar.moment(plan["since"])):
        thread = get_discussion_for(teacher, room.given.threads[plan["prompt"]])
        rules = DeliverySettings(
            thread.posts_before_seeing,
            thread.gate_opens_at,
            thread.own_closes_at,
            thread.position,
            thread.anonymity,
            approves_first=True,
        )
        deliver_prompt(teacher, thread.prompt_id, thread.assignment_id, rules)
