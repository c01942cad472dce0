"""The three words with which people react to a post. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.translation import gettext as _
from discussion.models import AGREE, EVIDENCE, MORE


class Reacted(NamedTuple):
    """How many people reacted to a post with one of the words, and whether the viewer is among them."""

    people: int
    is_mine: bool


def reaction_words() -> Mapping[str, str]:
    """Return what each reaction says, in the order in which they stand."""
    return {AGREE: _("Agree"), EVIDENCE: _("Good evidence"), MORE: _("Say more")}
