"""What the log of a class says of each act, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

LOG_WORDS: Mapping[str, str] = {
    "comment.approve": _l("let everybody see what %(whose)s wrote"),
    "comment.delete": _l("deleted their own words"),
    "comment.endorse": _l("endorsed what %(whose)s wrote"),
    "comment.endorse.take_back": _l("took back the endorsement of what %(whose)s wrote"),
    "comment.flag": _l("flagged what %(whose)s wrote"),
    "comment.flag.dismiss": _l("let stand what %(whose)s wrote and somebody had flagged"),
    "comment.flag.take_back": _l("took back the flag on what %(whose)s wrote"),
    "comment.hide": _l("hid what %(whose)s wrote"),
    "comment.pin": _l("pinned what %(whose)s wrote"),
    "comment.restore": _l("showed again what %(whose)s wrote"),
    "comment.unpin": _l("unpinned what %(whose)s wrote"),
    "discussion.join": _l("put the groups of the discussion together"),
    "discussion.lock": _l("locked the discussion"),
    "discussion.move": _l("moved students between the groups of the discussion"),
    "discussion.open_gate": _l("showed everybody all posts"),
    "discussion.split": _l("split the discussion into groups"),
    "discussion.unlock": _l("unlocked the discussion"),
    "note.move": _l("gave a note by %(whose)s another place"),
    "participation.grant": _l("ticked a box for %(whose)s"),
    "participation.rule": _l("changed what the discussion asks of each student"),
    "participation.take_back": _l("took back a decision about a box of %(whose)s"),
    "participation.void": _l("did not count a post by %(whose)s"),
    "student.mute": _l("muted %(whose)s"),
    "student.unmute": _l("let %(whose)s write again"),
}
ACTIONS = tuple(LOG_WORDS)
