"""Any question of every type with any answer to it, for property tests. A new type adds its line to STRATEGIES.

The contents need not be ones that an author could save: grading has to stand whatever it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.question_types.base import AnswerFields
from quizzes.question_types.blanks import BlanksContent
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.evidence_part import EvidencePart
from quizzes.question_types.gaps import Gap, Word
from quizzes.question_types.matching import MatchingContent, Pair
from quizzes.question_types.multiple_answers import RULE_NAMES, MultipleAnswersContent
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option
from quizzes.question_types.ordering import RULE_NAMES as ORDER_RULES
from quizzes.question_types.ordering import OrderingContent, Step
from quizzes.question_types.poll import PollContent
from quizzes.question_types.rubrics import Criterion, Level
from quizzes.question_types.short_answer import EXACT, EXPRESSION, WILDCARD, Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent
from quizzes.question_types.units import Unit, UnitRules


@dataclass(frozen=True)
class Asked:
    """A content, what a form sends for it, and the same content as if its author had listed it in another order.

    Where the order is what the author says (steps, forms that are tried in turn), `turned` is the content itself.
    """

    content: Any
    turned: Any
    fields: AnswerFields


FRACTIONS = st.one_of(
    st.sampled_from([0, FRACTION_ONE, -FRACTION_ONE, FRACTION_ONE // 2, 3_333_333_333]),
    st.integers(-FRACTION_ONE, FRACTION_ONE),
)
SHARES = st.integers(0, FRACTION_ONE)
WORDS = st.text(alphabet="ab Ä.'’*\\", max_size=8)
NUMBERS = st.sampled_from(["0", "3.5", "-2", "1e3", "1200", "0.001"])
TYPED_NUMBERS = st.one_of(
    st.sampled_from(["3.5", "3,5 km", "1,200", "1.2e3 m", "2·10^2", "-2", "3500 m", "many", "1 200 yd", "0"]),
    st.text(alphabet="0123456789.,- kme", max_size=12),
)
SENTENCES = st.integers(1, 8)


def _some(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True)


@st.composite
def passages(draw: st.DrawFn) -> tuple[EvidenceContent, EvidenceContent]:
    """Accepted passages, and the same in another order."""
    found = draw(st.lists(st.lists(SENTENCES, min_size=1, max_size=3, unique=True), max_size=4))
    rows = tuple(AcceptedPassage(f"p{at}", tuple(sorted(ids))) for at, ids in enumerate(found))
    rules = (draw(st.sampled_from(["any_of", "all_of", "at_least"])), draw(st.integers(0, 4)), draw(st.integers(0, 6)))
    return EvidenceContent(rows, *rules), EvidenceContent(tuple(draw(st.permutations(rows))), *rules)


@st.composite
def parts(draw: st.DrawFn) -> tuple[EvidencePart | None, EvidencePart | None]:
    """An evidence part or none, and the same in another order."""
    if draw(st.booleans()):
        return None, None
    share = draw(SHARES)
    asked, turned = draw(passages())
    return EvidencePart(asked, share), EvidencePart(turned, share)


def cited() -> st.SearchStrategy[list[str]]:
    """Sentences as a form sends them."""
    return st.lists(SENTENCES.map(str), max_size=6)


def options() -> st.SearchStrategy[tuple[Option, ...]]:
    """Options with keys of their own and any fractions."""
    return st.lists(FRACTIONS, max_size=6).map(
        lambda fractions: tuple(Option(f"k{at}", f"Option {at}", fraction) for at, fraction in enumerate(fractions))
    )


@st.composite
def single_choices(draw: st.DrawFn) -> Asked:
    rows, (part, turned) = draw(options()), draw(parts())
    chosen = draw(st.sampled_from(["", *(row.key for row in rows)]))
    content = SingleChoiceContent(rows, evidence=part)
    other = SingleChoiceContent(tuple(draw(st.permutations(rows))), evidence=turned)
    return Asked(content, other, {"answer": [chosen], "evidence": draw(cited())})


@st.composite
def multiple_answers(draw: st.DrawFn) -> Asked:
    rows, (part, turned) = draw(options()), draw(parts())
    content = MultipleAnswersContent(rows, draw(st.sampled_from(list(RULE_NAMES))), evidence=part)
    other = replace(content, options=tuple(draw(st.permutations(rows))), evidence=turned)
    chosen = draw(_some([row.key for row in rows])) if rows else []
    return Asked(content, other, {"answer": chosen, "evidence": draw(cited())})


@st.composite
def true_false(draw: st.DrawFn) -> Asked:
    part, turned = draw(parts())
    content = TrueFalseContent(draw(st.booleans()), evidence=part)
    fields = {"answer": [draw(st.sampled_from(["", "true", "false"]))], "evidence": draw(cited())}
    return Asked(content, replace(content, evidence=turned), fields)


@st.composite
def short_answers(draw: st.DrawFn) -> Asked:
    ways = st.sampled_from([EXACT, WILDCARD, EXPRESSION])
    rows = draw(st.lists(st.tuples(WORDS, ways, FRACTIONS), max_size=4))
    forms = tuple(Form(f"f{at}", *row) for at, row in enumerate(rows))
    content = ShortAnswerContent(forms, draw(st.booleans()))
    return Asked(
        content, content, {"answer": [draw(st.one_of(WORDS, st.sampled_from([row[0] for row in rows] or [""])))]}
    )


@st.composite
def numerics(draw: st.DrawFn) -> Asked:
    rows = draw(st.lists(st.tuples(NUMBERS, st.sampled_from(["absolute", "relative", "range"]), FRACTIONS), max_size=4))
    accepted = tuple(
        AcceptedNumber(f"n{at}", value, kind, "5", "2000", fraction) for at, (value, kind, fraction) in enumerate(rows)
    )
    units = draw(st.permutations([Unit("km"), Unit("m", "0.001"), Unit("yd", "0.0009144")]))
    rules = UnitRules(draw(st.sampled_from(["not_allowed", "optional", "required"])), tuple(units), draw(SHARES))
    turned = NumericContent(tuple(draw(st.permutations(accepted))), replace(rules, units=rules.units[::-1]))
    return Asked(NumericContent(accepted, rules), turned, {"answer": [draw(TYPED_NUMBERS)]})


@st.composite
def evidence(draw: st.DrawFn) -> Asked:
    content, turned = draw(passages())
    return Asked(content, turned, {"answer": draw(cited())})


@st.composite
def open_answers(draw: st.DrawFn) -> Asked:
    levels = tuple(Level(str(at), "", points) for at, points in enumerate(draw(st.lists(st.integers(0, 10**6)))))
    content = OpenAnswerContent(draw(st.integers(0, 9)), draw(st.integers(0, 9)), "", (Criterion("c", "", levels),))
    return Asked(content, content, {"answer": [draw(WORDS)]})


@st.composite
def matching(draw: st.DrawFn) -> Asked:
    rows = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=6))
    pairs = tuple(
        Pair(f"p{at}", f"Prompt {at}" if asked else "", f"a{to}", f"Answer {to}") for at, (asked, to) in enumerate(rows)
    )
    known = st.sampled_from(["", *(pair.answer_key for pair in pairs)])
    fields = {pair.key: [draw(known)] for pair in pairs}
    return Asked(MatchingContent(pairs), MatchingContent(tuple(draw(st.permutations(pairs)))), fields)


@st.composite
def orderings(draw: st.DrawFn) -> Asked:
    steps = tuple(Step(f"s{at}", f"Step {at}") for at in range(draw(st.integers(0, 6))))
    content = OrderingContent(steps, draw(st.sampled_from(list(ORDER_RULES))))
    places = st.one_of(st.just(""), st.integers(1, max(len(steps), 1)).map(str))
    return Asked(content, content, {step.key: [draw(places)] for step in steps})


@st.composite
def blanks(draw: st.DrawFn) -> Asked:
    words = st.lists(st.builds(Word, st.sampled_from(["ab", "b a", "c"]), SHARES), max_size=2).map(tuple)
    gaps = tuple(
        Gap(f"g{at}", draw(words), draw(words), draw(st.integers(0, 5))) for at in range(draw(st.integers(0, 3)))
    )
    text = " and ".join(f"[[{draw(st.sampled_from(['ab', 'ab|b a', 'd']))}]]" for _gap in gaps)
    content = BlanksContent(text, gaps, draw(st.booleans()), ("e",), draw(st.booleans()))
    given = st.sampled_from(["", "ab", "AB.", "b a", "c", Word("ab", 0).key, Word("c", 0).key])
    return Asked(content, content, {gap.key: [draw(given)] for gap in gaps})


@st.composite
def polls(draw: st.DrawFn) -> Asked:
    rows, several = draw(options()), draw(st.booleans())
    chosen = draw(_some([row.key for row in rows])) if rows else []
    content = PollContent(rows, several)
    turned = PollContent(tuple(draw(st.permutations(rows))), several)
    return Asked(content, turned, {"answer": chosen if several else chosen[:1]})


STRATEGIES: dict[str, st.SearchStrategy[Asked]] = {
    "single_choice": single_choices(),
    "true_false": true_false(),
    "multiple_answers": multiple_answers(),
    "short_answer": short_answers(),
    "numeric": numerics(),
    "evidence": evidence(),
    "open_answer": open_answers(),
    "matching": matching(),
    "ordering": orderings(),
    "blanks": blanks(),
    "poll": polls(),
}
