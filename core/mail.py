"""Mail through any SMTP server: COLLOQUY_SMTP_URL (smtp://, smtp+tls:// or smtps://) and COLLOQUY_MAIL_FROM."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flask import current_app

SECONDS = 15


def is_configured() -> bool:
    """Tell whether this installation can send mail."""
    return bool(current_app.config["COLLOQUY_SMTP_URL"] and current_app.config["COLLOQUY_MAIL_FROM"])


def send(to: str, subject: str, text: str) -> None:
    """Send one plain-text message; raises OSError or smtplib.SMTPException when it cannot be handed over.

    Slow: never inside a write transaction.
    """
    message = EmailMessage()
    message["From"] = current_app.config["COLLOQUY_MAIL_FROM"]
    message["To"], message["Subject"] = to, subject
    message.set_content(text)
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
        client.send_message(message)
