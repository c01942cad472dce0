"""What goes wrong, in the application's own pages."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, TooManyRequests
from werkzeug.exceptions import Conflict as HTTPConflict

from core.database import give_up

PAGES = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500)


class Conflict(HTTPConflict):
    """What was sent does not fit what is there now: answered with 409 and `message`."""

    def __init__(self, message: str) -> None:
        super().__init__(description=message)


class TooOften(TooManyRequests):
    """Asked for too often: answered with 429, `message`, and when to try again (seconds)."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(description=message, retry_after=retry_after)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _own_words(error: HTTPException) -> str | None:
    ours = isinstance(error, Conflict | TooOften) or getattr(error, "is_ours", False)
    return str(error.description) if ours else None


def _refuse(error: HTTPException) -> Response:
    if error.response is not None or (error.code and error.code < 400):
        return error.get_response()  # type: ignore[return-value]
    give_up()
    status, words = error.code or 500, _own_words(error)
    if _wants_json():
        response = jsonify(error=words or error.name)
    else:
        template = f"errors/{status if status in PAGES else 400}.html"
        response = make_response(render_template(template, message=words, status=status))
    response.status_code = status
    if isinstance(error, TooManyRequests) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _is_too_large(error: Exception) -> bool:
    """Whether a number came that no column holds: in a query or a form, for addresses know better."""
    if isinstance(error, OverflowError):
        return "SQLite INTEGER" in str(error)
    return isinstance(error, DataError) and getattr(error.orig, "sqlstate", "") == "22003"


def _database_failed(error: Exception) -> Response:
    if _is_too_large(error):
        return _refuse(BadRequest())
    current_app.logger.exception("the database failed", exc_info=error)
    return _refuse(InternalServerError())


def init_errors(app: Flask) -> None:
    """Give every refusal its page."""
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(SQLAlchemyError, _database_failed)
    app.register_error_handler(TimeoutError, _database_failed)
    app.register_error_handler(OverflowError, _database_failed)
