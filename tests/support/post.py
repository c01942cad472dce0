"""A real mail server on this machine, for what is sent to it; and one that refuses."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

PUBLIC = "https://read.school.example/colloquy"
FROM = "Colloquy der Schule <post@school.example>"
PATIENCE = 120  # seconds
THING = "Ölçü «Thing %s»"
"""What a test tells, with its number."""


@dataclass
class PostOffice:
    """What came in, and what the server answers to a message for an address (by default: it takes it)."""

    url: str
    raw: list[bytes] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    def to(self, address: str) -> list[EmailMessage]:
        """The messages to one address."""
        return [message for message in self.messages if message["To"] == address]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take a message, or refuse it as `answers` says."""
        answer = self.answers.get(envelope.rcpt_tos[0])
        if answer is not None:
            return answer
        self.raw.append(envelope.content)
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Run the server for the length of the block."""
    port = free_port()
    office = PostOffice(f"smtp://127.0.0.1:{port}")
    controller = Controller(office, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    try:
        yield office
    finally:
        # From Python 3.12 on it waits for every connection to be closed, however long that takes.
        stopping = threading.Thread(target=controller.stop, daemon=True)
        stopping.start()
        stopping.join(PATIENCE)
        assert not stopping.is_alive(), "the mail server does not end"


def parts_of(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML of a message."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    plain, page = (part.get_content().replace("\r\n", "\n") for part in (text, html))
    return plain, page
