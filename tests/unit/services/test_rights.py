"""Nobody writes but the person at the machine that serves only itself."""

import pytest

from mapapp.domain.update_errors import NotAllowed
from mapapp.services import versions
from mapapp.services.rights import ACTIONS, READER, check_may, command_user, visitor
from mapapp.settings import settings

HERE = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings read anew after the test and whenever a test asks."""
    settings.cache_clear()
    monkeypatch.setenv("MAPAPP_HOST", "127.0.0.1")
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "127.0.0.2"])
def test_the_local_user_edits(host: str) -> None:
    person = visitor({"host": host}, "127.0.0.1")
    assert person.may_write
    assert person.name == "local editor"


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize(
    ("headers", "client"),
    [
        (HERE, "192.0.2.7"),
        (HERE, None),
        (HERE | {"x-forwarded-for": "192.0.2.7"}, "127.0.0.1"),
        (HERE | {"via": "1.1 proxy"}, "127.0.0.1"),
        (HERE | {"host": "map.example.org"}, "127.0.0.1"),
        (HERE | {"origin": "https://map.example.org"}, "127.0.0.1"),
        (HERE | {"origin": "null"}, "127.0.0.1"),
        (HERE | {"host": "localhost.example.org"}, "127.0.0.1"),
        ({}, "127.0.0.1"),
    ],
)
def test_everybody_else_reads(headers: dict[str, str], client: str | None) -> None:
    assert visitor(headers, client) == READER


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "map.example.org"])
def test_nobody_edits_where_others_can_come(listening: pytest.MonkeyPatch, host: str) -> None:
    listening.setenv("MAPAPP_HOST", host)
    settings.cache_clear()
    assert visitor(HERE, "127.0.0.1") == READER


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_reader_is_refused_with_a_sentence(action: str) -> None:
    with pytest.raises(NotAllowed, match="Only an editor"):
        check_may(READER, action)
    check_may(command_user("desk"), action)


def test_readers_neither_restore_nor_withdraw() -> None:
    for write in (versions.restore, versions.withdraw):
        with pytest.raises(NotAllowed):
            write(READER, "any", "any", "why")
