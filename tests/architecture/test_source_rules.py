"""Where things may be done: the environment is read, commits are made and markup is trusted in one place each."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterable

import pytest

from tests.support.commits import most_commits
from tests.support.source import ROOT, Module, modules, room_modules

MAY_READ_THE_ENVIRONMENT = {"core/settings.py", "manage.py"}
MAY_TRUST_MARKUP = {"core/text.py"}
MAY_COMMIT = {"core/database.py"}
# In pieces, so that this file does not name them.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "npmjs" + ".",
    "registry" + ".npm",
    "crates" + ".io",
    "rubygems" + ".",
]
PRIVATE_KEYS = ["BEGIN [A-Z ]*PRIVATE" + " KEY"]


def places(of: Iterable[Module], is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    """Where in these modules something stands that is wrong there."""
    return [
        f"{module.path}:{getattr(node, 'lineno', 0)} {ast.unparse(node)[:100]}"
        for module in of
        for node in ast.walk(module.tree)
        if is_wrong(node)
    ]


def imports(*wanted: str) -> Callable[[ast.AST], bool]:
    """Whether a node imports one of these names."""
    kinds = ast.ImportFrom | ast.Import
    return lambda node: isinstance(node, kinds) and bool({alias.name for alias in node.names} & set(wanted))


def reads(*wanted: str) -> Callable[[ast.AST], bool]:
    """Whether a node is one of these dotted names."""
    return lambda node: isinstance(node, ast.Attribute) and ast.unparse(node) in wanted


def comes_from(package: str) -> Callable[[ast.AST], bool]:
    """Whether a node imports something out of this package."""
    return lambda node: isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package


def within(*layers: str) -> list[Module]:
    """The rooms' modules that are, or stand in, something of one of these names."""
    return [module for module in room_modules() if set(layers) & set(module.name.split("."))]


def test_the_environment_is_read_by_the_settings_alone() -> None:
    others = [m for m in modules() if m.path not in MAY_READ_THE_ENVIRONMENT and m.room != "bench"]
    wrong = places(others, reads("os.environ", "os.environb", "os.getenv")) + places(
        others, imports("environ", "getenv")
    )
    assert not wrong, "\n".join(wrong)


def test_markup_is_trusted_by_core_text_alone() -> None:
    others = [module for module in modules() if module.path not in MAY_TRUST_MARKUP]
    wrong = places(others, imports("Markup")) + places(others, reads("markupsafe.Markup", "flask.Markup"))
    assert not wrong, "\n".join(wrong)


def test_only_the_database_module_commits_a_session() -> None:
    wrong = places(
        [m for m in room_modules() if m.path not in MAY_COMMIT], reads("db.session.commit", "session.commit")
    )
    assert not wrong, "\n".join(wrong)


def test_operations_flush_and_never_commit() -> None:
    wrong = places(within("operations", "queries", "models", "permissions"), imports("commit"))
    assert not wrong, "\n".join(wrong)


def test_no_way_through_a_function_commits_twice() -> None:
    wrong = places(room_modules(), lambda node: isinstance(node, ast.FunctionDef) and most_commits(node.body) > 1)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "most"),
    [
        ("commit()\ncommit()", 2),
        ("if a:\n  commit()\n  return\ncommit()", 1),
        ("if a:\n  commit()\nelse:\n  commit()", 1),
        ("if a:\n  commit()\ncommit()", 2),
        ("for a in b:\n  commit()", 2),
        ("with a:\n  commit()\nreturn", 1),
        ("try:\n  a()\nexcept E:\n  return\ncommit()", 1),
    ],
)
def test_ways_through_a_function_are_counted(code: str, most: int) -> None:
    assert most_commits(ast.parse(code).body) == most


def test_views_hold_no_sql() -> None:
    wrong = places(within("views"), comes_from("sqlalchemy")) + places(within("views"), reads("db.session"))
    assert not wrong, "\n".join(wrong)


def test_permissions_are_pure() -> None:
    wrong = [
        place
        for package in ("flask", "sqlalchemy", "flask_login")
        for place in places(within("permissions"), comes_from(package))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_package_registry_or_holds_a_key() -> None:
    pattern = "|".join([*(name.replace(".", r"\.") for name in REGISTRIES), *PRIVATE_KEYS])
    command = ["git", "-c", "safe.directory=*", "grep", "-nIE", "-e", pattern]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 1, answer.stdout + answer.stderr
