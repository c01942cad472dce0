"""What people can flag a post for, and what its author reads when staff hide it for that. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from discussion.models import OFF_TOPIC, OTHER, PRIVATE, RUDE

FLAG_WORDS: Mapping[str, str] = {
    RUDE: _l("It is rude or hurts somebody"),
    PRIVATE: _l("It says something private about somebody"),
    OFF_TOPIC: _l("It does not belong here"),
    OTHER: _l("Something else"),
}
REASONS: Mapping[str, str] = {
    RUDE: _l("It is rude or hurts somebody. Say what you think of the argument, not of the person."),
    PRIVATE: _l("It says something private about somebody."),
    OFF_TOPIC: _l("It does not belong here."),
    OTHER: "",
}
