"""Let only a few do heavy work at the same time, and tell the others when to come again."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from mapapp.domain.errors import TooBusy


class Turns:
    """Room for `at_once` pieces of heavy work; who finds none waits up to `patience` seconds."""

    def __init__(self, at_once: int, patience: float) -> None:
        self._room = BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a turn while the work lasts; raises TooBusy when none comes free in time."""
        if not self._room.acquire(timeout=self._patience):
            raise TooBusy("", seconds=5)
        try:
            yield
        finally:
            self._room.release()


HEAVY = Turns(at_once=2, patience=10)
"""For what takes seconds and much memory: files of data, self-contained pages."""
