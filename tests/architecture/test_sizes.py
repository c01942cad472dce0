"""Small enough to read: files, functions, parameter lists; and named by what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support.source import ROOT, Function, Module, all_modules, files, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 4
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
SOURCES = [path for path in files(".py", ".js", ".css", ".html") if "versions" not in path.parts]


def length(function: Function) -> int:
    """Lines from `def` to the end of the body."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: Function) -> list[str]:
    """What a caller in code fills in: neither self nor *args and **kwargs, nor a command line's options."""
    if any(".command(" in ast.unparse(decorator) for decorator in function.decorator_list):
        return []
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]


def functions(of: tuple[Module, ...]) -> Iterator[tuple[Function, str]]:
    """Every function, with where it stands."""
    for module in of:
        for function in module.functions():
            yield function, f"{module.path}:{function.lineno} {function.name}"


def test_files_are_short() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    wrong = [f"{path} has {lines} lines" for path, lines in lengths.items() if lines > LONGEST_FILE]
    assert not wrong, "\n".join(wrong)


def test_functions_are_short() -> None:
    lengths = [(length(function), where) for function, where in functions(all_modules())]
    wrong = [f"{where} has {lines} lines" for lines, where in lengths if lines > LONGEST_FUNCTION]
    assert not wrong, "\n".join(wrong)


def test_functions_take_few_parameters() -> None:
    found = [(parameters(function), where) for function, where in functions(modules())]
    wrong = [f"{where}({', '.join(names)})" for names, where in found if len(names) > MOST_PARAMETERS]
    assert not wrong, "\n".join(wrong)


def test_files_are_named_by_a_noun() -> None:
    wrong = [str(path) for path in SOURCES if path.stem in NAMES_THAT_SAY_NOTHING]
    assert not wrong, "\n".join(wrong)


def test_what_others_call_says_what_it_promises() -> None:
    wrong = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, Function | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not wrong, "\n".join(wrong)
