"""Which sentences of an edited text keep their ids."""

from __future__ import annotations

import pytest

from articles.identities import carry_over

OLD = [
    (10, "The harbour town voted on Tuesday."),
    (20, "Most people chose the new bridge."),
    (30, "Some did not vote at all."),
]
A, B, C = (text for _id, text in OLD)


@pytest.mark.parametrize(
    ("new", "ids"),
    [
        ([A, B, C], [10, 20, 30]),
        ([A, "Something new stands here now.", B, C], [10, None, 20, 30]),
        ([A, C], [10, 30]),
        ([C, A, B], [30, 10, 20]),
        ([A, "Most people chose a new bridge.", C], [10, 20, 30]),
        (["Nothing is left of it whatsoever, truly."], [None]),
        ([A, "Most people chose.", "The new bridge.", C], [10, 20, None, 30]),
        ([A, "Most people chose the new.", "bridge, and gladly.", C], [10, 20, None, 30]),
        ([A, "Most people chose the new bridge; some did not vote at all."], [10, 20]),
        ([A, A, B], [None, 10, 20]),
        ([], []),
    ],
)
def test_ids_follow_their_sentences(new, ids):
    assert carry_over(OLD, new) == ids


def test_no_id_is_given_twice():
    old = [(n, "The same words again.") for n in range(5)]
    kept = carry_over(old, ["The same words again."] * 7)
    assert sorted(i for i in kept if i is not None) == [0, 1, 2, 3, 4]


def test_a_text_of_one_sentence_over_and_over_is_compared_in_bounded_time():
    old = [(n, "The same words again.") for n in range(8000)]
    kept = carry_over(old, ["The same words again."] * 7999 + ["Others."])
    assert kept[:-1] == list(range(7999))


def test_a_text_that_was_rewritten_throughout_is_compared_in_bounded_time():
    old = [(n, f"Old sentence {n * 7919} about the harbour and the town.") for n in range(1500)]
    new = [f"Entirely different words number {n * 104729} on another matter." for n in range(1500)]
    assert set(carry_over(old, new)) == {None}


def test_a_word_replaced_throughout_keeps_every_id():
    old = [(n, f"Sentence {n} goes on for quite a while about matter number {n * 31}.") for n in range(500)]
    assert carry_over(old, [text.replace("quite a while", "a bit") for _id, text in old]) == list(range(500))
