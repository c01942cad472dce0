"""The house: rooms stand above what they use, and nothing points up or sideways."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.source import ROOMS, Module, all_modules, imported, modules, room_modules

# What a file of this name may not import, whatever the room: models know nothing of what uses them.
LAYERS = {
    "models": {"queries", "operations", "permissions", "forms", "views"},
    "permissions": {"queries", "operations", "forms", "views"},
    "queries": {"operations", "forms", "views"},
    "operations": {"forms", "views"},
    "forms": {"views"},
}


def room_of(module_name: str) -> str:
    """The first part of a dotted name: "quizzes" of "quizzes.models.attempts"."""
    return module_name.split(".")[0]


def layer_of(module_name: str) -> str:
    """The second part of a dotted name: "models" of "quizzes.models.attempts"."""
    return [*module_name.split("."), ""][1]


def room_imports() -> Iterator[tuple[Module, str, str]]:
    """Every import of ours in the rooms: who imports, what, and both with the line for the message."""
    for module in room_modules():
        for name, line in imported(module):
            yield module, name, f"{module.path}:{line} imports {name}"


def points_down(importer: str, imported_room: str) -> bool:
    """Whether a room may import another: itself, or one that stands on a lower floor."""
    if imported_room not in ROOMS:
        return False
    return importer == imported_room or ROOMS[imported_room] < ROOMS[importer]


def test_the_rule_itself_refuses_up_sideways_and_the_roof() -> None:
    assert points_down("quizzes", "articles")
    assert points_down("quizzes", "quizzes")
    assert not points_down("articles", "quizzes")
    assert not points_down("quizzes", "discussion")
    assert not points_down("core", "app")


def test_imports_point_down_only() -> None:
    wrong = [text for module, name, text in room_imports() if not points_down(module.room, room_of(name))]
    assert not wrong, "\n".join(wrong)


def test_another_rooms_views_and_forms_are_its_own() -> None:
    wrong = [
        text
        for module, name, text in room_imports()
        if room_of(name) not in {module.room, "core"} and layer_of(name) in {"views", "forms"}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_layers_of_a_room_point_towards_its_models() -> None:
    wrong = [
        text
        for module, name, text in room_imports()
        if "core" not in {module.room, room_of(name)} and layer_of(name) in LAYERS.get(layer_of(module.name), set())
    ]
    assert not wrong, "\n".join(wrong)


def test_no_import_stands_in_a_function() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module.name: {name for name, _ in imported(module)} - {module.name} for module in all_modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))
