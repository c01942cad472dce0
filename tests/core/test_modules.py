"""Scripts joined into one do what the browser does with many."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from core.modules import JoiningError, join_modules

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
OURS = sorted(path.stem for path in SCRIPTS.glob("*.js"))


def join(modules: dict[str, str], *entries: str) -> str:
    """These modules joined."""
    return join_modules(modules.__getitem__, entries)


def order_of(joined: str) -> list[str]:
    """The names of the modules in it, one after the other."""
    return re.findall(r"^// (\w+)\.js$", joined, re.MULTILINE)


@pytest.mark.parametrize(
    ("imports", "entries", "order"),
    [
        ({"a": "", "b": ""}, "ba", "ba"),
        ({"a": "b", "b": ""}, "a", "ba"),
        ({"a": "bc", "b": "c", "c": ""}, "a", "cba"),
        ({"a": "c", "b": "c", "c": ""}, "ab", "cab"),
        ({"a": "", "b": "a"}, "ab", "ab"),
        ({"a": "", "b": "a"}, "ba", "ab"),
    ],
)
def test_each_module_comes_once_after_what_it_uses_and_entries_in_their_order(
    imports: dict[str, str], entries: str, order: str
) -> None:
    modules = {
        name: "".join(f'import {{ x }} from "./{other}.js";\n' for other in used) for name, used in imports.items()
    }
    assert order_of(join(modules, *entries)) == list(order)


def test_modules_that_use_each_other_in_a_circle_are_refused() -> None:
    circle = {name: f'import {{ x }} from "./{used}.js";' for name, used in ("ab", "bc", "ca")}
    with pytest.raises(JoiningError, match="a uses b uses c uses a"):
        join(circle, "a")


@pytest.mark.parametrize(
    "line",
    [
        'import "./b.js";',
        'import b from "./b.js";',
        'import * as b from "./b.js";',
        'import { b } from "https://elsewhere.example/b.js";',
        'import { b } from "../b.js";',
        "import { b } from './b.js'",
        "import {",
        "export let count = 0;",
        "export default class {}",
        "export { b };",
        'export * from "./b.js";',
    ],
)
def test_forms_that_cannot_be_carried_over_are_refused(line: str) -> None:
    with pytest.raises(JoiningError, match=r"a\.js"):
        join({"a": line, "b": ""}, "a")


@pytest.mark.parametrize("name", OURS)
def test_every_script_of_ours_can_be_joined(name: str) -> None:
    joined = join_modules(lambda used: (SCRIPTS / f"{used}.js").read_text(), [name])
    assert order_of(joined)[-1] == name


@pytest.fixture
def run(page: Page) -> Callable[[str], list[str]]:
    """Runs a module in a browser; gives what `say` was told and which errors the window heard of."""

    def said(joined: str) -> list[str]:
        page.set_content(
            "<script>const heard = []; const say = (words) => heard.push(words);"
            "addEventListener('error', (event) => say(`! ${event.message}`));</script>"
            f'<script type="module">{joined}</script>'
        )
        heard: list[str] = page.evaluate("heard")
        return heard

    return said


MODULES = {
    "counter": "let count = 0;\nexport const step = () => ++count;\nsay('counter');",
    "shapes": "export class Circle { name = 'circle'; }\nexport async function later() {}\nexport function area() {}",
    "first": 'import { step } from "./counter.js";\nsay(`first ${step()}`);',
    "second": 'import { step as next } from "./counter.js";\nimport { Circle } from "./shapes.js";\n'
    "const counter = 'its own';\nsay(`second ${next()} ${new Circle().name} ${counter}`);",
    "broken": "export const word = absent.length;",
    "user": 'import { word } from "./broken.js";\nsay(`never ${word}`);',
}


def test_modules_share_what_one_of_them_keeps_and_names_stay_apart(run: Callable[[str], list[str]]) -> None:
    assert run(join(MODULES, "first", "second")) == ["counter", "first 1", "second 2 circle its own"]


def test_a_module_that_fails_takes_along_only_those_that_use_it(run: Callable[[str], list[str]]) -> None:
    heard = run(join(MODULES, "user", "first"))
    assert [words for words in heard if not words.startswith("!")] == ["counter", "first 1"]
    assert "absent is not defined" in heard[0]
