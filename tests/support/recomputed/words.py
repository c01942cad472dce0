"""Figures as pages write them, rounded once."""

from __future__ import annotations

from fractions import Fraction

from tests.support.recomputed.goes import half_up

POINT = 100_000


def places(value: Fraction, digits: int = 2) -> str:
    """A number with so many places at most, half up, without idle zeros."""
    whole = half_up(abs(value) * 10**digits)
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and whole else text


def points(value: Fraction | int) -> str:
    """Points: they are kept in hundred-thousandths."""
    return places(Fraction(value, POINT))


def percent(share: Fraction | None) -> str:
    """A share from 0 to 1 in whole per cent."""
    return "" if share is None else f"{half_up(share * 100)} %"


def counted(n: int, one: str, many: str) -> str:
    """A count with its word."""
    return f"{n} {one if n == 1 else many}"


def in_words(n: int) -> str:
    """A number as a sentence has it: a word under ten."""
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n] if n < len(words) else str(n)


def short(text: str, most: int) -> str:
    """A text on one line, cut after a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    words = line[: most - 1].split(" ")
    return " ".join(words[:-1] if len(words) > 1 else words).rstrip(",;:.") + "…"


def with_word(value: Fraction | int) -> str:
    """Points with their word."""
    return "1 point" if value == POINT else f"{points(value)} points"
