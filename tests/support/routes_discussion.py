"""Who may do what: prompts, threads, notes in the margin and what staff do to them."""

from __future__ import annotations

from dataclasses import replace

from tests.support.route_access import AUTHOR, AUTHOR_OF_COMMENT, MEMBERS, SIGNED_IN, STAFF, STUDENTS, Access, access
from tests.support.route_values import a_lost_note, a_note, classmates_place, thread

DISCUSSION: dict[str, Access] = {
    # Discussion.
    "prompts.index": AUTHOR,
    "prompts.new": AUTHOR,
    "prompts.edit": AUTHOR,
    "prompts.confirm_deletion": AUTHOR,
    "prompts.delete": AUTHOR,
    "prompts.deliver": AUTHOR,
    "prompts.withdraw": AUTHOR,
    "comments.index": MEMBERS,
    "comments.thread": MEMBERS.given(values=thread),
    "comments.create": MEMBERS.given(values=thread),
    "comments.preview": MEMBERS.given(values=thread),
    "comments.mark_read": MEMBERS.given(values=thread),
    "comments.permalink": MEMBERS,
    "comments.edit": AUTHOR_OF_COMMENT,
    "comments.save": AUTHOR_OF_COMMENT,
    "comments.confirm_deletion": AUTHOR_OF_COMMENT,
    "comments.delete": AUTHOR_OF_COMMENT,
    "marks.react": access("classmate instructor assistant", "student").given({"kind": "agree"}),
    "marks.take_back": access("classmate instructor assistant", "student").given({"kind": "agree"}),
    "marks.pin": STAFF,
    "marks.unpin": STAFF,
    "live.person": SIGNED_IN,
    "live.reading": MEMBERS,
    "live.changes": replace(MEMBERS.given(values=thread), query="?after=99999999999999"),
    "reading.remember": MEMBERS.given({"paragraph": "2"}),
    "notes.paragraph": MEMBERS,
    "notes.text": MEMBERS,
    "notes.create": MEMBERS.given({"first": "1", "body": "Why?"}),
    "notes.show": MEMBERS.given(values=a_note),
    "notes.answer": MEMBERS.given({"body": "Because."}, a_note),
    "notes.put_back": access("student instructor assistant", "classmate").given({"place": "¶ 1.1"}, a_lost_note),
    "notes.mark_read": MEMBERS.given({"ids": "1"}),
    "mentions.names": MEMBERS,
    "confusion.mark": STUDENTS.given({"first": "1"}),
    "confusion.take_back": STUDENTS.given({"first": "1"}),
    "flags.flag": access("classmate", "student instructor assistant").given({"kind": "rude"}),
    "flags.take_back": access("classmate", "student instructor assistant"),
    "moderation_list.index": STAFF,
    "moderation_list.dismiss": STAFF,
    "mutes.mute": STAFF.given({"reason": "x"}, classmates_place),
    "mutes.unmute": STAFF.given(values=classmates_place),
    "moderation.history": STAFF,
    "moderation.endorse": STAFF,
    "moderation.take_back": STAFF,
    "moderation.hide": STAFF,
    "moderation.restore": STAFF,
    "moderation.lock": STAFF.given(values=thread),
    "moderation.unlock": STAFF.given(values=thread),
    "moderation.open_gate": STAFF.given(values=thread),
}
