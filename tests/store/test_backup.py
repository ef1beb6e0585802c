"""A backup taken of either database comes back into either, and is compared; a broken one brings nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mapapp.domain.errors import BadBackup, StoreDamaged, StoreNotEmpty
from mapapp.domain.history import Author, Content
from mapapp.store import Store, back_up, open_store, restore_backup
from support.theatre import with_row

ANALYST = Author("analyst@example.org", "Analyst")


@pytest.fixture
def filled(store: Store, content: Content) -> Store:
    """Three versions, one restored, one withdrawn."""
    told = {"author": ANALYST, "message": "a message"}
    first = store.publish(content, parent=None, idempotency_key="one click", **told)
    second = store.publish(with_row(content, "place", "west-town", note="\0 «عربي»"), parent=first.id, **told)
    store.restore("two-squares", first.id, parent=second.id, **told)
    store.withdraw("two-squares", second.id, author=ANALYST, reason="why")
    return store


@pytest.mark.parametrize("into", ["sqlite", "postgres"])
def test_all_comes_back(filled: Store, into: str, new_url: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "backup"
    assert back_up(filled, file) == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "backup"))] == ["backup"]
    file.chmod(0o400)
    target = open_store(new_url(into))
    assert restore_backup(file, target) == 3 == target.check()
    assert target.versions("two-squares") == filled.versions("two-squares")
    assert target.acts() == filled.acts()
    assert target.documents("two-squares") == filled.documents("two-squares")
    head = target.head("two-squares")
    more = with_row(
        Content(target.frame("two-squares", head.id), target.open("two-squares").layers), "zone", "quiet-zone", note="n"
    )
    assert target.publish(more, parent=head.id, author=ANALYST, message="on").sequence == 4
    target.close()


def test_a_store_that_holds_versions_takes_no_backup(filled: Store, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup")
    with pytest.raises(StoreNotEmpty):
        restore_backup(tmp_path / "backup", filled)
    with pytest.raises(BadBackup, match="exists"):
        back_up(filled, tmp_path / "backup")
    with pytest.raises(BadBackup):
        back_up(filled, tmp_path / "no" / "backup")


@pytest.mark.parametrize("spoil", ["empty", "text", "truncated", "zeroed", "missing"])
def test_a_broken_backup_brings_nothing(
    filled: Store, spoil: str, new_url: Callable[[str], str], tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    back_up(filled, file)
    whole = file.read_bytes()
    file.unlink()
    middle = len(whole) // 2
    broken = {
        "empty": b"",
        "text": b"{}" * 100,
        "truncated": whole[: len(whole) * 2 // 3],
        "zeroed": whole[: middle - 4000] + bytes(8000) + whole[middle + 4000 :],
    }
    if spoil in broken:
        file.write_bytes(broken[spoil])
    target = open_store(new_url("sqlite"))
    with pytest.raises(BadBackup, match=str(file)):
        restore_backup(file, target)
    assert target.head_ids() == {}
    target.close()


def test_changed_bytes_are_noticed(content: Content, new_url: Callable[[str], str]) -> None:
    store = open_store(new_url("sqlite"))
    store.publish(content, parent=None, author=ANALYST, message="a message")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER features_as_they_are")
        connection.exec_driver_sql("UPDATE features SET properties = replace(properties, 'red', 'rad')")
    with pytest.raises(StoreDamaged, match="restore-backup"):
        store.open("two-squares")
    with pytest.raises(StoreDamaged):
        store.check()
    store.close()
