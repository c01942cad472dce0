"""Words through gettext, in the person's language. Templates ask hundreds of times a page: looked up once."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import Babel, get_translations
from flask_login import current_user

from core.text import formatted


def _locale() -> str:
    return getattr(current_user, "locale", None) or "en"


def _catalogue() -> Any:
    if not has_app_context():
        return get_translations()
    catalogue = g.get("catalogue")
    if catalogue is None:
        catalogue = g.catalogue = get_translations()
    return catalogue


def _gettext(message: str, **variables: Any) -> str:
    return formatted(_catalogue().gettext(message), variables)


def _ngettext(singular: str, plural: str, n: int, **variables: Any) -> str:
    return formatted(_catalogue().ngettext(singular, plural, n), {"num": n, **variables})


def init_translation(app: Flask) -> None:
    """Choose the language for each person and give templates `_` and `ngettext`."""
    Babel(app, locale_selector=_locale)
    words = {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext}
    app.jinja_env.globals.update(words)
