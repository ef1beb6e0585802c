"""An answer is computed once, however many ask; an error is not kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from mapapp.services.memory import Memory


def test_computes_once_for_many_who_ask_at_the_same_time() -> None:
    memory: Memory[int] = Memory(entries=2)
    calls, may_go = [], Event()

    def compute() -> int:
        calls.append(1)
        may_go.wait(10)
        return 7

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(memory.get, "key", compute) for _ in range(8)]
        may_go.set()
        assert [answer.result() for answer in waiting] == [7] * 8
    assert len(calls) == 1


def test_forgets_the_oldest() -> None:
    memory: Memory[str] = Memory(entries=2)
    for key in "abc":
        memory.get(key, lambda key=key: key)
    assert memory.get("c", lambda: "new") == "c"
    assert memory.get("a", lambda: "new") == "new"


def test_an_error_is_raised_and_forgotten() -> None:
    memory: Memory[int] = Memory(entries=2)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memory.get("key", fail)
    assert memory.get("key", lambda: 1) == 1


def test_clear_forgets_everything() -> None:
    memory: Memory[int] = Memory(entries=2)
    memory.get("key", lambda: 1)
    memory.clear()
    assert memory.get("key", lambda: 2) == 2
