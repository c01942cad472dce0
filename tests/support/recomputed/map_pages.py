"""What the pages of the maps should say of a layer: its heading, its tables, its picture; and what they say."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from tests.support.recomputed.maps import Layer, Spot
from tests.support.recomputed.page import Node
from tests.support.recomputed.words import counted, percent

Figures = dict[str, Any]
NOTHING = {
    "missed": "Not in the quiz", "evidence": "Not cited", "confusion": "Not marked", "questions": "No open question",
}  # fmt: skip


def heading(layer: Layer) -> str:
    """Where a layer says most: of equals the first place."""
    if layer.name == "missed":
        shares = {at: spot.share for at, spot in layer.paragraphs.items() if spot.share}
        if not shares:
            return "No points were lost on a passage yet."
        at = min(shares, key=lambda each: (-shares[each], each))
        return f"Most was lost at ¶ {at}: {percent(shares[at])} of the points."
    if not layer.sentences:
        return {
            "evidence": "Nobody has pointed at the article yet.",
            "confusion": "Nobody has marked a sentence yet.",
            "questions": "No question waits for an answer.",
        }[layer.name]
    order = layer.text.order
    most = min(layer.sentences, key=lambda each: (-layer.sentences[each].count, order.index(each)))
    place, k = f"¶ {layer.text.label[most]}", layer.sentences[most].count
    match layer.name:
        case "evidence":
            return f"Most cited is {place}: {k} of {layer.n} answers point there."
        case "confusion":
            return f"Hardest is {place}: {k} of {layer.n} students marked it."
    return f"One question waits, at {place}." if layer.n == 1 else f"{layer.n} questions wait; most at {place}."


def _figure(name: str, spot: Spot) -> str:
    if name == "missed":
        return percent(spot.share)
    return str(spot.count) if name == "questions" else f"{spot.count} of {spot.n}"


def _cells(layer: Layer, spot: Spot, *, paragraph: bool) -> tuple[str, ...]:
    if layer.name == "missed":
        return ", ".join(map(str, spot.numbers)), str(spot.n), percent(spot.share)
    if layer.name == "confusion" and paragraph:
        return (counted(spot.count, "mark", "marks"),)
    return (_figure(layer.name, spot),)


def expected_map(layer: Layer) -> Figures:
    """The page with its tables."""
    label = layer.text.label
    paragraphs = {str(at): _cells(layer, spot, paragraph=True) for at, spot in layer.paragraphs.items()}
    sentences = {label[at]: _cells(layer, spot, paragraph=False) for at, spot in layer.sentences.items()}
    return expected_picture(layer) | {"paragraphs": paragraphs, "sentences": sentences}


def _beside(layer: Layer, spot: Spot | None) -> list[str]:
    if spot is None:
        return [NOTHING[layer.name]]
    k = spot.count
    match layer.name:
        case "missed":
            lost = [] if spot.share is None else [f"{percent(spot.share)} of points lost"]
            word = "Question" if len(spot.numbers) == 1 else "Questions"
            asked = f"{word} {', '.join(map(str, spot.numbers))}"
            return [*lost, asked, counted(spot.n, "student", "students")]
        case "evidence":
            return [f"{k} answer of {spot.n} points here" if k == 1 else f"{k} answers of {spot.n} point here"]
        case "confusion":
            return [counted(k, "mark by students", "marks by students")]
    return [counted(k, "open question", "open questions")]


def expected_picture(layer: Layer) -> Figures:
    """The text with what is said beside each paragraph, how dark it is, and the figures after its sentences."""
    levels, beside, after = {}, {}, {}
    for at, ids in layer.text.paragraphs.items():
        own = [layer.sentences.get(each) for each in layer.text.order if each in ids]
        runs = [spot for spot, _run in groupby(own)]
        after[str(at)] = [_figure(layer.name, spot) for spot in runs if spot and spot.level]
        beside[str(at)] = _beside(layer, layer.paragraphs.get(at))
        levels[str(at)] = layer.paragraphs[at].level if at in layer.paragraphs else 0
    return {"heading": heading(layer), "n": layer.base, "levels": levels, "beside": beside, "after": after}


def told_picture(page: Node) -> Figures:
    """What a page says of it."""
    found: Figures = {"heading": page.one("h1").text, "n": _base(page), "levels": {}, "beside": {}, "after": {}}
    for place in page.all("div", "hp"):
        if "id" in place.attributes:
            at = place.attributes["id"].removeprefix("map-p")
            (dark,) = [name for name in place.classes if name.startswith("lv")]
            found["levels"][at] = int(dark[2:])
            said = place.one("div", "hm")
            found["beside"][at] = [each.text for p in said.all("p") for each in p.all("span") or [p]]
            found["after"][at] = [each.text for each in place.all("b", "tag")]
    return found


def told_map(page: Node) -> Figures:
    """What the page says in its tables and its picture; nothing where the map is held back."""
    if not page.all(of="map-tables"):
        return {}
    paragraphs, sentences = page.one(of="map-tables").all("table")
    return told_picture(page) | {"paragraphs": _read_rows(paragraphs), "sentences": _read_rows(sentences)}


def _base(page: Node) -> str:
    (meta,) = [each for each in page.all("p", "meta") if each.text.startswith("n = ")]
    return meta.text.removeprefix("n = ")


def _read_rows(table: Node) -> Figures:
    found = {}
    for row in table.one("tbody").all("tr"):
        cells = [each for each in row.held if isinstance(each, Node)]
        if cells[0].tag == "th" and not row.all("span", "muted"):
            found[cells[0].text.removeprefix("¶").strip()] = tuple(each.text for each in cells[1:])
    return found
