import pytest

from core.points import FRACTION_ONE, fraction_of
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerRefusedError
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent

KIND = TYPES["evidence"]
PASSAGES = (
    AcceptedPassage("p1", (4, 5), feedback="The armistice."),
    AcceptedPassage("p2", (9,), feedback="The treaty."),
    AcceptedPassage("p3", (12, 13, 14)),
)


@pytest.mark.parametrize(
    ("mode", "needed", "chosen", "expected"),
    [
        ("any_of", 1, [4], (1, 1)),
        ("any_of", 1, [13], (1, 1)),
        ("any_of", 1, [6], (0, 1)),
        ("any_of", 1, [4, 9], (0, 1)),
        ("all_of", 1, [5, 9, 12], (1, 1)),
        ("all_of", 1, [5, 9], (2, 3)),
        ("all_of", 1, [4, 5, 9], (2, 3)),
        ("all_of", 1, [1, 2, 3], (0, 1)),
        ("all_of", 1, [4, 5, 9, 12], (0, 1)),
        ("at_least", 2, [4, 14], (1, 1)),
        ("at_least", 2, [4, 5], (1, 2)),
        ("at_least", 2, [9, 1], (1, 2)),
        ("at_least", 2, [4, 9, 12], (0, 1)),
    ],
)
def test_evidence_is_scored_by_the_passages_it_touches(
    mode: str, needed: int, chosen: list[int], expected: tuple[int, int]
) -> None:
    content = EvidenceContent(PASSAGES, mode, needed)
    assert KIND.grade(content, {"sentences": chosen}) == fraction_of(*expected)


def test_choosing_the_whole_article_earns_nothing() -> None:
    for mode in ("any_of", "all_of", "at_least"):
        content = EvidenceContent(PASSAGES, mode, 2)
        assert KIND.grade(content, {"sentences": list(range(1, 21))}) == 0


def test_the_author_may_let_students_choose_more_than_they_need() -> None:
    content = EvidenceContent(PASSAGES, "any_of", most=3)
    assert KIND.grade(content, {"sentences": [1, 2, 4]}) == FRACTION_ONE
    assert KIND.grade(content, {"sentences": [1, 2, 3, 4]}) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (EvidenceContent(PASSAGES), "Choose one sentence"),
        (EvidenceContent(PASSAGES, "all_of"), "Choose three sentences"),
        (EvidenceContent(PASSAGES, "at_least", 2), "Choose two sentences"),
        (EvidenceContent(PASSAGES, "at_least", 2, 4), "Choose up to four sentences"),
    ],
)
def test_the_student_is_told_how_many_to_choose(content: EvidenceContent, words: str) -> None:
    assert KIND.public_content(content)["choose"] == words


def test_too_many_sentences_are_remarked_on() -> None:
    words = KIND.remark(EvidenceContent(PASSAGES), {"sentences": [1, 2]})
    assert words == "Choose one sentence, you have chosen two"


def test_answers_are_kept_once_each_and_in_order() -> None:
    answer = KIND.parse_answer(EvidenceContent(PASSAGES), {"answer": ["12", "9", "12", ""]})
    assert answer == {"sentences": [9, 12]}
    assert KIND.answer_key(EvidenceContent(PASSAGES), answer) == "9,12"


def test_feedback_belongs_to_the_passages_found() -> None:
    content = EvidenceContent(PASSAGES, "all_of")
    assert KIND.feedback_for(content, {"sentences": [5, 12]}) == ["The armistice."]


def test_the_longest_answer_has_a_key_that_fits() -> None:
    content = EvidenceContent(PASSAGES, most=20)
    sent = [str(10**8 + number) for number in range(20)]
    answer = KIND.parse_answer(content, {"answer": sent})
    assert len(KIND.answer_key(content, answer)) <= 200
    with pytest.raises(AnswerRefusedError):
        KIND.parse_answer(content, {"answer": [*sent, "7"]})
    with pytest.raises(AnswerRefusedError):
        KIND.parse_answer(content, {"answer": [str(10**9)]})


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (EvidenceContent(()), ["passages"]),
        (EvidenceContent((AcceptedPassage("p1", ()),)), ["passages"]),
        (EvidenceContent(PASSAGES, "some_of"), ["mode"]),
        (EvidenceContent(PASSAGES, "at_least", 0), ["needed"]),
        (EvidenceContent(PASSAGES, "at_least", 4), ["needed"]),
        (EvidenceContent(PASSAGES, "all_of", most=2), ["most"]),
        (EvidenceContent(PASSAGES, most=21), ["most"]),
        (
            EvidenceContent((AcceptedPassage("p1", (1,), feedback="x" * 2001),)),
            ["passages.0.feedback"],
        ),
    ],
)
def test_what_an_author_has_to_put_right(content: EvidenceContent, fields: list[str]) -> None:
    assert [problem.field for problem in KIND.validate(content)] == fields
