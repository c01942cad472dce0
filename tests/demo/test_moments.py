"""Moments of the demonstration's data, read relative to its loading."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from demo.moments import Calendar, UnreadableMomentError

LOADED = datetime(2026, 11, 2, 2, 30, tzinfo=UTC)  # Sunday 1 November, 21:30 in Detroit: the day the clocks went back


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("-0d 08:00", datetime(2026, 11, 1, 13, 0, tzinfo=UTC)),
        ("-2d 19:10", datetime(2026, 10, 30, 23, 10, tzinfo=UTC)),
        ("+2d 23:59", datetime(2026, 11, 4, 4, 59, tzinfo=UTC)),
        ("-40m", datetime(2026, 11, 2, 1, 50, tzinfo=UTC)),
        ("-3h", datetime(2026, 11, 1, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_on_the_clock_of_the_class(written: str, expected: datetime) -> None:
    assert Calendar(LOADED, ZoneInfo("America/Detroit")).moment(written) == expected


@pytest.mark.parametrize("written", ["", "yesterday", "-3d", "-3d 7:10", "3d 07:10", "+40m"])
def test_a_moment_in_another_form_is_refused(written: str) -> None:
    with pytest.raises(UnreadableMomentError, match="cannot read"):
        Calendar(LOADED, ZoneInfo("America/Detroit")).moment(written)
