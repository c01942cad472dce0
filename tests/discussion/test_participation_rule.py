"""Which posts tick a box, what is asked for, and what it earns: the rule alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from core.points import POINT
from discussion.gates import Gate
from discussion.participation import (
    DONE,
    EXCUSED,
    MISSED,
    OPEN,
    ClassLedger,
    FirstPost,
    Line,
    Record,
    Requirement,
    Ruling,
    Setting,
    Standing,
    Written,
    assess,
)

ME, CARL, DINA, EVE = 1, 2, 3, 4
DUE = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
LAST, TOO_LATE = DUE + timedelta(milliseconds=999), DUE + timedelta(seconds=1)
POSTS = Requirement(1, "post", 2, DUE, 2 * POINT)
CITED = Requirement(2, "cited", 1, DUE, POINT)
REPLIES = Requirement(3, "reply", 2, DUE, POINT)
EVERYBODY = {ME: BEFORE, CARL: BEFORE, DINA: BEFORE, EVE: BEFORE}
SETTING = Setting("Europe/Berlin", Gate(), (), BEFORE)


def post(number: int, at: datetime = BEFORE, **more: bool) -> Written:
    return Written(number, at, **more)


def reply(number: int, to: int | None, at: datetime = BEFORE, **more: bool) -> Written:
    return Written(number, at, is_reply=True, answered_id=to, **more)


def stand(requirement: Requirement, *posts: Written, setting: Setting = SETTING, **more: object) -> Standing:
    (found,) = assess([requirement], Record(ME, posts=posts)._replace(**more), setting)
    return found


def firsts(there: dict[int, datetime]) -> list[FirstPost]:
    """First posts of people who sign; a negative number is a voice without a name, of the person of that number."""
    return [FirstPost(abs(voice), voice, None, at) for voice, at in there.items()]


def later(there: dict[int, datetime] | None = None, gate: Gate | None = None) -> Setting:
    """The same class after the time is over."""
    return replace(SETTING, now=AFTER, first_posts=firsts(EVERYBODY if there is None else there), gate=gate or Gate())


@pytest.mark.parametrize(
    ("requirement", "posts", "ticked"),
    [
        (POSTS, [], []),
        (POSTS, [post(1)], [1]),
        (POSTS, [post(2), post(1)], [1, 2]),
        (POSTS, [post(3, BEFORE + timedelta(hours=1)), post(4), post(5)], [4, 5]),
        (POSTS, [reply(1, CARL), reply(2, None)], []),
        (POSTS, [post(1, LAST), post(2, TOO_LATE)], [1]),
        (POSTS, [post(1, stands=False)], []),
        (CITED, [post(1), post(2, cites=True)], [2]),
        (CITED, [reply(1, CARL, cites=True)], []),
        (REPLIES, [reply(1, CARL), reply(2, CARL), reply(3, DINA)], [1, 3]),
        (REPLIES, [reply(1, None), post(2)], []),
        (REPLIES, [reply(1, CARL, TOO_LATE)], []),
        (REPLIES, [reply(1, CARL, stands=False), reply(2, CARL)], [2]),
        (REPLIES, [reply(1, CARL), reply(2, DINA), reply(3, EVE)], [1, 2]),
    ],
)
def test_a_box_is_ticked_by_what_stands_was_in_time_and_is_of_its_kind(
    requirement: Requirement, posts: list[Written], ticked: list[int]
) -> None:
    assert [tick.comment_id for tick in stand(requirement, *posts).ticks] == ticked


@pytest.mark.parametrize(
    ("earlier", "cites", "ticked"),
    [
        ([], True, True),
        ([(LAST, False)], True, True),
        ([(TOO_LATE, False)], True, False),
        ([(TOO_LATE, True)], False, True),
        ([(BEFORE, True), (AFTER, False)], True, False),
        ([(BEFORE, False), (AFTER, True)], False, True),
    ],
)
def test_a_post_cites_what_it_cited_when_the_time_was_over(
    earlier: list[tuple[datetime, bool]], cites: bool, ticked: bool
) -> None:
    said = post(1, cites=cites)._replace(earlier=earlier)
    assert len(stand(CITED, said, setting=later()).ticks) == int(ticked)


def test_what_waits_for_approval_ticks_nothing_before_and_is_not_missed_meanwhile() -> None:
    waits = (post(1), post(2, waits=True))
    found = stand(POSTS, *waits, setting=later())
    assert (len(found.ticks), found.waiting, found.state, found.earned) == (1, 1, OPEN, POINT)
    refused = stand(POSTS, post(1), post(2, waits=True, stands=False), setting=later())
    assert (len(refused.ticks), refused.waiting, refused.state) == (1, 0, MISSED)
    assert stand(POSTS, post(1), post(2), post(3, waits=True), setting=later()).waiting == 0
    assert stand(POSTS, post(1), setting=later()).state == MISSED


@pytest.mark.parametrize(
    ("there", "posts", "asked", "state", "earned", "possible"),
    [
        # Enough classmates had written: all is asked for.
        (EVERYBODY, [], 2, MISSED, 0, 1),
        (EVERYBODY, [reply(1, CARL)], 2, MISSED, Fraction(1, 2), 1),
        (EVERYBODY, [reply(1, CARL), reply(2, DINA)], 2, DONE, 1, 1),
        # One had: one reply is asked for, and no more can be earned than that.
        ({ME: BEFORE, CARL: BEFORE}, [], 1, MISSED, 0, Fraction(1, 2)),
        ({ME: BEFORE, CARL: BEFORE}, [reply(1, CARL)], 1, DONE, Fraction(1, 2), Fraction(1, 2)),
        ({CARL: LAST, DINA: TOO_LATE}, [reply(1, CARL, LAST)], 1, DONE, Fraction(1, 2), Fraction(1, 2)),
        # What was answered in time counts, also when the classmate's post is gone.
        ({CARL: BEFORE}, [reply(1, CARL), reply(2, DINA)], 2, DONE, 1, 1),
        # Whoever speaks with two voices is two, and oneself none.
        ({CARL: BEFORE, -CARL: BEFORE}, [reply(1, CARL), reply(2, -CARL)], 2, DONE, 1, 1),
        ({ME: BEFORE, -ME: BEFORE}, [], 0, EXCUSED, 0, 0),
        # Nobody had: nothing is asked for, whatever was written afterwards.
        ({ME: BEFORE}, [], 0, EXCUSED, 0, 0),
        ({CARL: TOO_LATE}, [reply(1, CARL, AFTER)], 0, EXCUSED, 0, 0),
    ],
)
def test_no_more_replies_are_asked_for_than_classmates_were_there_in_time(
    there: dict[int, datetime], posts: list[Written], asked: int, state: str, earned: Fraction, possible: Fraction
) -> None:
    found = stand(REPLIES, *posts, setting=later(there))
    assert (found.asked, found.state) == (asked, state)
    assert (found.earned, found.possible) == (earned * POINT, possible * POINT)


def test_before_the_time_is_over_all_is_asked_for_though_nobody_is_there_yet() -> None:
    found = stand(
        REPLIES,
    )
    assert (found.asked, found.state) == (2, OPEN)


@pytest.mark.parametrize(
    ("gate", "asked"),
    [
        (Gate(posts_before_seeing=1), 2),  # who writes nothing is not asked for less
        (Gate(posts_before_seeing=1, gate_opens_at=AFTER), 2),
        (Gate(gate_opens_at=BEFORE), 2),
        (Gate(gate_opens_at=AFTER), 0),
        (Gate(gate_opens_at=AFTER, gate_opened_at=BEFORE), 2),
        (Gate(gate_opens_at=AFTER, gate_opened_at=AFTER), 0),
    ],
)
def test_posts_behind_a_gate_that_own_posts_do_not_open_are_not_there(gate: Gate, asked: int) -> None:
    assert stand(REPLIES, setting=later(gate=gate)).asked == asked


def test_extra_days_move_the_time_on_the_class_s_calendar() -> None:
    due = datetime(2026, 10, 24, 21, 59, tzinfo=UTC)  # the clock goes back in the night
    requirement = replace(POSTS, due_at=due)
    in_time = post(1, due + timedelta(days=2, minutes=59))
    assert stand(requirement, in_time, setting=later()).ticks == ()
    found = stand(requirement, in_time, setting=later(), extra_days=2)
    assert found.due_at == due + timedelta(days=2, hours=1)
    assert len(found.ticks) == 1


def test_staff_grant_a_box_and_a_post_that_they_void_ticks_none() -> None:
    grant, void = Ruling(1, REPLIES.id, 1, None), Ruling(2, REPLIES.id, None, 11)
    elsewhere = Ruling(3, POSTS.id, 1, None)
    found = stand(REPLIES, reply(11, CARL), reply(12, CARL), rulings=(elsewhere, void, grant))
    assert [(tick.comment_id, tick.grant) for tick in found.ticks] == [(12, None), (None, grant)]
    assert found.voided == [void]
    assert found.state == DONE
    assert found.concerns(11)
    assert not found.concerns(13)


def test_a_granted_box_counts_where_nothing_was_asked_for() -> None:
    found = stand(REPLIES, setting=later({}), rulings=(Ruling(1, REPLIES.id, 1, None),))
    assert (found.asked, found.state, found.earned) == (1, DONE, POINT // 2)


def test_the_next_box_to_grant_is_the_first_free_one() -> None:
    def grants(*boxes: int) -> tuple[Ruling, ...]:
        return tuple(Ruling(box, POSTS.id, box, None) for box in boxes)

    assert stand(POSTS).grantable == 1
    assert stand(POSTS, rulings=grants(2)).grantable == 1
    assert stand(POSTS, rulings=grants(1)).grantable == 2
    assert stand(POSTS, rulings=grants(1, 2)).grantable is None
    assert stand(POSTS, post(1), rulings=grants(1)).grantable is None


def test_credit_is_exact_and_figures_leave_former_students_out() -> None:
    third = Requirement(9, "post", 3, DUE, POINT)
    standing = stand(third, post(1), post(2))
    assert standing.earned == Fraction(2 * POINT, 3)
    done = stand(third, post(1), post(2), post(3))
    lines = [Line(1, "A", False, (standing,)), Line(2, "B", False, (done,)), Line(3, "C", True, (done,))]
    assert lines[0].earned * 3 == 2 * POINT
    assert ClassLedger([third], lines).met == [(1, 2)]


def test_nothing_given_is_changed() -> None:
    posts = [post(2), post(1)]
    assess([POSTS], Record(ME, posts=posts), SETTING)
    assert [each.id for each in posts] == [2, 1]
