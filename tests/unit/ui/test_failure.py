"""A reader sees a number, the log has the trace under it."""

import pytest

from mapapp.ui import failure


def test_the_number_is_in_both_and_the_trace_in_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(failure.st, "error", shown.append)
    assert failure.tell_failure(RuntimeError("password=hunter2")) is True
    (sentence,) = shown
    assert "hunter2" not in sentence
    number = sentence.split("incident ")[1].split(";")[0]
    assert f"incident {number}" in caplog.text
    assert "hunter2" in caplog.text
