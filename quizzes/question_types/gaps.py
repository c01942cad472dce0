"""The gaps of a text as an author writes them: right words in double brackets, the rest of each gap beside it.

"It was signed in [[1953|in 1953]]." has one gap, with two right answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits
from quizzes.question_types import wording
from quizzes.question_types.base import Problem
from quizzes.question_types.options import LONGEST_FEEDBACK

MOST_GAPS = 12
MOST_WEIGHT = 100
MOST_WORDS = 30
LONGEST_TEXT = 5_000
LONGEST_WORD = 200
_GAP = re.compile(r"\[\[([^\n]+?)\]\]")


@dataclass(frozen=True)
class Word:
    """A word or phrase and the part of the gap's points that it earns."""

    text: str
    fraction: FractionUnits

    @property
    def key(self) -> str:
        """A token for this word, the same wherever it stands."""
        return sha256(wording.normalise(self.text, case_sensitive=True).encode()).hexdigest()[:6]


@dataclass(frozen=True)
class Gap:
    """What there is to a gap beside the right words in the text.

    `also` are further words that earn something, `wrong` the other choices: where there are any, the gap is a list.
    """

    key: str
    also: tuple[Word, ...] = ()
    wrong: tuple[Word, ...] = ()
    weight: int = 1
    feedback: str = ""


@dataclass(frozen=True)
class Blank:
    """A gap as it stands in the text: its number from 1, and every word that earns or is offered, first match first."""

    number: int
    gap: Gap
    right: tuple[Word, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """The right words, those that are accepted too, and the wrong ones."""
        return (*self.right, *self.gap.also, *self.gap.wrong)

    @property
    def is_list(self) -> bool:
        """Whether the answer is chosen from a list of its own."""
        return bool(self.gap.wrong)


@dataclass(frozen=True)
class BlanksContent:
    """The text as written and its gaps in order; with `bank` all are filled from one bank, `extra` words included."""

    text: str
    gaps: tuple[Gap, ...]
    bank: bool = False
    extra: tuple[str, ...] = ()
    case_sensitive: bool = False

    @cached_property
    def _split(self) -> list[str]:
        return _GAP.split(self.text, maxsplit=len(self.gaps)) if self.gaps else [self.text]

    @property
    def pieces(self) -> list[str]:
        """The text around the gaps: one piece more than gaps."""
        return self._split[::2]

    @cached_property
    def blanks(self) -> list[Blank]:
        """The gaps with the words that the text has for them."""
        found = zip(self._split[1::2], self.gaps, strict=False)
        return [Blank(number, gap, right_words(inside)) for number, (inside, gap) in enumerate(found, 1)]

    @cached_property
    def bank_words(self) -> dict[str, str]:
        """The words of the bank by key: those of the gaps, then the author's further ones."""
        own = [word for blank in self.blanks for word in blank.words]
        return by_key([*own, *(Word(text, 0) for text in self.extra)])

    @property
    def choices(self) -> dict[str, str]:
        """The words that students choose from, by key, in the author's order; none where all is typed."""
        if self.bank:
            return self.bank_words
        return by_key(word for blank in self.blanks if blank.is_list for word in blank.words)


def by_key(words: Iterable[Word]) -> dict[str, str]:
    """The texts of words, each once, by key."""
    texts: dict[str, str] = {}
    for word in words:
        texts.setdefault(word.key, word.text)
    return texts


def insides(text: str) -> list[str]:
    """What stands between the double brackets of a text, as written."""
    return _GAP.findall(text[: LONGEST_TEXT + 1])


def right_words(inside: str) -> tuple[Word, ...]:
    """The words of one gap in the text, which "|" parts."""
    return tuple(Word(word.strip(), FRACTION_ONE) for word in inside.split("|") if word.strip())


def problems_of(content: BlanksContent) -> list[Problem]:
    """What the author still has to put right."""
    problems = [Problem("gapped_text", message) for message in _text_problems(content)]
    if content.bank and len(content.extra) > MOST_WORDS:
        problems.append(Problem("extra", _("Keep to %(n)s words at most.", n=MOST_WORDS)))
    if any(len(word) > LONGEST_WORD for word in content.extra):
        problems.append(Problem("extra", _("Keep each to %(n)s characters.", n=LONGEST_WORD)))
    if content.bank and content.blanks and len(content.bank_words) < 2:
        problems.append(Problem("extra", _("Give the bank at least one word more, or there is nothing to choose.")))
    for at, blank in enumerate(content.blanks):
        problems += [
            Problem(f"gaps.{at}.{field}", message) for field, message in _gap_problems(blank, content.case_sensitive)
        ]
    return problems


def _text_problems(content: BlanksContent) -> list[str]:
    if len(content.text) > LONGEST_TEXT:
        return [_("Keep the text to %(n)s characters.", n=LONGEST_TEXT)]
    if "[[" in _GAP.sub("", content.text) or "]]" in _GAP.sub("", content.text):
        return [_("A gap begins with [[ and ends with ]] on the same line. One of them is missing.")]
    if not content.gaps:
        return [_("Put the words to be found in double brackets, such as: It was signed in [[1953]].")]
    if len(insides(content.text)) > MOST_GAPS:
        return [_("Keep to %(n)s gaps at most.", n=MOST_GAPS)]
    if not all(blank.right for blank in content.blanks):
        return [_("Write the right word between [[ and ]].")]
    if any(len(word.text) > LONGEST_WORD for blank in content.blanks for word in blank.right):
        return [_("Keep what stands in a gap to %(n)s characters.", n=LONGEST_WORD)]
    return []


def _gap_problems(blank: Blank, case_sensitive: bool) -> list[tuple[str, str]]:
    problems = []
    for field, words in (("also", blank.gap.also), ("wrong", blank.gap.wrong)):
        if len(words) > MOST_WORDS:
            problems.append((field, _("Keep to %(n)s words at most.", n=MOST_WORDS)))
        if any(len(word.text) > LONGEST_WORD for word in words):
            problems.append((field, _("Keep each to %(n)s characters.", n=LONGEST_WORD)))

    def folded(word: Word) -> str:
        return wording.normalise(word.text, case_sensitive=case_sensitive)

    right = {folded(word) for word in (*blank.right, *blank.gap.also)}
    twice = next((word.text for word in blank.gap.wrong if folded(word) in right), None)
    if twice is not None:
        problems.append(("wrong", _("“%(word)s” is right as well. Take it away in one place.", word=twice)))
    if not 1 <= blank.gap.weight <= MOST_WEIGHT:
        problems.append(("weight", _("Give a weight from 1 to %(n)s.", n=MOST_WEIGHT)))
    if len(blank.gap.feedback) > LONGEST_FEEDBACK:
        problems.append(("feedback", _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)))
    return problems
