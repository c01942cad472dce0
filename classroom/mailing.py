"""The worker's way to the mail server: letters that are due are taken, committed, and only then handed over.

Whoever commits having taken a letter sends it. A worker that dies in between loses it; none is sent twice.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from flask import current_app

from classroom.letters import Draft, draft_letter, write_letter
from classroom.operations.mail import note_letter, put_back, take_letter, take_notifications
from classroom.queries.mail import DueLetter, is_letter_due, list_due_letters
from core import clock, mail
from core.database import reading_only
from core.jobs import Afterwards, Task

AT_ONCE = 20
"""Letters that one connection to the server carries."""
REFUSED = 500
"""From this answer of the server on it is no use to try again."""


def _find() -> list[int]:
    return [1] if mail.carries_links() and is_letter_due(clock.now()) else []


def _send(_batch: int) -> bool | Afterwards:
    """Take the letters that are due; what is in them is looked at without holding anybody up."""
    now = clock.now()
    with reading_only():
        drafts = [_draft(letter, now) for letter in list_due_letters(now, AT_ONCE)]
    taken = [draft.only(take_notifications(draft.row_ids, now)) for draft in drafts if take_letter(draft.letter)]
    full = [draft for draft in taken if draft.lines]
    return (lambda: _hand_over(full)) if full else bool(taken)


def _draft(letter: DueLetter, now: datetime) -> Draft:
    """One letter. A fault that it meets is in the log and keeps nobody else's from going out."""
    try:
        return draft_letter(letter, now)
    except Exception:
        current_app.logger.exception("a letter could not be drafted")
        return Draft(letter, [])


def _written(draft: Draft) -> EmailMessage | None:
    try:
        return mail.written_out(write_letter(draft))
    except Exception:
        current_app.logger.exception("a letter could not be written")
        return None


def _hand_over(drafts: Sequence[Draft]) -> bool | None:
    """Send letters over one connection and note what became of each; None if the server cannot be used now."""
    left = list(drafts)
    try:
        with mail.post_office() as office:
            while left:
                _hand_over_one(office, left[0])
                left.pop(0)
    except (OSError, smtplib.SMTPException) as error:
        current_app.logger.warning("mail could not be handed over: %s", error)
        for draft in left:
            put_back(draft.letter, draft.row_ids)
        return None
    return True


def _hand_over_one(office: smtplib.SMTP, draft: Draft) -> None:
    """Send one letter. One that is refused is given up or tried later, and the connection goes on."""
    message = _written(draft)
    try:
        if message is not None:
            office.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        if not _is_for_good(error):
            put_back(draft.letter, draft.row_ids)
            return
        message = None
    note_letter("mail.send" if message else "mail.refused", draft.letter, len(draft.lines))


def _is_for_good(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= REFUSED for code, _words in error.recipients.values())
    return error.smtp_code >= REFUSED


send_letters = Task("worker: batches of letters that were sent: {n}", 5, _find, _send)
