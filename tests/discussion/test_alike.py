"""Students who did alike are assessed once: as many stand how as when each is assessed alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from discussion.alike import count_states
from discussion.gates import Gate
from discussion.participation import FirstPost, Record, Requirement, Ruling, Setting, Written, assess

START = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
KINDS = ("post", "reply", "cited")
ROUNDS, STUDENTS = 150, 40


def moment(dice: Random) -> datetime:
    """One of few moments, a day before the end of October's summer time to a day after; some a second apart."""
    return START + timedelta(days=dice.randrange(8), seconds=dice.choice((-1, 0, 1)))


def some_posts(dice: Random, who: int, most: int) -> list[Written]:
    posts = []
    for number in range(dice.choice((0, 0, 1, most))):
        is_reply = dice.random() < 0.5
        answered = dice.choice([each for each in range(1, 8) if each != who]) if is_reply else None
        earlier = [(moment(dice), dice.random() < 0.5)] if dice.random() < 0.3 else ()
        is_told = (dice.random() < 0.5, dice.random() < 0.9, dice.random() < 0.2)  # cites, stands, waits
        posts.append(Written(100 * who + number, moment(dice), is_reply, answered, *is_told, earlier))
    return posts


def some_rulings(dice: Random, posts: list[Written]) -> list[Ruling]:
    if dice.random() > 0.1:
        return []
    return [Ruling(1, 0, None, posts[0].id) if posts and dice.random() < 0.5 else Ruling(1, 0, 1, None)]


def firsts_of(records: list[Record]) -> list[FirstPost]:
    """When each wrote first, of what stands and has been approved, as the statement finds it."""
    found: dict[tuple[int, int, int | None], datetime] = {}
    for each in records:
        for post in each.posts:
            if post.stands and not post.waits:
                key = (each.enrollment_id, each.enrollment_id, each.group_id)
                found[key] = min(found.get(key, post.created_at), post.created_at)
    return [FirstPost(*key, at) for key, at in found.items()]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_as_many_stand_how_as_when_each_is_assessed_alone(round_: int) -> None:
    dice = Random(round_)
    groups = dice.choice([(None,), (7, 8), tuple(range(10))])
    boxes, posts_each, students = dice.choice((2, 20)), dice.choice((1, 4)), dice.choice((8, STUDENTS))
    asked = dice.sample(KINDS * 2, dice.randint(1, 4))
    requirements = [Requirement(at, kind, dice.randint(1, boxes), moment(dice), 10) for at, kind in enumerate(asked)]
    records = []
    for who in range(1, students):
        posts = some_posts(dice, who, posts_each)
        days = dice.choice((0, 0, 0, 3))
        records.append(Record(who, days, posts, some_rulings(dice, posts), dice.choice(groups)))
    gate = dice.choice([Gate(), Gate(0, moment(dice), None), Gate(1, moment(dice), None)])
    setting = Setting("Europe/Berlin", gate, firsts_of(records), moment(dice))
    alone = Counter(tuple(each.state for each in assess(requirements, record, setting)) for record in records)
    assert count_states(requirements, records, setting) == alone


def test_who_did_alike_is_assessed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(requirements: list[Requirement], record: Record, setting: Setting) -> object:
        seen.append(record.enrollment_id)
        return assess(requirements, record, setting)

    monkeypatch.setattr("discussion.alike.assess", watched)
    asked = [Requirement(at, kind, 1, START, 10) for at, kind in enumerate(KINDS)]
    wrote = {who: START - timedelta(minutes=who) for who in range(1, 500)}
    records = [
        Record(who, posts=[Written(who, at), Written(1000 + who, at, True, who - 1)][: 1 + who % 2])
        for who, at in wrote.items()
    ]
    setting = Setting("UTC", Gate(), firsts_of(records), START + timedelta(days=1))
    assert count_states(asked, records, setting) == {("done", "done", "missed"): 250, ("done", "missed", "missed"): 249}
    assert seen == [1, 2]


def answers(who: int, *voices: int) -> list[Written]:
    return [Written(100 * who + at, START, True, voice) for at, voice in enumerate(voices)]


def states_of(boxes: int, records: list[Record], days_later: int, first_posts: list[FirstPost] | None = None) -> object:
    asked = [Requirement(1, "reply", boxes, START + timedelta(days=1), 10)]
    firsts = firsts_of(records) if first_posts is None else first_posts
    return count_states(asked, records, Setting("UTC", Gate(), firsts, START + timedelta(days=days_later)))


def test_two_answers_to_one_classmate_are_not_like_answers_to_two() -> None:
    assert states_of(2, [Record(1, posts=answers(1, 8, 8)), Record(2, posts=answers(2, 8, 9))], 0) == {
        ("open",): 1,
        ("done",): 1,
    }


def test_where_few_were_there_it_matters_whom_one_answered() -> None:
    """Who answered a post that does not stand any more could have answered one more classmate."""
    gone = 9
    records = [Record(one, posts=answers(one, *voices)) for one, voices in {1: (2, 3), 2: (1, 3), 3: (gone, 1)}.items()]
    assert states_of(3, records, 2) == {("done",): 2, ("missed",): 1}


def test_ones_own_two_voices_are_nobody_to_answer() -> None:
    both = [Record(one, posts=[*answers(one, 3 - one), Written(one, START)]) for one in (1, 2)]
    there = [FirstPost(1, 1, None, START), FirstPost(1, -1, None, START), FirstPost(2, 2, None, START)]
    assert states_of(2, both, 2, there) == {("done",): 1, ("missed",): 1}
