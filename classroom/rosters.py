"""Class lists: who stands on which line, in whatever columns and spelling the list came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from classroom.names import clean_email, is_username, name_key
from classroom.tables import Line, UnreadableTableError, pad, read_lines

LONGEST_NAME = 120
MOST_LINES = 1_000
COLUMNS = {
    "email": "email emailaddress mail studentemail primaryemail schoolemail mailadresse courriel correo emailid",
    "username": "username userid login loginid sisloginid netid uniqueid accountname benutzername utilisateur usuario",
    "first": "first firstname firstnames given givenname givennames forename forenames studentfirst studentfirstname "
    "studentfirstmiddle firstmiddle vorname prenom nombre preferredfirstname",
    "last": "last lastname surname family familyname studentlast studentlastname nachname nom apellido apellidos",
    "name": "name names fullname studentname student students displayname person learner",
    "number": "studentid studentnumber studentno id idnumber perm permnumber sisid sisuserid matriculation "
    "matriculationnumber matrikelnummer registrationnumber number no",
}
MEANINGS = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings.split()}
SUFFIX = re.compile(r"(jr|sr|ii|iii|iv|md|phd)\.?", re.IGNORECASE)
BETWEEN_ADDRESSES = re.compile(r"(<[^<>\s]+@[^<>\s]+>)\s*[;,]\s*")
ADDRESSED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<email>[^<>\s]+)>\s*")


@dataclass(frozen=True)
class Entry:
    """One line of a class list: what it says, and what is wrong with it in words ("" if nothing is)."""

    line: int
    name: str = ""
    email: str | None = None
    username: str | None = None
    number: str = ""
    problem: str = ""


def parse_roster(text: str) -> tuple[Entry, ...]:
    """Return the people of a pasted or decoded list, in its order, at most 1,000.

    Columns are found by their headers in several spellings, or without a header by what
    they hold. Lines that cannot be used carry their problem; none is dropped or merged.
    Raises UnreadableTableError when the text as a whole cannot be used.
    """
    lines = read_lines(_one_a_line(text))
    if not lines:
        raise UnreadableTableError(_("There is nobody on this list yet. Paste one person on each line."))
    columns = columns_of(lines[0].cells)
    people = lines[1:] if columns else lines
    if len(people) > MOST_LINES:
        raise UnreadableTableError(_("This list has more than 1,000 people. Divide it and import the parts."))
    if columns and not {"name", "first", "last", "email"} & set(columns):
        raise UnreadableTableError(_("The first line names no column with a name or an e-mail address."))
    width = max(len(lines[0].cells), 1)
    read = [_by_header(line, columns, width) if columns else _by_content(line) for line in people]
    return tuple(_without_repeats([_checked(entry) for entry in read]))


def _one_a_line(text: str) -> str:
    """Break up what a mail program copies: all addresses on one line."""
    return BETWEEN_ADDRESSES.sub(r"\1\n", text) if "\n" not in text.strip() else text


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return {meaning: position} of the columns a header names; {} if it is no header."""
    found: dict[str, int] = {}
    for position, cell in enumerate(header):
        meaning = MEANINGS.get(_spelling(cell))
        if meaning:
            found.setdefault(meaning, position)
    if any("@" in cell for cell in header):
        return {}
    return found


def _spelling(cell: str) -> str:
    decomposed = unicodedata.normalize("NFKD", cell.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _by_header(line: Line, columns: dict[str, int], width: int) -> Entry:
    if any(cell.strip() for cell in line.cells[width:]):
        return Entry(line.number, problem=_("This line has more columns than the first line."))
    cells = pad(line.cells, width)
    value = {meaning: " ".join(cells[position].split()) for meaning, position in columns.items()}
    whole = f"{value.get('first', '')} {value.get('last', '')}".strip()
    name = whole or in_reading_order(value.get("name", ""))
    email, username = value.get("email", ""), value.get("username", "")
    if not email and "@" in username:
        email, username = username, ""
    return Entry(line.number, name, email or None, username or None, value.get("number", ""))


def _by_content(line: Line) -> Entry:
    cells = [" ".join(cell.split()) for cell in line.cells if cell.strip()]
    addressed = ADDRESSED.fullmatch(", ".join(cells))
    if addressed:
        return Entry(line.number, in_reading_order(addressed["name"].strip("\"' ")), addressed["email"])
    addresses = [cell for cell in cells if "@" in cell]
    names = [cell for cell in cells if "@" not in cell]
    if len(addresses) > 1:
        return Entry(line.number, " ".join(names), problem=_("This line has two e-mail addresses."))
    two_names = len(names) == 2 and not addresses
    name = in_reading_order(", ".join(names)) if two_names or len(names) == 1 else " ".join(names)
    return Entry(line.number, name, addresses[0] if addresses else None)


def in_reading_order(name: str) -> str:
    """Return "Last, First" as "First Last"; a suffix ("Smith, Jr.") stays where it is."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) < 2 or SUFFIX.fullmatch(parts[-1]):
        return name.strip().strip(",").strip()
    return f"{parts[-1]} {', '.join(parts[:-1])}"


def _checked(entry: Entry) -> Entry:
    if entry.problem:
        return entry
    email = clean_email(entry.email) if entry.email else None
    problem = ""
    if entry.email and email is None:
        problem = _("“%(email)s” is not an e-mail address.", email=entry.email)
    elif not entry.name and email is None:
        problem = _("This line has no name.")
    elif len(entry.name) > LONGEST_NAME:
        problem = _("This name is longer than 120 characters.")
    elif entry.username and not is_username(entry.username):
        problem = _("A username has letters and digits, with dots, hyphens or underscores between them.")
    name = entry.name or (email or "").split("@")[0]
    return Entry(entry.line, name, email or entry.email, entry.username, entry.number, problem)


def _identity(entry: Entry) -> tuple[str, str]:
    if entry.email:
        return ("email", name_key(entry.email))
    if entry.username:
        return ("username", name_key(entry.username))
    return ("name", f"{name_key(entry.name)}\n{entry.number}")


def _without_repeats(entries: list[Entry]) -> list[Entry]:
    seen: dict[tuple[str, str], int] = {}
    return [entry if entry.problem else _first_or_repeat(entry, seen) for entry in entries]


def _first_or_repeat(entry: Entry, seen: dict[tuple[str, str], int]) -> Entry:
    identity = _identity(entry)
    first = seen.setdefault(identity, entry.line)
    if first == entry.line:
        return entry
    problem = {
        "email": _("The same e-mail address stands on line %(line)s already.", line=first),
        "username": _("The same username stands on line %(line)s already.", line=first),
        "name": _("The same name stands on line %(line)s already. Add usernames to tell them apart.", line=first),
    }[identity[0]]
    return Entry(entry.line, entry.name, entry.email, entry.username, entry.number, problem)
