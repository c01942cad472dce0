"""Whether the application is up and its database answers."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from core.database import read_connection
from core.security import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer 200 and {"status": "ok"} while the database answers."""
    with read_connection() as connection:
        connection.execute(text("SELECT 1"))
    return jsonify(status="ok")
