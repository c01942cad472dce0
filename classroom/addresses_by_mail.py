"""Showing that an address is one's own: a link is mailed to it. Only then does any other mail go there."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from classroom.signed_links import address_token
from core import mail, throttle
from core.throttle import Limit
from core.web import public_url

LINKS = Limit(5, 3600)


@dataclass(frozen=True)
class NewAddress:
    """An account and an address that it names."""

    user_id: int
    name: str
    email: str


def _key(user_id: int) -> str:
    return f"address-link:{user_id}"


def may_send_link(user_id: int) -> bool:
    """Whether this account may ask for another link now. Reads only."""
    return not throttle.seconds_to_wait(_key(user_id), LINKS)


def send_link(answer: Response, to: NewAddress) -> None:
    """Mail a link once `answer` is out, if this installation has mail; counted, not committed."""
    if not mail.carries_links():
        return
    throttle.count(_key(to.user_id), LINKS.seconds)
    link = public_url("mail_settings.show_link", token=address_token(to.user_id, to.email))
    text = _(
        "Hello %(name)s,\n\nis this your address? Then say so here within a week, and Colloquy can write to you:\n\n"
        "%(link)s\n\nIf you have no account there, do nothing: nobody will write to you again.",
        name=" ".join(to.name.split()),
        link=link,
    )
    answer.call_on_close(mail.sending(mail.Message(to.email, _("Is this your address?"), text)))
