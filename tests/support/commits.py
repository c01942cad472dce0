"""How often a function can call commit() in one run, read from its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

TWICE = 2


@dataclass(frozen=True)
class Ways:
    """The most commits on a way that goes on after some statements (None: no way does), and on one that ended."""

    on: int | None
    ended: int = 0


def most_commits(statements: Sequence[ast.stmt]) -> int:
    """The most calls of commit() on any way through these statements; a loop counts twice."""
    ways = _ways(statements)
    return max(ways.on or 0, ways.ended)


def _ways(statements: Sequence[ast.stmt]) -> Ways:
    so_far, ended = 0, 0
    for statement in statements:
        here = _ways_of(statement)
        ended = max(ended, so_far + here.ended)
        if here.on is None:
            return Ways(None, ended)
        so_far += here.on
    return Ways(so_far, ended)


def _ways_of(statement: ast.stmt) -> Ways:
    match statement:
        case ast.If(body=body, orelse=orelse):
            return _either(_ways(body), _ways(orelse))
        case ast.Return() | ast.Raise():
            return Ways(None, _calls(statement))
        case ast.For(body=body) | ast.While(body=body):
            inside = _ways(body)
            return Ways(TWICE * (inside.on or 0), inside.ended)
        case ast.With(body=body):
            return _ways(body)
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            way = _ways([*body, *orelse, *final])
            for handler in handlers:
                way = _either(way, _ways([*handler.body, *final]))
            return way
        case ast.FunctionDef() | ast.ClassDef():
            return Ways(0)
    return Ways(_calls(statement))


def _either(one: Ways, other: Ways) -> Ways:
    going_on = [way.on for way in (one, other) if way.on is not None]
    return Ways(max(going_on) if going_on else None, max(one.ended, other.ended))


def _calls(node: ast.AST) -> int:
    calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return len([call for call in calls if ast.unparse(call.func) == "commit"])
