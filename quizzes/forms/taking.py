"""What the pages of an attempt send: the access code, and answers in fields named after their items."""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField
from wtforms.validators import Length, Optional

from core.forms import Form
from quizzes.certainty import LEVELS
from quizzes.operations.attempts import Sent
from quizzes.question_pages import field_name

_REVISION_FIELD = re.compile(r"revision-([1-9]\d{0,8})", re.ASCII)
_MOVE_FIELD = re.compile(r"answer-([1-9]\d{0,8})\.move", re.ASCII)
_LONGEST_REVISION = 9


class StartForm(Form):
    """What a start says: the attempt that its button starts, and the access code where the instructor set one."""

    number = IntegerField(validators=[Optional()])
    access_code = StringField(_l("Access code"), validators=[Length(max=60)])


def is_right_code(sent: str | None, wanted: str) -> bool:
    """Whether an access code is the wanted one; case and outer space do not count. No code wanted: always."""
    folded = [" ".join((code or "").split()).casefold().encode() for code in (sent, wanted)]
    return not folded[1] or secrets.compare_digest(*folded)


def new_writer() -> str:
    """A token for one loading of one page: whoever saves with it supersedes only what it wrote or saw."""
    return secrets.token_hex(8)


def items_sent(form: MultiDict[str, str]) -> list[int]:
    """The items a form is about, each once: those whose revision it carries."""
    found = (_REVISION_FIELD.fullmatch(name) for name in form)
    return list(dict.fromkeys(int(name[1]) for name in found if name))


def moved_item(form: MultiDict[str, str]) -> int | None:
    """The item whose rows a button of the form moved, without a script: then nothing is handed in."""
    return next((int(found[1]) for name in form if (found := _MOVE_FIELD.fullmatch(name))), None)


def sent_for(form: MultiDict[str, str], item_id: int) -> Sent:
    """What a form says about one item. An item without an answer field was left empty."""
    return all_sent(form, [item_id])[0]


def all_sent(form: MultiDict[str, str], item_ids: Iterable[int]) -> list[Sent]:
    """What a form says about each of these items."""
    parts: dict[str, list[str]] = defaultdict(list)
    for key in form:
        field, point, _part = key.partition(".")
        if point:
            parts[field].append(key)
    writer = form.get("writer", "").replace("\x00", "")
    return [_sent(form, item_id, writer, parts.get(field_name(item_id), ())) for item_id in item_ids]


def _sent(form: MultiDict[str, str], item_id: int, writer: str, parts: Iterable[str]) -> Sent:
    name = field_name(item_id)
    return Sent(
        item_id=item_id,
        writer=writer,
        revision=_whole(form.get(f"revision-{item_id}", "")),
        fields={"answer": _values(form, name)} | {key.partition(".")[2]: _values(form, key) for key in parts},
        flagged=_flag(form, item_id),
        certainty=_certainty(form, item_id),
    )


def fields_sent(form: MultiDict[str, str], item_id: int) -> list[tuple[str, str]]:
    """The answer fields of one item exactly as they came, to send them again."""
    name = field_name(item_id)
    own = (name, f"certainty-{item_id}")
    return [(key, value) for key, value in form.items(multi=True) if key in own or key.startswith(f"{name}.")]


def _values(form: MultiDict[str, str], name: str) -> list[str]:
    """The values of a field without NUL, which PostgreSQL keeps in no text."""
    return [value.replace("\x00", "") for value in form.getlist(name)]


def _flag(form: MultiDict[str, str], item_id: int) -> bool | None:
    """What the flag button or box of an item says; None when the form has none."""
    values = form.getlist(f"flag-{item_id}")
    return values[-1] == "1" if values else None


def _certainty(form: MultiDict[str, str], item_id: int) -> int | None:
    """What was said about how sure one is; None when nothing was, or nothing that our page offers."""
    sent = form.get(f"certainty-{item_id}", "")
    return next((level for level in LEVELS if sent == str(level)), None)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_REVISION else -1
