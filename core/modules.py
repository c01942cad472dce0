"""Joins script modules into one file that does what the browser does with many: each runs once, after what it uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# Own forms of import and export, each on a line of its own; a binding that changes later could not be handed on.
_IMPORT = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<module>\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<what>(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(import|export)\b.*", re.MULTILINE)
# A module that fails takes along only those that use it, as in a browser.
_START = """const modules = {};
const run = (module) => {
  try { return module(); } catch (error) { reportError(error); }
};
"""


class JoiningError(ValueError):
    """Modules that cannot be joined: they use each other in a circle, or import in a form that is not known here."""


def join_modules(read: Callable[[str], str], entries: Sequence[str]) -> str:
    """Return one module that runs `entries` in their order, and before each of them what it imports.

    `read` gives the source of a module by its name, which is its file's without ".js". Raises JoiningError, and
    whatever `read` raises.
    """
    joined: dict[str, str] = {}

    def take(name: str, users: tuple[str, ...]) -> None:
        if name in users:
            raise JoiningError(f"{' uses '.join([*users, name])}")
        if name not in joined:
            source = read(name)
            for used in _IMPORT.finditer(source):
                take(used["module"], (*users, name))
            joined[name] = _as_function(name, source)

    for entry in entries:
        take(entry, ())
    return _START + "".join(joined.values())


def _as_function(name: str, source: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(source))
    body = _EXPORT.sub(lambda found: found["what"], _IMPORT.sub(_taken_over, source))
    if other := _OTHER.search(body):
        raise JoiningError(f"{name}.js: {other[0]}")
    return f"\n// {name}.js\nmodules.{name} = run(() => {{\n{body}\nreturn {{ {exported} }};\n}});\n"


def _taken_over(found: re.Match[str]) -> str:
    names = found["names"].replace(" as ", ": ")
    return f"const {{ {names} }} = modules.{found['module']};"
