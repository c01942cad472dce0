"""Which part of a whole web page is the article: pure, over the tree of its elements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.importing.markup_tree import Node

AROUND_TAGS = {"nav", "aside", "footer"}
AROUND_ROLES = {
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar",
    "alertdialog", "tooltip", "toolbar",
}  # fmt: skip
AROUND_WORDS = re.compile(
    r"(?<![a-z])(comments?|disqus|share|sharing|social|promo|related|sidebar|cookies?|subscribe|"
    r"newsletter|breadcrumbs?|advert\w*|sponsor\w*|pagination|pager|masthead|navbar|navbox|menu|"
    r"toc|mw-editsection|noprint|hatnote|catlinks|skip-?links?|printfooter|recommend\w*)(?![a-z])",
    re.IGNORECASE,
)
PARAGRAPHS = {"p", "pre", "td", "blockquote", "li", "figcaption"}
SHORTEST = 25
# A marked-up article is believed when it holds at least this share of the text found by weighing.
BELIEVED = 0.5


@dataclass(frozen=True)
class Picked:
    """The element that holds the article, and how many parts around it were left out."""

    node: Node
    left_out: int


def pick(root: Node) -> Picked:
    """Return the article of a page, cleared of what stands around it. Changes the tree it is given."""
    left_out = _clear(root)
    weighed = _heaviest(root)
    marked = _marked(root)
    if marked is not None and _size(marked) >= BELIEVED * _size(weighed):
        return Picked(marked, left_out)
    return Picked(weighed, left_out)


def _clear(root: Node) -> int:
    """Take out navigation, side columns, comments and hidden parts; return how many there were."""
    count = 0
    for node in list(root.elements()):
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and _is_around(child, node):
                count += 1
            else:
                kept.append(child)
        node.children = kept
    return count


def _is_around(node: Node, parent: Node) -> bool:
    given = node.attributes
    if "hidden" in given or given.get("role", "").lower() in AROUND_ROLES:
        return True
    if node.tag in AROUND_TAGS:
        return True
    if node.tag == "header" and parent.tag not in {"article", "main", "section", "hgroup"}:
        return not any(child.tag == "h1" for child in node.elements())
    if node.tag in {"div", "section", "ul", "ol", "table", "p", "header", "li"}:
        named = f"{given.get('id', '')} {given.get('class', '')}"
        return bool(AROUND_WORDS.search(named)) and not any(
            below.tag in {"article", "main", "h1"} for below in node.elements()
        )
    return False


def _marked(root: Node) -> Node | None:
    """Return the largest element that says it is the article, or None."""
    found = [
        node
        for node in root.elements()
        if node.tag in {"article", "main"}
        or node.attributes.get("role") in {"main", "article"}
        or "articleBody" in node.attributes.get("itemprop", "")
    ]
    return max(found, key=_size, default=None)


def _size(node: Node) -> int:
    return len(node.text())


def _heaviest(root: Node) -> Node:
    """Return the element around most of the running text, by weighing paragraphs less their links."""
    parents = {id(child): node for node in root.elements() for child in node.children if isinstance(child, Node)}
    weights: dict[int, float] = {}
    nodes = {id(node): node for node in root.elements()}
    for node in root.elements():
        if node.tag not in PARAGRAPHS:
            continue
        text = node.text()
        if len(text) < SHORTEST:
            continue
        weight = (len(text) + 20 * text.count(",")) * (1 - _link_share(node, len(text)))
        above: Node | None = parents.get(id(node))
        for share in (1.0, 0.5, 0.25):
            if above is None:
                break
            weights[id(above)] = weights.get(id(above), 0.0) + weight * share
            above = parents.get(id(above))
    if not weights:
        return root
    best = nodes[max(weights, key=lambda key: weights[key])]
    return _widened(best, parents)


def _link_share(node: Node, length: int) -> float:
    linked = sum(len(below.text()) for below in node.elements() if below.tag == "a")
    return min(1.0, linked / max(1, length))


def _widened(best: Node, parents: dict[int, Node]) -> Node:
    """Go up from the best element while what stands around it is mostly running text as well."""
    node, size = best, _size(best)
    while (above := parents.get(id(node))) is not None:
        wider = above.text()
        gain = len(wider) - size
        if gain > 0 and (gain < 0.1 * size or _link_share(above, len(wider)) > 0.35):
            if gain > 0.3 * size:
                break
        elif gain > 0.6 * size and above.tag == "root":
            break
        node, size = above, len(wider)
    return node
