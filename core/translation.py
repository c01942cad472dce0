"""Words through gettext, in the person's language. Templates ask hundreds of times a page: looked up once."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_request_context
from flask_babel import Babel, get_translations
from flask_login import current_user


def _locale() -> str:
    return getattr(current_user, "locale", None) or "en"


def _catalogue() -> Any:
    if not has_request_context():
        return get_translations()
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def _gettext(message: str) -> str:
    return str(_catalogue().gettext(message))


def _ngettext(singular: str, plural: str, n: int) -> str:
    return str(_catalogue().ngettext(singular, plural, n))


def init_translation(app: Flask) -> None:
    """Choose the language for each person and give templates `_` and `ngettext`."""
    Babel(app, locale_selector=_locale)
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
