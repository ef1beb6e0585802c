"""Remember answers that never change, computing each once however many ask at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Keep the newest `entries` answers; those who ask for one that is being computed wait for it."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._answers: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the remembered answer of `key`, or compute it; an error reaches all who wait, and is forgotten."""
        with self._lock:
            answer = self._answers.get(key)
            waiting = answer is not None
            answer = answer or self._answers.setdefault(key, Future())
            self._answers.move_to_end(key)
            while len(self._answers) > self._entries:
                self._answers.popitem(last=False)
        if not waiting:
            self._fill(key, answer, compute)
        return answer.result()

    def has(self, key: Hashable) -> bool:
        """Say whether the answer of `key` is there already, so that nobody would wait for it."""
        with self._lock:
            answer = self._answers.get(key)
        return answer is not None and answer.done()

    def drop(self, key: Hashable) -> None:
        """Forget one answer, for those too large to be kept."""
        with self._lock:
            self._answers.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()

    def _fill(self, key: Hashable, answer: "Future[T]", compute: Callable[[], T]) -> None:
        try:
            answer.set_result(compute())
        except BaseException as error:
            with self._lock:
                self._answers.pop(key, None)
            answer.set_exception(error)
            raise
