"""When mail goes out, in tables: zones, summer time, weeks, nights, failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from classroom.mail_times import (
    GATHERING,
    PAUSES,
    Preferences,
    letters_for,
    next_digest,
    next_try,
    reminder_at,
)
from core.dates import to_local


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("digest", "zone", "after", "expected"),
    [
        ("daily", "UTC", "2026-11-18 09:00", "2026-11-18 17:00"),
        ("daily", "UTC", "2026-11-18 16:59:59", "2026-11-18 17:00"),
        ("daily", "UTC", "2026-11-18 17:00", "2026-11-19 17:00"),
        ("daily", "Europe/Berlin", "2026-11-18 15:59", "2026-11-18 16:00"),
        ("daily", "Europe/Berlin", "2026-11-18 16:00", "2026-11-19 16:00"),
        # across the changes of the clocks: always five in the afternoon there
        ("daily", "Europe/Berlin", "2026-03-28 17:00", "2026-03-29 15:00"),
        ("daily", "Europe/Berlin", "2026-10-24 16:00", "2026-10-25 16:00"),
        ("daily", "America/New_York", "2026-03-07 23:00", "2026-03-08 21:00"),
        ("daily", "America/New_York", "2026-10-31 22:00", "2026-11-01 22:00"),
        # where the day is another one than in UTC
        ("daily", "Pacific/Auckland", "2026-11-18 09:00", "2026-11-19 04:00"),
        ("daily", "Pacific/Kiritimati", "2026-11-18 03:00", "2026-11-19 03:00"),
        ("daily", "Pacific/Pago_Pago", "2026-11-18 03:59", "2026-11-18 04:00"),
        ("daily", "Asia/Kathmandu", "2026-11-18 11:14", "2026-11-18 11:15"),
        # 18 November 2026 is a Wednesday
        ("weekly", "UTC", "2026-11-18 09:00", "2026-11-22 17:00"),
        ("weekly", "UTC", "2026-11-22 16:00", "2026-11-22 17:00"),
        ("weekly", "UTC", "2026-11-22 17:00", "2026-11-29 17:00"),
        ("weekly", "Pacific/Auckland", "2026-11-18 09:00", "2026-11-22 04:00"),
        ("weekly", "America/Los_Angeles", "2026-11-23 00:59", "2026-11-23 01:00"),
        ("weekly", "Europe/Berlin", "2026-10-24 00:00", "2026-10-25 16:00"),
    ],
)
def test_a_digest_comes_at_five_in_the_afternoon_there(digest, zone, after, expected):
    found = next_digest(digest, zone, utc(after))
    assert found == utc(expected)
    assert to_local(found, zone).time().hour == 17


def test_one_that_is_off_never_comes():
    assert next_digest("off", "UTC", utc("2026-11-18 09:00")) is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_over_a_whole_year_there_is_one_digest_a_day(zone):
    moment, seen = utc("2026-01-01 00:00"), []
    while len(seen) < 366:
        moment = next_digest("daily", zone, moment)
        seen.append(to_local(moment, zone).date())
    assert [(after - before).days for before, after in pairwise(seen)] == [1] * 365


@pytest.mark.parametrize(
    ("zone", "now", "due", "expected"),
    [
        ("UTC", "2026-11-18 08:00", None, "2026-11-18 08:00"),
        ("UTC", "2026-11-18 20:59", None, "2026-11-18 20:59"),
        ("UTC", "2026-11-18 21:00", None, "2026-11-19 08:00"),
        ("UTC", "2026-11-18 03:00", None, "2026-11-18 08:00"),
        ("Europe/Berlin", "2026-11-18 22:59", None, "2026-11-19 07:00"),
        ("Asia/Tokyo", "2026-11-18 13:00", None, "2026-11-18 23:00"),
        # due at midnight: in the morning is early enough; due at nine in the morning: it is not
        ("UTC", "2026-11-18 23:59", "2026-11-19 23:59", "2026-11-19 08:00"),
        ("UTC", "2026-11-18 23:00", "2026-11-19 10:00", "2026-11-19 08:00"),
        ("UTC", "2026-11-18 23:00", "2026-11-19 09:59", "2026-11-18 23:00"),
        # the night in which the clocks go forward
        ("Europe/Berlin", "2026-03-28 21:00", None, "2026-03-29 06:00"),
    ],
)
def test_nobody_is_reminded_at_night_unless_it_would_be_too_late(zone, now, due, expected):
    assert reminder_at(zone, utc(now), utc(due) if due else None) == utc(expected)


NOW = utc("2026-11-18 09:00")
DIGEST = utc("2026-11-18 17:00")
LATER = NOW + timedelta(hours=20)


@pytest.mark.parametrize(
    ("wanted", "news", "expected"),
    [
        (Preferences(), [], {}),
        (Preferences(), [("", None)], {"digest": DIGEST}),
        (Preferences(), [("replies", None)], {"digest": DIGEST}),
        (Preferences(replies=True), [("replies", None)], {"digest": DIGEST, "replies": NOW + GATHERING}),
        (Preferences(), [("reminders", LATER)], {"digest": DIGEST, "reminders": NOW}),
        (Preferences(reminders=False), [("reminders", LATER)], {"digest": DIGEST}),
        (Preferences("weekly"), [("", None)], {"digest": utc("2026-11-22 17:00")}),
        (Preferences("off"), [("", None), ("replies", None)], {}),
        (Preferences("off", replies=True), [("", None), ("replies", None)], {"replies": NOW + GATHERING}),
        (Preferences("off"), [("reminders", LATER)], {"reminders": NOW}),
        (Preferences("off", reminders=False), [("reminders", LATER)], {}),
    ],
)
def test_letters_are_planned_as_a_person_wants_them(wanted, news, expected):
    assert letters_for(wanted, "UTC", NOW, news) == expected


def test_the_most_urgent_reminder_decides():
    night = utc("2026-11-18 23:00")
    news = [("reminders", night + timedelta(hours=24)), ("reminders", night + timedelta(hours=10))]
    assert letters_for(Preferences("off"), "UTC", night, news) == {"reminders": night}


def test_what_fails_is_tried_ever_later_and_given_up_in_the_end():
    pauses = [next_try(tries, NOW) - NOW for tries in range(len(PAUSES))]
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) < timedelta(hours=12)
    assert next_try(len(PAUSES), NOW) is None
