"""Mail through any SMTP server: COLLOQUY_SMTP_URL (smtp://, smtp+tls:// or smtps://) and COLLOQUY_MAIL_FROM."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from email_validator import validate_email
from flask import Flask, current_app

from core import clock

SECONDS = 15


class _Policy(EmailPolicy):
    """Lines as every server takes them; addresses and ids in headers are never broken."""

    def fold(self, name: str, value: Any) -> str:
        """Return a header as lines."""
        if name in ("List-Unsubscribe", "Message-ID"):
            return f"{name}: {value}{self.linesep}"
        return super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the same as bytes."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", raise_on_defect=False)


@dataclass(frozen=True)
class Message:
    """One mail to one address, as plain text and, if it has one, as a page; `headers` besides the usual ones."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def is_configured() -> bool:
    """Tell whether this installation can send mail."""
    return bool(current_app.config["COLLOQUY_SMTP_URL"] and current_app.config["COLLOQUY_MAIL_FROM"])


def carries_links() -> bool:
    """Tell whether mail can carry links: their host is the configured one, never what a request claims."""
    return is_configured() and bool(current_app.config["COLLOQUY_PUBLIC_URL"])


def written_out(message: Message) -> EmailMessage:
    """Return a message with all its headers, as no machine should answer it.

    Raises ValueError or email.errors.MessageError for a header with a line break in it and for what is no address.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = current_app.config["COLLOQUY_MAIL_FROM"]
    mail["To"] = Address(addr_spec=_ascii(message.to))  # one address, whatever is in it
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=mail["From"].addresses[0].domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def _ascii(address: str) -> str:
    """An address as every server takes it: a domain in other letters has a form in these, what stands before it not."""
    found = validate_email(address, check_deliverability=False).ascii_email
    if found is None:
        raise ValueError("an address whose name is in letters that not every server takes")
    return found


@contextmanager
def post_office() -> Iterator[smtplib.SMTP]:
    """A connection to the mail server for one message or many; raises OSError or smtplib.SMTPException.

    Slow: never inside a write transaction.
    """
    server = urlsplit(current_app.config["COLLOQUY_SMTP_URL"])
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS, context=context)
    else:
        client = smtplib.SMTP(host, server.port or 25, timeout=SECONDS)
    with client:
        if server.scheme == "smtp+tls":
            client.starttls(context=ssl.create_default_context())
        if server.username:
            client.login(unquote(server.username), unquote(server.password or ""))
        yield client


def send(message: Message) -> None:
    """Hand one message over; raises OSError or smtplib.SMTPException when that cannot be done."""
    with post_office() as office:
        office.send_message(written_out(message))


def sending(message: Message) -> Callable[[], None]:
    """Return what sends a message once an answer is out, so that the time it takes tells nobody anything."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def send_now() -> None:
        with app.app_context():
            try:
                send(message)
            except (OSError, smtplib.SMTPException, ValueError, MessageError):
                app.logger.exception("a mail could not be sent")

    return send_now
