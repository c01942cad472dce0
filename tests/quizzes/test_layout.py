from random import Random

from quizzes.layout import PlacedItem, make_layout

KEYS = tuple("abcdefgh")
ITEMS = [PlacedItem(number, number + 100, 100_000, KEYS) for number in range(1, 9)]


def test_nothing_is_shuffled_unless_asked_for() -> None:
    rows = make_layout(ITEMS, Random(1), questions=False, options=False)
    assert [row["item"] for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(row["options"] == list(KEYS) for row in rows)


def test_questions_and_options_are_shuffled_apart() -> None:
    only_questions = make_layout(ITEMS, Random(1), questions=True, options=False)
    assert [row["item"] for row in only_questions] != [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(row["options"] == list(KEYS) for row in only_questions)
    only_options = make_layout(ITEMS, Random(1), questions=False, options=True)
    assert [row["item"] for row in only_options] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert any(row["options"] != list(KEYS) for row in only_options)


def test_nothing_is_lost_or_doubled_and_each_item_keeps_its_version_and_points() -> None:
    for seed in range(50):
        rows = make_layout(ITEMS, Random(seed), questions=True, options=True)
        assert sorted(row["item"] for row in rows) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert all(row["version"] == row["item"] + 100 for row in rows)
        assert all(sorted(row["options"]) == list(KEYS) for row in rows)


def test_options_that_keep_their_places_are_not_listed() -> None:
    rows = make_layout([PlacedItem(1, 2, 3)], Random(1), questions=True, options=True)
    assert rows == [{"item": 1, "version": 2, "points": 3, "options": []}]
