"""Each finding is fine or says what to do."""

import socket

import pytest

from mapapp.resources.messages import messages
from mapapp.services.doctor import Finding, examine


def findings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[Finding]:
    monkeypatch.setenv("MAPAPP_PORT", "0")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return list(examine(messages()))


def test_a_good_installation_has_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    found = findings(monkeypatch)
    assert all(finding.fine for finding in found), found
    assert any("2017-05-06 to 2017-12-31" in finding.text for finding in found)


def test_a_taken_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        (bad,) = [finding for finding in findings(monkeypatch, MAPAPP_PORT=port) if not finding.fine]
    assert port in bad.text


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (bad,) = [finding for finding in findings(monkeypatch, MAPAPP_LOG_LEVEL="loud") if not finding.fine]
    assert "MAPAPP_LOG_LEVEL" in bad.text
