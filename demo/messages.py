"""What staff wrote to single students."""

from __future__ import annotations

from core import clock
from demo.data import read_toml
from demo.threads import Room
from results.message_operations import NewMessage, write_to
from results.operations import Actor


def load_messages(room: Room) -> None:
    """Send what the teacher wrote to students of this class."""
    for each in read_toml("messages.toml")["message"]:
        if each["section"] == room.troupe.key:
            student = room.troupe.enrollments[each["student"]]
            with clock.at(room.troupe.calendar.moment(each["moment"])):
                words = NewMessage(room.given.assignment_id, each["body"].strip())
                write_to(Actor(room.cast.teacher, room.troupe.section_id), [student], words)
