"""Who may draw now: a queue of limited length, and a pace for each client."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

from mapapp.domain.picture_faults import PicturesWaiting, TooManyPictures

SECONDS_EACH = 1
"""What one picture takes, roughly; by it those who are sent away learn when to come again."""

MINUTE = 60.0
MOST_CLIENTS = 4096


class Queue:
    """Lets in one who draws and at most `waiting` others."""

    def __init__(self) -> None:
        self._inside = 0
        self._lock = Lock()

    @contextmanager
    def place(self, waiting: int) -> Iterator[None]:
        """Hold a place while the picture is drawn; raises PicturesWaiting at once where there is none."""
        with self._lock:
            if self._inside > waiting:
                raise PicturesWaiting("", count=waiting, seconds=max(1, SECONDS_EACH * waiting // 2))
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1


class Pace:
    """Counts what each client asked for in the last minute; remembers the newest MOST_CLIENTS clients."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def count(self, client: str, most: int) -> None:
        """Count one more from an address; raises TooManyPictures when the minute has `most` already."""
        now, name = self._clock(), _household(client)
        with self._lock:
            times = self._asked.setdefault(name, deque())
            self._asked.move_to_end(name)
            while len(self._asked) > MOST_CLIENTS:
                self._asked.popitem(last=False)
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) >= most:
                raise TooManyPictures("", most=most, seconds=max(1, ceil(MINUTE - (now - times[0]))))
            times.append(now)

    def forget(self) -> None:
        """Drop all counts."""
        with self._lock:
            self._asked.clear()


def _household(client: str) -> str:
    """Return the address, of IPv6 the network of 64 bits that one household has."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return client if not isinstance(address, IPv6Address) else str(int(address) >> 64)
