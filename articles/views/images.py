"""The images of articles, served to those who may read the article."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries.images import get_image_for, read_image

blueprint = Blueprint("images", __name__)
# A picture and nothing else, whatever a browser thinks that it sees; and on pages of this site alone.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    # It never changes; but whoever signs in next on this machine (another cookie) asks anew.
    "Cache-Control": "private, max-age=604800, immutable",
    "Vary": "Cookie",
}


@blueprint.get("/images/<digest>")
def show(digest: str) -> ResponseReturnValue:
    """Send an image, or say that the browser has it already."""
    image = get_image_for(current_user, digest)
    is_known = request.if_none_match.contains(digest)
    answer = Response(status=304) if is_known else Response(read_image(image.id), mimetype=image.media_type)
    answer.headers.update(HEADERS)
    answer.headers["Content-Disposition"] = f"inline; filename={digest[:8]}.{image.media_type.split('/')[1]}"
    answer.set_etag(digest)
    return answer
