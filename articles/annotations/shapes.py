"""What a JSON value has to look like, in pieces that are put together to the shape of a whole document. Pure.

A check takes a value and where it stands, and raises AnnotationRefused. A null is what is not there, and a list of one
is that one, as in all JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Check: TypeAlias = Callable[[Any, str], None]
Shape: TypeAlias = Mapping[str, Check]

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")


class AnnotationRefused(ValueError):
    """A document that is no annotation, or no set of them; `where` in it, and why."""

    def __init__(self, where: str, why: LazyString | str) -> None:
        super().__init__(why)
        self.where = where
        self.why = why

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" if self.where else str(self.why)


def inside(where: str, name: str) -> str:
    """Return where a member of an object stands."""
    return f"{where}.{name}" if where else name


def values_of(value: Any) -> list[Any]:
    """Return a value as the list of values that it stands for."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def types_of(value: Mapping[str, Any], where: str) -> set[str]:
    """Return the types that an object says it is of."""
    types = values_of(value.get("type"))
    for each in types:
        text(each, inside(where, "type"))
    return set(types)


def one(check: Check) -> Check:
    """At most one value."""

    def checked(value: Any, where: str) -> None:
        found = values_of(value)
        if len(found) > 1:
            raise AnnotationRefused(where, _l("there can be one only"))
        for each in found:
            check(each, where)

    return checked


def some(check: Check) -> Check:
    """As many values as there are."""

    def checked(value: Any, where: str) -> None:
        found = values_of(value)
        for at, each in enumerate(found):
            check(each, f"{where}[{at}]" if len(found) > 1 else where)

    return checked


def members(shape: Shape, *, needed: Collection[str] = ()) -> Check:
    """An object whose members have these shapes, if they are there; others may be anything."""

    def checked(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise AnnotationRefused(where, _l("this is no object"))
        for name in needed:
            if not values_of(value.get(name)):
                raise AnnotationRefused(inside(where, name), _l("this is missing"))
        for name, check in shape.items():
            if name in value:
                check(value[name], inside(where, name))

    return checked


def text(value: Any, where: str) -> None:
    """A text."""
    if not isinstance(value, str):
        raise AnnotationRefused(where, _l("this has to be text"))


def _matching(pattern: re.Pattern[str], why: LazyString) -> Check:
    def checked(value: Any, where: str) -> None:
        text(value, where)
        if not pattern.fullmatch(value):
            raise AnnotationRefused(where, why)

    return checked


iri = _matching(IRI, _l("this is no whole address"))
language = _matching(LANGUAGE, _l("this is no language tag"))
_moment = _matching(MOMENT, _l("this is no time such as 2026-11-27T10:00:00Z"))


def moment(value: Any, where: str) -> None:
    """A moment with its time zone, as XML Schema writes it."""
    _moment(value, where)
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise AnnotationRefused(where, _l("there is no such time")) from None


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def checked(value: Any, where: str) -> None:
        if value not in allowed:
            raise AnnotationRefused(where, _l("this can be %(words)s", words=", ".join(allowed)))

    return checked


def count(value: Any, where: str) -> None:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise AnnotationRefused(where, _l("this has to be a whole number from 0"))
