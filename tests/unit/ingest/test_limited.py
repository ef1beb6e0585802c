"""The child process: it answers, it is stopped, and its network is gone."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from mapapp.ingest.limited import ReaderStopped, run_limited
from mapapp.ingest.limits import command_limits
from support import child

TESTS = Path(child.__file__).parents[1]
LIMITS = replace(command_limits(), child_bytes=500_000_000, child_seconds=5)


@pytest.fixture(autouse=True)
def child_finds_this_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


def test_it_answers() -> None:
    assert run_limited(child.double, [1, 2], limits=LIMITS) == [2, 4]


def test_too_long_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(ReaderStopped, match="time"):
        run_limited(child.forever, limits=replace(LIMITS, child_seconds=1))
    assert time.monotonic() - started < 10


def test_too_much_memory_is_stopped() -> None:
    with pytest.raises(ReaderStopped, match="memory"):
        run_limited(child.swallow, limits=LIMITS)


def test_a_breakdown_is_one_sentence() -> None:
    with pytest.raises(ReaderStopped, match="ValueError: no good"):
        run_limited(child.fail, limits=LIMITS)


def test_it_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_DATABASE_URL", "secret")
    assert "MAPAPP_DATABASE_URL" not in run_limited(child.environment, limits=LIMITS)
