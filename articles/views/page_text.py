"""The text of an article inside other rooms' pages, as HTML that is made once for each version."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import get_locale

from articles.queries import list_blocks
from core.memory import recall
from core.text import rendered

blueprint = Blueprint("page_text", __name__)


@blueprint.app_template_global("article_text")
def article_text(version_id: int, links: bool = True) -> str:
    """Return the blocks of a version as templates/articles/_text.html prints them, without choices or marks.

    `links` turns the ¶ numbers into links to themselves.
    """

    def make() -> str:
        blocks = list_blocks(version_id)
        return rendered(render_template("articles/_page_text.html", blocks=blocks, links=links))

    return recall(("article_text", version_id, links, str(get_locale()), request.script_root), make)
