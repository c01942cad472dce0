"""How often an address asked for classes that are not there. Looking a class up is a GET, which writes nothing: this is
counted in the process, each worker for itself, and forgotten with it."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from core import clock

MOST = 300
"""A school is one address, and a whole year may mistype its code in one lesson."""
WITHIN = timedelta(minutes=15)
ADDRESSES = 4096


class Guesses:
    """The wrong codes of each address in the last quarter of an hour. Safe over threads."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def count(self, address: str) -> None:
        """Count one wrong code."""
        with self._lock:
            self._times.setdefault(address, deque(maxlen=MOST)).append(clock.now())
            self._times.move_to_end(address)
            while len(self._times) > ADDRESSES:
                self._times.popitem(last=False)

    def wait(self, address: str) -> int:
        """Return 0 if another code may be tried from this address now, else the seconds to wait."""
        with self._lock:
            times = self._times.get(address)
            if times is None or len(times) < MOST:
                return 0
            return max(0, int((times[0] + WITHIN - clock.now()).total_seconds()))
