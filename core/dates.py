"""Moments as people read them: in the class's zone, never in the server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from flask import Flask
from flask_babel import format_datetime, gettext
from flask_login import current_user


def is_time_zone(name: str) -> bool:
    """Tell whether `name` is a zone of the tz database ("Europe/Berlin")."""
    return name in available_timezones()


def to_utc(local: datetime, zone: str) -> datetime | None:
    """Return the moment of a wall-clock time in `zone`; None if the clock skips that time.

    Of a time that comes twice (summer time ends) the earlier is meant.
    """
    moment = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    again = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment if again == local else None


def to_local(moment: datetime, zone: str) -> datetime:
    """Return the wall-clock time (naive) of a moment in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def days_later(moment: datetime, days: int, zone: str) -> datetime:
    """Return the same wall-clock time in `zone`, that many calendar days later, in UTC.

    Where the clock skips that time or shows it twice, the later moment is meant.
    """
    local = to_local(moment, zone) + timedelta(days=days)
    return max(local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))


def _format(moment: datetime, zone: str, pattern: str) -> str:
    return str(format_datetime(moment.astimezone(ZoneInfo(zone)), pattern, rebase=False))


def day(moment: datetime | None, zone: str) -> str:
    """ "Shows Thu 21 Nov"."""
    return _format(moment, zone, "EEE d MMM") if moment else ""


def clock_time(moment: datetime | None, zone: str) -> str:
    """Return the time of day, as in 23:59."""
    return _format(moment, zone, "HH:mm") if moment else ""


def place_of(zone: str) -> str:
    """Return the place that a zone is named after: "New York" for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


def _own_zone() -> str | None:
    return getattr(current_user, "time_zone", None) if current_user else None


def moment(value: datetime | None, zone: str, reader_zone: str | None = None) -> str:
    """ "Shows Thu 21 Nov, 23:59" in `zone`; named, and with the reader's own time in brackets, where that differs.

    The reader is the person signed in, or lives in `reader_zone`.
    """
    if value is None:
        return ""
    text = _format(value, zone, "EEE d MMM, HH:mm")
    own = reader_zone or _own_zone()
    if not own or to_local(value, own) == to_local(value, zone):
        return text
    here = _format(value, own, "EEE HH:mm")
    return str(gettext("%(there)s in %(place)s (%(here)s your time)", there=text, place=place_of(zone), here=here))


def init_dates(app: Flask) -> None:
    """Register the filters `moment`, `day` and `clock_time`, each taking the zone's name."""
    app.jinja_env.filters.update(moment=moment, day=day, clock_time=clock_time)
