"""One valid question of every type, with what a form sends for a right, a wrong and no answer.

The contract test runs over these; every text marked SECRET is part of the key or the feedback.
"""

from dataclasses import dataclass, field
from typing import Any

from core.points import FRACTION_ONE
from quizzes.question_types.gaps import Word

SECRET = "zq-secret"


def word_key(text: str) -> str:
    """The key that a word of a list or a bank has on the page."""
    return Word(text, 0).key


@dataclass(frozen=True)
class Sample:
    """`content` is JSON; `right`, `wrong` and `refused` are what a form sends."""

    content: dict[str, Any]
    right: dict[str, list[str]]
    wrong: dict[str, list[str]]
    refused: dict[str, list[str]]
    empty: dict[str, list[str]] = field(default_factory=lambda: {"answer": [""]})


def _options(*fractions: int) -> list[dict[str, Any]]:
    return [
        {"key": f"k{at}", "text": f"Option {at}", "fraction": fraction, "feedback": f"{SECRET} {at}"}
        for at, fraction in enumerate(fractions)
    ]


SAMPLES: dict[str, Sample] = {
    "single_choice": Sample(
        content={"options": _options(0, FRACTION_ONE, 0, 0), "fixed_order": False},
        right={"answer": ["k1"]},
        wrong={"answer": ["k2"]},
        refused={"answer": ["nowhere"]},
    ),
    "true_false": Sample(
        content={
            "right": False,
            "feedback_true": f"{SECRET} true",
            "feedback_false": f"{SECRET} false",
        },
        right={"answer": ["false"]},
        wrong={"answer": ["true"]},
        refused={"answer": ["perhaps"]},
    ),
    "multiple_answers": Sample(
        content={
            "options": _options(FRACTION_ONE, 0, FRACTION_ONE, 0),
            "rule": "net_correct",
            "tell_count": True,
            "fixed_order": False,
        },
        right={"answer": ["k2", "k0"]},
        wrong={"answer": ["k1", "k3"]},
        refused={"answer": ["k0", "nowhere"]},
    ),
    "short_answer": Sample(
        content={
            "forms": [
                {
                    "key": "f1",
                    "text": f"{SECRET} Kursk",
                    "match": "exact",
                    "fraction": FRACTION_ONE,
                    "feedback": f"{SECRET} yes",
                },
                {
                    "key": "f2",
                    "text": "*Oblast*",
                    "match": "wildcard",
                    "fraction": FRACTION_ONE // 2,
                    "feedback": f"{SECRET} nearly",
                },
            ],
            "case_sensitive": False,
        },
        right={"answer": [f"  {SECRET.upper()}  kursk. "]},
        wrong={"answer": ["Seoul"]},
        refused={"answer": ["x" * 501]},
    ),
    "numeric": Sample(
        content={
            "accepted": [
                {
                    "key": "n1",
                    "value": "10000",
                    "kind": "absolute",
                    "tolerance": "500",
                    "high": "",
                    "fraction": FRACTION_ONE,
                    "feedback": f"{SECRET} yes",
                }
            ]
        },
        right={"answer": ["10,000"]},
        wrong={"answer": ["50000"]},
        refused={"answer": ["1" * 61]},
    ),
    "evidence": Sample(
        content={
            "passages": [{"key": "p1", "sentences": [4, 5], "span_id": None, "feedback": f"{SECRET} yes"}],
            "mode": "any_of",
            "needed": 1,
            "most": 0,
        },
        right={"answer": ["5"]},
        wrong={"answer": ["9"]},
        refused={"answer": ["s5"]},
    ),
    "matching": Sample(
        content={
            "pairs": [
                {"key": "p1", "prompt": "The pact", "answer_key": "a1", "answer": "2024", "feedback": f"{SECRET} 1"},
                {"key": "p2", "prompt": "The war", "answer_key": "a2", "answer": "1950", "feedback": f"{SECRET} 2"},
                {"key": "p3", "prompt": "The speech", "answer_key": "a1", "answer": "2024", "feedback": ""},
                {"key": "p4", "prompt": "", "answer_key": "a3", "answer": "1991", "feedback": ""},
            ]
        },
        right={"p1": ["a1"], "p2": ["a2"], "p3": ["a1"]},
        wrong={"p1": ["a2"], "p2": ["a3"]},
        refused={"p1": ["p2"]},
    ),
    "ordering": Sample(
        content={
            "steps": [
                {"key": "s1", "text": "The vote"},
                {"key": "s2", "text": "The plan"},
                {"key": "s3", "text": "The bridge"},
                {"key": "s4", "text": "The feast"},
            ],
            "rule": "adjacent",
        },
        right={"answer": ["s3", "s1", "s4", "s2"], "s1": ["1"], "s2": ["2"], "s3": ["3"], "s4": ["4"]},
        wrong={"answer": ["s3", "s1", "s4", "s2"], "s1": ["4"], "s2": ["3"], "s3": ["2"], "s4": ["1"]},
        refused={"s1": ["5"]},
    ),
    "blanks": Sample(
        content={
            "text": "Most people chose the new [[bridge]], and work begins in [[spring|the spring]].",
            "gaps": [
                {"key": "g1", "also": [], "wrong": [], "weight": 1, "feedback": f"{SECRET} 1"},
                {
                    "key": "g2",
                    "also": [{"text": "May", "fraction": FRACTION_ONE // 2}],
                    "wrong": [],
                    "weight": 2,
                    "feedback": "",
                },
            ],
            "bank": True,
            "extra": ["ferry", "tunnel"],
            "case_sensitive": False,
        },
        right={"g1": [word_key("bridge")], "g2": [word_key("the spring")]},
        wrong={"g1": [word_key("ferry")], "g2": [word_key("tunnel")]},
        refused={"g1": ["bridge"]},
    ),
    "poll": Sample(
        content={"options": _options(0, 0, 0), "several": True, "fixed_order": False},
        right={"answer": ["k2", "k0"]},
        wrong={"answer": ["k1"]},
        refused={"answer": ["nowhere"]},
    ),
    "open_answer": Sample(
        content={
            "min_words": 2,
            "max_words": 50,
            "guidance": f"{SECRET} look for the pact",
            "rubric": [
                {
                    "key": "c1",
                    "text": f"{SECRET} names the pact",
                    "levels": [
                        {"key": "1", "text": "not named", "points": 0},
                        {"key": "2", "text": f"{SECRET} named", "points": 200_000},
                    ],
                }
            ],
        },
        right={"answer": ["Because of the pact."]},
        wrong={"answer": ["No idea at all."]},
        refused={"answer": ["x" * 20_001]},
    ),
}
