"""What somebody has read of a thread. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class ReadMarks(NamedTuple):
    """Comments that were read: these, and all whose id is not above `until`, the newest that the page knew of."""

    ids: Sequence[int] = ()
    until: int = 0
