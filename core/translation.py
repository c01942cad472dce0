"""Words through gettext, in the person's language. Templates ask hundreds of times a page: looked up once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Any

from babel.support import Translations
from flask import Flask, current_app, has_app_context
from flask_babel import Babel, force_locale, get_translations
from flask_login import current_user
from wtforms.i18n import messages_path

from core.text import formatted


class Catalogue:
    """The words of one language. Those without variables are kept as they are printed."""

    def __init__(self, translations: Any, of_fields: Any) -> None:
        self.translations = translations
        self.of_fields = of_fields
        self.plain: dict[str, str] = {}


_UNTRANSLATED = Catalogue(NullTranslations(), NullTranslations())
"""Outside of any application words are as they are written."""
_catalogue: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def _locale() -> str:
    return _spoken.get() or getattr(current_user, "locale", None) or "en"


def _forget() -> None:
    _catalogue.set(None)  # the thread served somebody else before


def _words() -> Catalogue:
    catalogue = _catalogue.get()
    if catalogue is None and not has_app_context():
        return _UNTRANSLATED
    if catalogue is None:
        known: dict[str, Catalogue] = current_app.extensions["catalogues"]
        language = _locale()
        if language not in known:
            of_fields = Translations.load(messages_path(), [language], domain="wtforms")
            known[language] = Catalogue(get_translations(), of_fields)
        catalogue = known[language]
        _catalogue.set(catalogue)
    return catalogue


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Use another language inside the block: for mail, which is written for somebody who asks for nothing now."""
    spoken, catalogue = _spoken.set(locale), _catalogue.set(None)
    try:
        with force_locale(locale):
            yield
    finally:
        _spoken.reset(spoken)
        _catalogue.reset(catalogue)


def gettext(message: str, **variables: Any) -> str:
    """Return words of ours in the reader's language; safe to print as they are."""
    words = _words()
    if variables:
        return formatted(words.translations.gettext(message), variables)
    if message not in words.plain:  # one of ours: there are only so many
        words.plain[message] = formatted(words.translations.gettext(message), {})
    return words.plain[message]


def _ngettext(singular: str, plural: str, n: int, **variables: Any) -> str:
    return formatted(_words().translations.ngettext(singular, plural, n), {"num": n, **variables})


class FieldWords:
    """What WTForms' own fields and checks say, in the reader's language. It would read them from the disk each time."""

    def gettext(self, message: str) -> str:
        """Return a message in the reader's language."""
        return str(_words().of_fields.gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message that fits a number."""
        return str(_words().of_fields.ngettext(singular, plural, n))


def number_in_words(n: int) -> str:
    """Return a number as a sentence has it: a word under ten, digits from ten."""
    words = (
        gettext("none"), gettext("one"), gettext("two"), gettext("three"), gettext("four"),
        gettext("five"), gettext("six"), gettext("seven"), gettext("eight"), gettext("nine"),
    )  # fmt: skip
    return str(words[n]) if 0 <= n < len(words) else str(n)


def init_translation(app: Flask) -> None:
    """Choose the language for each person and give templates `_`, `ngettext` and the filter `in_words`."""
    app.extensions["catalogues"] = {}
    Babel(app, locale_selector=_locale)
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=_ngettext)
    app.jinja_env.filters["in_words"] = number_in_words
    app.before_request(_forget)
