"""Moments written relative to the loading of the demonstration, on a class's clock. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ON_A_DAY = re.compile(r"([+-]\d{1,3})d (\d{2}):(\d{2})")
AGO = re.compile(r"-(\d{1,4})([mh])")


class UnreadableMomentError(ValueError):
    """A moment in the data files has a form that nobody knows."""


@dataclass(frozen=True)
class Calendar:
    """Reads moments: `loaded_at` is when the demonstration is loaded (aware), `zone` the class's time zone."""

    loaded_at: datetime
    zone: ZoneInfo

    def moment(self, written: str) -> datetime:
        """Return "-3d 19:10" (three days ago, on the class's clock), "+2d 23:59", "-40m" or "-3h" in UTC.

        Raises UnreadableMomentError for anything else.
        """
        if ago := AGO.fullmatch(written):
            unit = timedelta(minutes=1) if ago[2] == "m" else timedelta(hours=1)
            return self.loaded_at.astimezone(UTC) - int(ago[1]) * unit
        if found := ON_A_DAY.fullmatch(written):
            day = self.loaded_at.astimezone(self.zone).date() + timedelta(days=int(found[1]))
            at = time(int(found[2]), int(found[3]))
            return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)
        raise UnreadableMomentError(f"cannot read the moment {written!r}")
