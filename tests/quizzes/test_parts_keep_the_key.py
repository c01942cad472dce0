"""What a student's page knows of an answer in parts is the same whichever answer is right."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizzes.question_types.blanks import Blanks
from quizzes.question_types.gaps import BlanksContent, Gap, Word
from quizzes.question_types.matching import Matching, MatchingContent, Pair
from quizzes.question_types.ordering import EXACT, Ordering, OrderingContent, Step

KEYS = ["4f1c", "09be", "c3d2", "77aa"]
WORDS = ["cat", "dog", "cow", "hen"]


@given(st.permutations(KEYS), st.permutations(KEYS))
def test_the_steps_of_an_order_stand_the_same_whichever_order_is_right(right: list[str], shown: list[str]) -> None:
    def page(order: list[str]) -> object:
        content = OrderingContent(tuple(Step(key, f"Step {key}") for key in order), EXACT)
        return Ordering().public_content(content, shown)

    assert page(right) == page(sorted(right))


@given(st.permutations(WORDS), st.permutations(KEYS))
def test_the_two_sides_of_pairs_stand_the_same_whichever_belong_together(answers: list[str], shown: list[str]) -> None:
    keys = dict(zip(WORDS, KEYS, strict=True))

    def page(order: list[str]) -> object:
        pairs = (Pair(f"p{at}", f"Prompt {at}", keys[word], word) for at, word in enumerate(order))
        return Matching().public_content(MatchingContent(tuple(pairs)), shown)

    assert page(answers) == page(sorted(answers))


@given(st.permutations(WORDS))
def test_the_words_of_a_bank_stand_the_same_whichever_gap_they_fill(words: list[str]) -> None:
    shown = [Word(word, 0).key for word in reversed(WORDS)]

    def page(order: list[str]) -> object:
        text = " and ".join(f"[[{word}]]" for word in order)
        return Blanks().public_content(BlanksContent(text, tuple(Gap(f"g{at}") for at in range(4)), bank=True), shown)

    assert page(words) == page(sorted(words))


@given(st.sampled_from(WORDS), st.text("xyz", min_size=1, max_size=40))
def test_a_gap_to_type_in_tells_nothing_of_its_word(word: str, other: str) -> None:
    gap = Gap("g1", feedback="Because.")
    one = BlanksContent(f"A [[{word}]] sleeps.", (gap,))
    two = replace(one, text=f"A [[{other}|{word}]] sleeps.", gaps=(replace(gap, weight=7, feedback=""),))
    assert Blanks().public_content(one) == Blanks().public_content(two)


@given(st.sampled_from(WORDS))
def test_a_list_stands_the_same_whichever_of_its_words_is_right(right: str) -> None:
    def page(word: str) -> object:
        wrong = tuple(Word(each, 0) for each in WORDS if each != word)
        content = BlanksContent(f"A [[{word}]].", (Gap("g1", wrong=wrong),))
        return Blanks().public_content(content, [Word(each, 0).key for each in WORDS])

    assert page(right) == page(WORDS[0])
