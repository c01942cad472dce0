"""Open pages hear of changes: what changed is a row in the transaction of the change, a stream tells that it did.

A *topic* is an opaque name for what people may follow ("thread:12"). An event says a topic, a kind and an id, never a
word: whoever hears of it asks for the page's part again, and what they may see is decided there and then.
"""

from core.live.cursors import Cursor
from core.live.events import Event, is_forgotten, list_events, publish
from core.live.hub import Hub, init_live
from core.live.streams import stream

__all__ = [
    "Cursor",
    "Event",
    "Hub",
    "init_live",
    "is_forgotten",
    "list_events",
    "publish",
    "stream",
]
