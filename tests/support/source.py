"""The project's own source, as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", ".git", "instance", "node_modules", "__pycache__"}
ROOMS = {"core": 0, "classroom": 1, "articles": 2, "quizzes": 3, "discussion": 3, "reading": 4, "results": 4}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its path from the root, and its syntax tree."""

    name: str
    path: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The package or module at the top: "classroom", "app"."""
        return self.name.split(".")[0]

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """The project's files with one of these suffixes, in order."""
    found = (path for path in ROOT.rglob("*") if path.suffix in suffixes and path.is_file())
    return tuple(sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts)))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file but migrations and tests."""
    return tuple(module for module in all_modules() if module.room not in {"migrations", "tests"})


@cache
def room_modules() -> tuple[Module, ...]:
    """The Python files of the rooms."""
    return tuple(module for module in modules() if module.room in ROOMS)


@cache
def all_modules() -> tuple[Module, ...]:
    """Every Python file but the migrations' versions, which are records."""
    paths = (path.relative_to(ROOT) for path in files(".py"))
    return tuple(_parsed(path) for path in paths if path.parts[:2] != ("migrations", "versions"))


def _parsed(path: Path) -> Module:
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, str(path), ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path)))


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """The modules of ours that this one names in an import, with the line."""
    known = {other.name for other in all_modules()}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            names = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names]
        else:
            continue
        yield from ((name, node.lineno) for name in dict.fromkeys(names) if name in known)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name if module.path.endswith("__init__.py") else module.name.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package
