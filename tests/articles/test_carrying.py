"""Where passages of one version stand in the next: by id, by quote, by likeness, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.queries import SentenceRow
from articles.spans import BY_ID, BY_LIKENESS, BY_QUOTE, Found, Joined, Known, carry, fates
from articles.spans.locating import Selector, locate
from articles.spans.narrowing import SHORT, Narrowed
from articles.spans.quotes import Quote

OLD = [
    "The harbour town voted on Tuesday.",
    "Most people chose the new bridge.",
    "Some did not vote at all.",
    "The bridge will cost 4.5 million crowns.",
    "Dr. Lund, who leads the council, called it cheap.",
    "Work begins in spring.",
]


def text(*sentences: tuple[int, str]) -> Joined:
    """Sentences with their ids, three to a paragraph."""
    return Joined(
        [SentenceRow(at, n + 1, n // 3 + 1, n % 3 + 1, words, words, True) for n, (at, words) in enumerate(sentences)]
    )


BEFORE = text(*enumerate(OLD, 1))


def known(first: int, last: int, offsets: tuple[int | None, int | None] = (None, None)) -> Known:
    """The span of these sentences of the old text, counted from 0."""
    words = BEFORE.words_between(first, last, offsets)
    return Known(1, words, (first + 1, last + 1), *offsets)


def placed(after: Joined, span: Known) -> Found | None:
    return carry(BEFORE, after, [span])[1]


def numbered(*sentences: str) -> Joined:
    """A new text in which the sentences of the old one keep their ids."""
    return text(*((OLD.index(words) + 1 if words in OLD else 100 + at, words) for at, words in enumerate(sentences)))


@pytest.mark.parametrize(
    ("span", "after", "expected"),
    [
        (known(1, 1), BEFORE, Found(1, 1, BY_ID)),
        (known(1, 1), numbered("Quite new.", *OLD), Found(2, 2, BY_ID)),
        (known(1, 2), numbered(OLD[3], OLD[1], OLD[2], OLD[0]), Found(1, 2, BY_ID)),
        (known(0, 2), numbered(OLD[0], OLD[1], "A sentence put between.", *OLD[2:]), Found(0, 3, BY_LIKENESS)),
        (known(1, 1), numbered(OLD[0], *OLD[2:]), None),
        (known(3, 4), numbered(*OLD[:3], OLD[5]), None),
    ],
    ids=["the same text", "something before it", "moved", "something put within", "cut out", "two cut out"],
)
def test_a_passage_is_found_where_its_sentences_are(span, after, expected):
    assert placed(after, span) == expected


def test_a_sentence_that_was_merged_into_another_is_found_in_it():
    merged = "The bridge will cost 4.5 million crowns, and Dr. Lund, who leads the council, called it cheap."
    after = text((1, OLD[0]), (2, OLD[1]), (3, OLD[2]), (4, merged), (6, OLD[5]))
    for at in (3, 4):
        found = placed(after, known(at, at))
        assert found is not None
        assert (found.first, found.last) == (3, 3)


def test_both_halves_of_a_sentence_that_was_split_are_the_passage():
    after = text((1, OLD[0]), (4, "The bridge will cost."), (9, "4.5 million crowns."), (5, OLD[4]), (6, OLD[5]))
    found = placed(after, known(3, 3))
    assert found is not None
    assert (found.first, found.last) == (1, 2)


def test_the_same_words_under_another_id_are_an_exact_quote():
    after = text(*((at + 50, words) for at, words in enumerate(OLD)))
    assert placed(after, known(4, 4)) == Found(4, 4, BY_QUOTE)


def test_a_sentence_reworded_beyond_recognition_keeps_its_place_by_id():
    after = text((1, "It rained."), (2, "Nobody came to the meeting at the school."), (3, "It went on for days."))
    assert placed(after, known(1, 1)) == Found(1, 1, BY_ID)


def test_words_within_a_sentence_keep_their_offsets_or_find_them_anew():
    part = known(4, 4, (9, 31))
    assert part.words.exact == " who leads the council"
    assert placed(numbered("Quite new.", *OLD), part) == Found(5, 5, BY_ID, 9, 31)
    after = text(*list(enumerate(OLD, 1))[:4], (5, "Mr. Lund, who leads the council, called it cheap."), (6, OLD[5]))
    assert placed(after, part) == Found(4, 4, BY_QUOTE, 9, 31)


def test_an_orphan_comes_back_by_its_words():
    words = BEFORE.words_between(1, 1)
    without = numbered(OLD[0], *OLD[2:])
    lost = Known(1, words, None)
    assert carry(without, without, [lost]) == {1: None}
    again = text((1, OLD[0]), (77, OLD[1]), (3, OLD[2]))
    assert carry(without, again, [lost]) == {1: Found(1, 1, BY_QUOTE)}


def test_fates_tell_what_a_passage_said_and_says():
    after = text((1, OLD[0]), (2, "Most of the people chose the new bridge."), (3, OLD[2]))
    spans = [known(1, 1), Known(2, Selector("Gone.", "", "", 0), None), Known(3, BEFORE.words_between(0, 0), (1, 1))]
    told = {fate.span_id: fate for fate in fates(BEFORE, after, spans, carry(BEFORE, after, spans))}
    assert told[1].has_moved
    assert (told[1].quote, told[1].words) == (OLD[1], "Most of the people chose the new bridge.")
    assert told[2].is_orphan
    assert not told[2].has_moved
    assert not told[3].has_moved
    assert not told[3].is_orphan


@given(st.data())
def test_a_text_that_did_not_change_keeps_every_passage(data):
    first = data.draw(st.integers(0, len(OLD) - 1))
    last = data.draw(st.integers(first, len(OLD) - 1))
    assert placed(BEFORE, known(first, last)) == Found(first, last, BY_ID)


@given(st.permutations(range(len(OLD))), st.integers(0, len(OLD)))
def test_a_whole_sentence_is_always_where_its_words_are(order, cut):
    kept = [OLD[at] for at in order][:cut]
    after = numbered(*kept)
    for at, words in enumerate(OLD):
        found = placed(after, known(at, at))
        if words in kept:
            assert found == Found(kept.index(words), kept.index(words), BY_ID)
        else:
            assert found is None or after.sentences[found.first].text != words


def test_a_long_text_is_looked_through_only_where_the_words_of_a_quote_stand():
    filling = " ".join(f"word{at} stands here alone." for at in range(3_000))
    quote = "The fisherman said that he had waited for thirty years."
    for start in (0, len(filling) // 2, len(filling)):
        long = f"{filling[:start]} {quote.replace('waited', 'been waiting')} {filling[start:]}"
        assert len(long) > SHORT
        found = Narrowed(long).stretches(Quote(quote), 20)
        assert any(first <= start and start + len(quote) <= last for first, last in found)
        assert sum(last - first for first, last in found) < SHORT
    assert Narrowed(filling).stretches(Quote("Nothing like it."), 10) == []


def test_in_a_long_text_a_short_quote_with_slips_is_found_by_the_words_around_it():
    filling = " ".join(f"word{at} stands here alone." for at in range(3_000))
    half = len(filling) // 2
    long = f"{filling[:half]} The fisherman wiated, they said in town, for thirty years. {filling[half:]}"
    selector = Selector("waited", "The fisherman ", ", they said in town, for", half)
    start = long.index("wiated")
    assert len(long) > SHORT
    assert locate(long, selector) == (start, start + len("wiated"))
