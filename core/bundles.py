"""Stylesheets and scripts, several in one file: a first visit asks for a few files, where it would ask for forty."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.modules import join_modules
from core.security import public
from core.text import fill
from core.web import fingerprint, kept, not_found

blueprint = Blueprint("bundles", __name__)

TYPES = {"css": "text/css", "js": "text/javascript"}
NAME = re.compile(r"[a-z_]+")
# Every page has this script, before those of its own.
EVERYWHERE = "app"
FOR_GOOD = "public, max-age=%s, immutable"
_LINKS = {
    "css": '<link rel="stylesheet" href="%s">',
    "js": '<script type="module" src="%s"></script>',
}


@dataclass(frozen=True)
class Bundle:
    """Files as one: as they are, by gzip, and the fingerprint of the text."""

    body: bytes
    packed: bytes
    fingerprint: str


@kept
def read_bundle(kind: str, names: tuple[str, ...]) -> Bundle:
    """Return the files `names` of a kind ("css" or "js") as one: stylesheets one after the other.

    Scripts bring along what they import. Raises LookupError for what is no such file, or is named twice.
    """
    if kind not in TYPES or len(set(names)) < len(names) or not all(NAME.fullmatch(name) for name in names):
        raise LookupError(names)
    folder = Path(current_app.static_folder or "")

    def read(name: str) -> str:
        try:
            return (folder / kind / f"{name}.{kind}").read_text("utf-8")
        except FileNotFoundError as error:
            raise LookupError(name) from error

    text = join_modules(read, names) if kind == "js" else "".join(read(name) for name in names)
    body = text.encode()
    return Bundle(body, gzip.compress(body, mtime=0), fingerprint(body))


@blueprint.get("/bundles/<names>.<kind>")
@public
def show(names: str, kind: str) -> ResponseReturnValue:
    """Answer with the files that are named, in the version that there is now."""
    try:
        bundle = read_bundle(kind, tuple(names.split("-")))
    except LookupError:
        not_found()
    is_packed = request.accept_encodings.quality("gzip") > 0
    response = Response(bundle.packed if is_packed else bundle.body, mimetype=TYPES[kind])
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    is_this_one = request.args.get("v") == bundle.fingerprint
    for_good = FOR_GOOD % current_app.config["SEND_FILE_MAX_AGE_DEFAULT"]
    response.headers["Cache-Control"] = for_good if is_this_one else "no-cache"
    return response


@kept
def _link(root: str, kind: str, names: tuple[str, ...]) -> str:
    address = f"{root}/bundles/{'-'.join(names)}.{kind}?v={read_bundle(kind, names).fingerprint}"
    return fill(_LINKS[kind], [(address,)])


def link_to(kind: str, *names: str) -> str:
    """Return the markup that brings these files of ours into a page."""
    return _link(request.script_root, kind, names)


def init_bundles(app: Flask) -> None:
    """Give templates `stylesheets(…)` and `scripts(…)`; what every page runs comes before a page's own scripts."""
    app.jinja_env.globals["stylesheets"] = lambda *names: link_to("css", *names)
    app.jinja_env.globals["scripts"] = lambda *names: link_to("js", EVERYWHERE, *names)
