"""Reading a number as people write it, exactly: no binary fractions anywhere.

A text can have two honest readings: "1,234" is a thousand in London and one and a bit in Berlin.
Both are kept, and whoever compares takes the one that fits.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

LONGEST_NUMERAL = 60
_LARGEST_EXPONENT = 300

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = str.maketrans({
    "−": "-", "–": "-", "‒": "-", "﹣": "-", "٫": ".", "٬": "'", "’": "'", "ʼ": "'", "⋅": "·", "∙": "·", "⨯": "×",
})  # fmt: skip
_WRITTEN = (
    r"(?P<sign>[-+]?) ?(?P<body>[\d.,' ]*\d[\d.,' ]*?)"
    r"(?:(?:[eE]| ?[xX×*·] ?10 ?(?:\^|\*\*) ?)(?P<exponent>[-+]?\d{1,4}))?"
)
_UNIT = r"[^\d\s.,'+*^()-][^\s]*(?: [^\d\s][^\s]*)*"
_NUMERAL = re.compile(_WRITTEN, re.ASCII)
_SIGN_BEFORE = r"[^\d\s.,'+*^()-]+"
_QUANTITY = re.compile(rf"(?:(?P<before>{_SIGN_BEFORE}) ?)?{_WRITTEN} ?(?P<after>{_UNIT})?", re.ASCII)


@dataclass(frozen=True)
class Quantity:
    """A number with what stands beside it. `values` are its honest readings, the likelier one first.

    `unit` is plain: one kind of space, no raised digits ("m^2"), case as typed; "" when there is none.
    """

    values: tuple[Decimal, ...]
    unit: str


def read_numeral(text: str) -> tuple[Decimal, ...]:
    """Every honest reading of a text as a number, the likelier one first; () when there is none."""
    found = _NUMERAL.fullmatch(_plain(text)) if len(text) <= LONGEST_NUMERAL else None
    return _values(found) if found else ()


def read_quantity(text: str) -> Quantity | None:
    """A number and the unit before or behind it; None when the text is something else."""
    found = _QUANTITY.fullmatch(_plain(text)) if len(text) <= LONGEST_NUMERAL else None
    if not found or (found["before"] and found["after"]):
        return None
    values = _values(found)
    return Quantity(values, found["before"] or found["after"] or "") if values else None


def plain_unit(text: str) -> str:
    """A unit as its author types it, as `read_quantity` gives units."""
    return _plain(text)


def canonical(value: Decimal) -> str:
    """One text for one number: "1200", "-0.5"; the power of ten is written out only when it is short."""
    if value == 0:
        return "0"
    sign, digits, exponent = value.as_tuple()
    whole = "".join(map(str, digits)).rstrip("0")
    power = int(exponent) + len(digits) - len(whole)
    plain = f"{Decimal((sign, tuple(map(int, whole)), power)):f}"
    return plain if len(plain) <= LONGEST_NUMERAL else f"{'-' * sign}{whole}e{power}"


def _values(found: re.Match[str]) -> tuple[Decimal, ...]:
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > _LARGEST_EXPONENT:
        return ()
    values = [Decimal(f"{found['sign']}{digits}e{exponent}") for digits in _bodies(found["body"])]
    return tuple(dict.fromkeys(values))


def _plain(text: str) -> str:
    """Plain digits, signs and separators, one kind of space."""
    raised = _RAISED.sub(lambda found: "^" + found[0].translate(_SUPERSCRIPTS), text)
    plain = unicodedata.normalize("NFKC", raised).translate(_SIGNS)
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
