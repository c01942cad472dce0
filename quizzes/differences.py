"""What changed between two versions of a question, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FractionUnits, format_percent, format_points
from quizzes.question_types import TYPES, evidence, numeric, ordering, short_answer, units
from quizzes.question_types.base import Json
from quizzes.question_types.multiple_answers import RULE_NAMES

LONGEST_COMPARED = 4_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# What the content of a type keeps for itself, or says elsewhere on the page.
_UNSAID = {"key", "answer_key", "span_id", "sentences", "elsewhere"}
# What a row is called by, so that it needs no name of its own.
_OF_ROW = {"text", "value", "name"}
# Rows whose place says as much as their words.
_IN_ORDER = {"steps"}
LABELS: dict[str, LazyString] = {
    "options": lazy_gettext("Option"),
    "forms": lazy_gettext("Accepted answer"),
    "accepted": lazy_gettext("Accepted number"),
    "passages": lazy_gettext("Accepted passage"),
    "fraction": lazy_gettext("per cent of the points"),
    "feedback": lazy_gettext("explanation"),
    "match": lazy_gettext("how it is compared"),
    "kind": lazy_gettext("how it is compared"),
    "tolerance": lazy_gettext("tolerance"),
    "high": lazy_gettext("to"),
    "right": lazy_gettext("Right answer"),
    "rule": lazy_gettext("How it is scored"),
    "units.rule": lazy_gettext("Unit"),
    "units": lazy_gettext("Accepted unit"),
    "factor": lazy_gettext("factor"),
    "loss": lazy_gettext("What a wrong unit costs"),
    "mode": lazy_gettext("A student must find"),
    "needed": lazy_gettext("How many must be found"),
    "most": lazy_gettext("Sentences a student may choose"),
    "share": lazy_gettext("Per cent of the points for the evidence"),
    "rubric": lazy_gettext("Criterion"),
    "levels": lazy_gettext("level"),
    "points": lazy_gettext("points"),
    "tag": lazy_gettext("Tag"),
    "fixed_order": lazy_gettext("Keeps its order"),
    "tell_count": lazy_gettext("Says how many are right"),
    "case_sensitive": lazy_gettext("Capital letters count"),
    "min_words": lazy_gettext("At least, in words"),
    "max_words": lazy_gettext("At most, in words"),
    "guidance": lazy_gettext("For those who grade"),
    "feedback_true": lazy_gettext("Explanation for true"),
    "feedback_false": lazy_gettext("Explanation for false"),
    "several": lazy_gettext("Several may be chosen"),
    "pairs": lazy_gettext("Pair"),
    "prompt": lazy_gettext("left side"),
    "answer": lazy_gettext("answer"),
    "steps": lazy_gettext("Number"),
    "text": lazy_gettext("Text with gaps"),
    "gaps": lazy_gettext("Gap"),
    "also": lazy_gettext("also accepted"),
    "wrong": lazy_gettext("wrong choice"),
    "weight": lazy_gettext("weight"),
    "bank": lazy_gettext("Filled from one word bank"),
    "extra": lazy_gettext("Further word of the bank"),
}
CODES: dict[str, dict[Any, LazyString]] = {
    "rule": RULE_NAMES | ordering.RULE_NAMES | units.RULE_NAMES,
    "match": short_answer.MATCH_NAMES,
    "kind": numeric.KIND_NAMES,
    "mode": evidence.MODE_NAMES,
    "most": {0: lazy_gettext("any number")},
}
SHARES = {"fraction", "loss", "share"}


@dataclass(frozen=True)
class Worded:
    """A version as far as its words go; `passages` are (role, quoted words)."""

    type: str
    stem: str
    content: Json
    general_feedback: str
    hint: str
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Piece:
    """Words that are the "same" in both, "added" or "removed"."""

    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part of a question that changed."""

    label: str
    pieces: tuple[Piece, ...]


def changes_between(old: Worded, new: Worded) -> list[Change]:
    """Return every part that differs, in the order of the newer version, then what is gone."""
    before, after = _parts(old), _parts(new)
    paths = [*after, *(path for path in before if path not in after)]
    found = []
    for path in paths:
        label, text = after.get(path) or (before[path][0], "")
        was = before[path][1] if path in before else ""
        if was != text:
            found.append(Change(label, pieces_of(was, text)))
    return found


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Return two texts as one run of words with what was taken out and put in. Very long texts are not compared."""
    if len(old) > LONGEST_COMPARED or len(new) > LONGEST_COMPARED:
        return tuple(Piece(state, text) for state, text in (("removed", old), ("added", new)) if text)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for how, at, to, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(after[start:end])))
            continue
        removed, added = "".join(before[at:to]), "".join(after[start:end])
        pieces += [Piece(state, text) for state, text in (("removed", removed), ("added", added)) if text]
    return tuple(pieces)


_Parts = dict[str, tuple[str, str]]


def _parts(version: Worded) -> _Parts:
    """Every part of a version by a path that stays the same across versions: (its name on screen, its text)."""
    parts = {
        "type": (str(_("Type")), str(TYPES[version.type].label)),
        "stem": (str(_("Question")), version.stem),
    }
    parts |= _leaves(version.content)
    for role, label in (("anchor", _("Passage")), ("evidence", _("Accepted passage"))):
        quotes = [quote for kind, quote in version.passages if kind == role]
        parts |= {f"{role}.{at}": (str(label), quote) for at, quote in enumerate(quotes)}
    parts["general_feedback"] = (str(_("Feedback for everybody")), version.general_feedback)
    parts["hint"] = (str(_("Hint")), version.hint)
    return parts


def _leaves(content: Mapping[str, Any], path: str = "", under: str = "") -> _Parts:
    parts: _Parts = {}
    for name, value in content.items():
        if name in _UNSAID:
            continue
        place = f"{path}.{name}"
        if isinstance(value, Mapping):
            parts |= _leaves(value, place, under)
        elif isinstance(value, list):
            parts |= _rows(value, place, f"{under}, {_label(name)}" if under else _label(name))
        else:
            parts[place] = (_leaf_label(name, path.rpartition(".")[2], under), _text(name, value))
    return parts


def _rows(rows: Sequence[Any], path: str, label: str) -> _Parts:
    parts: _Parts = {}
    for at, row in enumerate(rows, start=1):
        named = f"{label} {chr(ord('A') + at - 1)}" if path.endswith(".options") else f"{label} {at}"
        if isinstance(row, Mapping):
            is_placed = path.rpartition(".")[2] in _IN_ORDER
            parts |= _leaves(row, f"{path}.{at if is_placed else row.get('key', at)}", named)
        elif isinstance(row, list):
            parts |= _rows(row, f"{path}.{at}", named)
        else:
            parts[f"{path}.{at}"] = (named, _text("", row))
    return parts


def _leaf_label(name: str, within: str, under: str) -> str:
    if under and name in _OF_ROW:
        return under
    own = _label(name, within)
    return f"{under}, {own}" if under else own


def _label(name: str, within: str = "") -> str:
    return str(LABELS.get(f"{within}.{name}") or LABELS[name])


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no")) if name != "right" else str(_("True") if value else _("False"))
    if name in SHARES and isinstance(value, int):
        fraction: FractionUnits = value
        return f"{format_percent(fraction)} %"
    if name == "points":
        return format_points(value)
    return str(CODES.get(name, {}).get(value, value))
