"""The questions of a generated quiz, and what students answer to them."""

from __future__ import annotations

from random import Random
from typing import Any

from core.points import FRACTION_ONE, POINT
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.questions import QuestionDraft, QuestionWords
from tests.quizzes.other_keys import other_key
from tests.quizzes.samples import SAMPLES, word_key

EVERY_TYPE = (*(name for name in SAMPLES if name not in ("poll", "open_answer")), "poll", "open_answer")
WITH_PART = ("single_choice", "multiple_answers", "true_false")
"""Types that may ask for evidence as well."""
WORTHS = (POINT, POINT, 2 * POINT, POINT // 2, 33_333)
NOTHING: dict[str, list[str]] = {"answer": [""]}


def sentences_in(content: dict[str, Any], sentences: tuple[int, ...], random: Random) -> dict[str, Any]:
    """The content of an evidence question about this article: one or two passages, any or all of them."""
    picked = random.sample(range(len(sentences) - 1), 2)
    passages = [
        {"key": f"p{at}", "sentences": list(sentences[first : first + 2]), "span_id": None, "feedback": ""}
        for at, first in enumerate(picked[: random.randint(1, 2)])
    ]
    return content | {"passages": passages, "mode": random.choice(("any_of", "all_of")), "needed": 1}


def draft_of(name: str, sentences: tuple[int, ...], random: Random, *, part: bool = False) -> QuestionDraft:
    """A question of one type that tests some sentences, most of the time, and is worth some points."""
    content = dict(SAMPLES[name].content)
    asked = sentences_in(SAMPLES["evidence"].content, sentences, random)
    if name == "evidence":
        content = asked
    if part:
        content["evidence"] = {"asked": asked, "share": random.choice((FRACTION_ONE // 2, FRACTION_ONE // 3))}
    ends = sorted(random.choices(sentences, k=2))
    anchor = (ends[0], ends[1]) if random.random() < 0.8 else None
    words = QuestionWords.of(f"What about {name} {random.randint(1, 999)}?")
    worth = 0 if name == "poll" and random.random() < 0.5 else random.choice(WORTHS)
    return QuestionDraft(name, words, TYPES[name].read(content), worth, anchor)


def another_key(asked: ItemRow, sentences: tuple[int, ...], random: Random) -> QuestionDraft:
    """The same question with another key, about the same or other sentences."""
    content = other_key(asked.type, asked.content)
    if asked.type == "evidence":
        content = sentences_in(asked.content, sentences, random)
    if "evidence" in content:
        content["evidence"]["asked"] = sentences_in(asked.content["evidence"]["asked"], sentences, random)
    ends = sorted(random.choices(sentences, k=2))
    words = QuestionWords.of(asked.stem)
    return QuestionDraft(asked.type, words, TYPES[asked.type].read(content), asked.points, (ends[0], ends[1]))


ANSWERS: dict[str, list[dict[str, list[str]]]] = {
    "single_choice": [{"answer": [key]} for key in ("k1", "k1", "k0", "k2", "k3")],
    "true_false": [{"answer": [key]} for key in ("false", "false", "true")],
    "multiple_answers": [{"answer": keys} for keys in (["k0", "k2"], ["k0"], ["k0", "k1"], ["k1", "k3"], ["k2", "k3"])],
    "short_answer": [{"answer": [text]} for text in ("zq-secret kursk", "An oblast", "Seoul", "Pusan")],
    "numeric": [{"answer": [text]} for text in ("10,000", "10,300", "3", "50000")],
    "matching": [
        {"p1": ["a1"], "p2": ["a2"], "p3": ["a1"]},
        {"p1": ["a1"], "p2": ["a3"], "p3": ["a1"]},
        {"p1": ["a2"], "p2": ["a3"]},
        {"p1": ["a1"]},
    ],
    "ordering": [
        {"answer": ["s3", "s1", "s4", "s2"], **{f"s{at}": [place] for at, place in enumerate(places, 1)}}
        for places in ("1234", "1243", "4321")
    ],
    "blanks": [
        {"g1": [word_key("bridge")], "g2": [word_key("the spring")]},
        {"g1": [word_key("ferry")], "g2": [word_key("the spring")]},
        {"g1": [word_key("bridge")]},
        {"g1": [word_key("ferry")], "g2": [word_key("tunnel")]},
    ],
    "poll": [{"answer": ["k2", "k0"]}, {"answer": ["k1"]}, {"answer": ["k0"]}],
    "open_answer": [{"answer": [text]} for text in ("Because of the pact.", "No idea at all.", "At sea.")],
}


def answer_to(name: str, sentences: tuple[int, ...], random: Random, strength: float) -> dict[str, list[str]]:
    """What one student sends for a question: the first answer is right, and left out means nothing at all."""
    if random.random() < 0.08:
        return NOTHING
    cited = [str(each) for each in random.sample(sentences, random.randint(0 if name in WITH_PART else 1, 2))]
    if name == "evidence":
        return {"answer": cited}
    right, *others = ANSWERS[name]
    fields = right if random.random() < strength else random.choice(others)
    return fields | {"evidence": cited} if name in WITH_PART else fields
