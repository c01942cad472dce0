import pytest

from quizzes.question_types import TYPES
from quizzes.question_types.open_answer import OpenAnswerContent, count_words

KIND = TYPES["open_answer"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two three four", 4),
        ("a'b", 1),
        (" one-sided ", 1),
        ("one\u00a0two", 2),
        ("just...one", 1),
        (" one & three ", 3),
        ("em—dash en–dash", 4),
        ("one\ntwo\tthree", 3),
    ],
)
def test_words_are_counted_as_word_processors_do(text: str, words: int) -> None:
    assert count_words(text) == words


def test_text_is_kept_as_typed_but_for_the_ends_of_lines() -> None:
    content = OpenAnswerContent()
    answer = KIND.parse_answer(content, {"answer": ["  One.\r\n\r\n  *Two*. "]})
    assert answer == {"text": "  One.\n\n  *Two*. "}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Just this.", "You have written 2 words; at least 3 are asked for"),
        ("One", "You have written one word; at least 3 are asked for"),
        ("One two three.", None),
        ("One two three four five six.", "You have written 6 words; at most 5 are asked for"),
    ],
)
def test_bounds_are_remarked_on(text: str, words: str | None) -> None:
    assert KIND.remark(OpenAnswerContent(3, 5), {"text": text}) == words


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (OpenAnswerContent(-1), ["min_words"]),
        (OpenAnswerContent(0, 5001), ["max_words"]),
        (OpenAnswerContent(10, 5), ["max_words"]),
        (OpenAnswerContent(10, 0), []),
        (OpenAnswerContent(guidance="x" * 5001), ["guidance"]),
    ],
)
def test_what_an_author_has_to_put_right(content: OpenAnswerContent, fields: list[str]) -> None:
    assert [problem.field for problem in KIND.validate(content)] == fields


def test_what_a_full_answer_has_is_told_with_the_key() -> None:
    assert KIND.key_lines(OpenAnswerContent(guidance="Names the pact.")) == ["Names the pact."]
    assert KIND.key_lines(OpenAnswerContent(guidance=" ")) == []
