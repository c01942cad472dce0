"""Reading a number as people write it, exactly: no binary fractions anywhere.

A text can have two honest readings: "1,234" is a thousand in London and one and a bit in Berlin.
Both are kept, and whoever compares takes the one that fits.
"""

import re
import unicodedata
from decimal import Decimal

LONGEST_NUMERAL = 60
_LARGEST_EXPONENT = 300

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = str.maketrans({"−": "-", "–": "-", "‒": "-", "﹣": "-", "٫": ".", "٬": "'", "’": "'", "ʼ": "'"})
_NUMERAL = re.compile(
    r"(?P<sign>[-+]?) ?(?P<body>[\d.,' ]*\d[\d.,' ]*?)"
    r"(?:(?:e| ?[x×*·] ?10 ?(?:\^|\*\*) ?)(?P<exponent>[-+]?\d{1,4}))?",
    re.ASCII,
)


def read_numeral(text: str) -> tuple[Decimal, ...]:
    """Every honest reading of a text as a number, the likelier one first; () when there is none."""
    found = _NUMERAL.fullmatch(_plain(text)) if len(text) <= LONGEST_NUMERAL else None
    if not found:
        return ()
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > _LARGEST_EXPONENT:
        return ()
    sign = found["sign"]
    values = [Decimal(f"{sign}{digits}e{exponent}") for digits in _bodies(found["body"])]
    return tuple(dict.fromkeys(values))


def canonical(value: Decimal) -> str:
    """One text for one number: "1200", "-0.5"; the power of ten is written out only when it is short."""
    if value == 0:
        return "0"
    sign, digits, exponent = value.as_tuple()
    whole = "".join(map(str, digits)).rstrip("0")
    power = int(exponent) + len(digits) - len(whole)
    plain = f"{Decimal((sign, tuple(map(int, whole)), power)):f}"
    return plain if len(plain) <= LONGEST_NUMERAL else f"{'-' * sign}{whole}e{power}"


def _plain(text: str) -> str:
    """Plain digits, signs and separators, lower case, one kind of space."""
    raised = _RAISED.sub(lambda found: "^" + found[0].translate(_SUPERSCRIPTS), text)
    plain = unicodedata.normalize("NFKC", raised).translate(_SIGNS).casefold()
    digits = (str(unicodedata.decimal(char, char)) for char in plain)
    return re.sub(r"\s+", " ", "".join(digits)).strip()


def _bodies(body: str) -> list[str]:
    """The digits of a numeral without its sign, with a point for decimals; one for each reading."""
    readings = []
    for group, point in ((",", "."), ("'", "."), (" ", "."), ("'", ","), (" ", ","), (".", ",")):
        grouped = rf"[1-9]\d{{0,2}}(?:{re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}"
        if re.fullmatch(rf"{grouped}(?:{re.escape(point)}\d*)?", body):
            readings.append(body.replace(group, "").replace(point, "."))
    for point in (".", ","):
        if re.fullmatch(rf"\d*{re.escape(point)}?\d*", body):
            reading = body.replace(point, ".")
            readings.insert(0, reading) if point == "." else readings.append(reading)
    return readings
