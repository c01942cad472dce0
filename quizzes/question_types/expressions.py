"""Regular expressions that authors write: checked before they are kept, and never run without a time limit."""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations
from typing import Any

import regex
from flask_babel import gettext as _

from quizzes.question_types.wording import straight_quotes

BUDGET = 0.1
"""Seconds of computing that all patterns of a question may take with one answer."""

_TRIAL = 0.5
_LONGEST_TRIAL = 400
_MOST_REPEATS = 2_000
_NAMED = regex.compile(r"\\[pPNgk]\{[^}]*\}|\\.", regex.DOTALL)
_COUNT = regex.compile(r"\{(\d*)(?:,(\d*))?\}")
_APPROXIMATE = regex.compile(r"\{[^}]*[eids][^}]*\}")
_CLASS = regex.compile(r"\[\^?\]?[^\]]*\]")
_LOOSE = r"[^()|*+?{}](?:[*+?]|\{\d*,\d*\})\??"
_NESTED = regex.compile(
    rf"\((?:\?:|\?P?<\w+>)?(?=[^()]*(?:[*+]|,\}}))(?:{_LOOSE})+(?:\|(?:{_LOOSE})+)*\)(?:[*+]|\{{\d*,\}})"
)
"""A repeat without limit of nothing but repeats, such as (a+)+. Many engines take for ever on it; a+ says the same."""
_SIGNS = frozenset(r"\^$.|?*+()[]{}")
_log = logging.getLogger(__name__)


class Budget:
    """The seconds that are left for one answer."""

    def __init__(self, seconds: float = BUDGET) -> None:
        self.ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Never nothing: the library takes 0 for no time at all and raises before it has looked."""
        return max(self.ends - time.monotonic(), 0.001)


def fits(pattern: str, text: str, *, case_sensitive: bool, budget: Budget | None = None) -> bool:
    """Whether all of `text` is what the pattern describes. Taking too long is no match, and is logged; never raises."""
    try:
        compiled = _compiled(pattern, case_sensitive)
        return compiled.fullmatch(text, timeout=(budget or Budget()).left) is not None
    except TimeoutError:
        _log.warning("a pattern ran out of time on an answer of %d characters: %r", len(text), pattern[:200])
    except (regex.error, MemoryError, RecursionError):
        _log.warning("a pattern cannot be used: %r", pattern[:200])
    return False


def expression_problem(pattern: str) -> str:
    """What an author has to change about a pattern, in words; "" when it can be used."""
    plain = _NAMED.sub("", pattern)
    if _APPROXIMATE.search(plain):
        return str(_("A pattern cannot ask for what is nearly right: take away the braces with letters in them."))
    if _repeats(pattern) > _MOST_REPEATS:
        return str(_("This pattern repeats too much within repeats. Ask for smaller numbers in braces."))
    try:
        _compiled(pattern, case_sensitive=False)
    except regex.error as error:
        if error.pos is None:
            return str(_("This is not a regular expression."))
        return str(_("This is not a regular expression from character %(n)s on.", n=error.pos + 1))
    except (MemoryError, RecursionError, OverflowError, ValueError):
        return str(_("This is not a regular expression."))
    if _NESTED.search(_CLASS.sub("x", _NAMED.sub("x", pattern))) or _runs_away(pattern):
        return str(_("This pattern can take for ever on some answers. Do not repeat what is itself repeated."))
    return ""


@lru_cache(maxsize=512)
def _compiled(pattern: str, case_sensitive: bool) -> Any:
    flags = 0 if case_sensitive else regex.IGNORECASE | regex.FULLCASE
    return regex.compile(_normalised(pattern), flags)


def _normalised(pattern: str) -> str:
    """Letters as answers have them; a sign that NFKC would make one of the pattern's own stays itself."""
    composed = straight_quotes(unicodedata.normalize("NFC", pattern))
    return "".join(_folded(char) for char in composed)


def _folded(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return char if folded == char else str(regex.escape(folded))


def _repeats(pattern: str) -> int:
    """How many copies of its largest part the counted repetitions of a pattern multiply out to, at most."""
    plain = _NAMED.sub("x", pattern)
    sizes, at = [[0, 1]], 0  # for each open group: its size so far, and the size of its last part
    while at < len(plain):
        char, found = plain[at], _COUNT.match(plain, at)
        if char == "[":
            at = max(plain.find("]", at + 2), at)
            _add(sizes, 1)
        elif char == "(":
            sizes.append([0, 1])
        elif char == ")" and len(sizes) > 1:
            _add(sizes, max(sizes.pop()[0], 1))
        elif found and (found[1] or found[2]):
            times = max(int(number or 1) for number in found.groups("1"))
            sizes[-1][0] += sizes[-1][1] * (times - 1)
            sizes[-1][1] *= times
            at = found.end() - 1
        else:
            _add(sizes, 1)
        at += 1
    return sum(size for size, _last in sizes)


def _add(sizes: list[list[int]], size: int) -> None:
    sizes[-1][0] += size
    sizes[-1][1] = size


@lru_cache(maxsize=512)
def _runs_away(pattern: str) -> bool:
    compiled, budget = _compiled(pattern, case_sensitive=False), Budget(_TRIAL)
    try:
        for text in _provocations(pattern):
            compiled.fullmatch(text, timeout=budget.left)
            if time.monotonic() > budget.ends:
                return True
    except (TimeoutError, MemoryError, RecursionError):
        return True
    return False


def _provocations(pattern: str) -> Iterator[str]:
    """Long texts of the pattern's own letters that come close and then fail."""
    letters = list(dict.fromkeys([*(char for char in pattern if char not in _SIGNS), "a", "0", " "]))[:8]
    pieces = [*letters, *("".join(pair) for pair in permutations(letters, 2)), "".join(letters)]
    for piece in pieces:
        body = piece * (_LONGEST_TRIAL // len(piece))
        yield body
        yield f"{body}!"
        yield f"{body[: _LONGEST_TRIAL // 2]}{''.join(letters)}!"
