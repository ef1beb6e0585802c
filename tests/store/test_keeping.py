"""What is published stays, whole, once, and in one line of descent; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError

from mapapp.domain.edition import Edition
from mapapp.domain.errors import HeadMoved, StoreDamaged, StoreNewer, StoreUnavailable
from mapapp.domain.history import Author, Content, Version
from mapapp.store import Store, open_store
from mapapp.store.models import Base
from support.theatre import theatre, with_row

ANALYST = Author("analyst@example.org", "Analyst")
PUBLISHERS = 32
CHANGES = (
    "UPDATE versions SET message = 'other'",
    "UPDATE versions SET withdrawn_at = NULL",
    "UPDATE versions SET withdrawn_at = '2020-01-01', author = 'other'",
    "UPDATE features SET properties = '{}'",
    "UPDATE version_features SET feature = 1",
    "UPDATE documents SET hash = 'x'",
    "UPDATE audit SET author = 'nobody'",
    "UPDATE datasets SET name = 'x'",
    "DELETE FROM versions",
    "DELETE FROM features",
    "DELETE FROM version_features",
    "DELETE FROM documents",
    "DELETE FROM version_documents",
    "DELETE FROM audit",
    "DELETE FROM datasets",
)


def publish(store: Store, content: Content, parent: Version | None) -> Version:
    return store.publish(content, parent=parent.id if parent else None, author=ANALYST, message="a message")


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_itself_refuses_to_change_what_is_published(
    store: Store, content: Content, statement: str
) -> None:
    first = publish(store, content, None)
    publish(store, with_row(content, "place", "west-town", note="n"), first)
    store.withdraw("two-squares", first.id, author=ANALYST, reason="why")
    before = store.versions("two-squares")
    with pytest.raises(DBAPIError, match="what is published stays"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert store.versions("two-squares") == before
    assert store.check() == 2


def test_many_publishers_at_once_make_one_line_of_descent(store: Store, content: Content) -> None:
    publish(store, content, None)

    def insist(number: int) -> str:
        mine = with_row(theatre(), "place", "west-town", note=f"by publisher {number}")
        while True:
            try:
                return publish(store, mine, store.head("two-squares")).id
            except HeadMoved:
                continue

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        made = list(pool.map(insist, range(PUBLISHERS)))
    history = store.versions("two-squares")
    assert [version.sequence for version in reversed(history)] == list(range(1, PUBLISHERS + 2))
    assert {version.id for version in history[:-1]} == set(made)
    assert [version.parent for version in history[:-1]] == [version.id for version in history[1:]]


def test_double_clicks_at_once_make_one_version(store: Store, content: Content) -> None:
    def click(_number: int) -> str:
        told = {"author": ANALYST, "message": "a message", "idempotency_key": "one click"}
        return store.publish(content, parent=None, **told).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(click, range(8)))) == 1
    assert len(store.versions("two-squares")) == 1
    assert len(store.acts()) == 1


def test_what_fails_half_way_leaves_nothing(store: Store, content: Content) -> None:
    statements: list[str] = []
    failing = [0]

    @event.listens_for(store.engine, "before_cursor_execute")
    def count(*told: object) -> None:
        statements.append(str(told[2]))
        if len(statements) == failing[0]:
            raise OSError("a failpoint")

    first = publish(store, content, None)
    changed = with_row(content, "place", "west-town", note="n")
    acts = store.acts()
    statements.clear()
    publish(store, with_row(content, "place", "west-town", note="to count by"), first)
    steps, head = len(statements), store.head("two-squares")
    assert steps > 8
    for step in range(1, steps + 1):
        failing[0] = step
        statements.clear()
        with pytest.raises(OSError, match="failpoint"):
            publish(store, changed, head)
    failing[0] = 0
    assert len(store.versions("two-squares")) == 2 == store.check()
    assert len(store.acts()) == len(acts) + 1
    with store.engine.connect() as connection:
        assert not connection.execute(text("SELECT count(*) FROM features WHERE properties LIKE '%\"n\"%'")).scalar()


def test_a_version_that_changes_one_feature_adds_one_feature(store: Store, edition: Edition) -> None:
    content = Content(edition.dataset, {name: edition.layers[name] for name in ("control", "position")})
    version = publish(store, content, None)
    before = weigh(store)
    position = str(edition.layers["position"]["id"].iloc[7])
    for number in range(20):
        version = publish(store, with_row(content, "position", position, note=f"note {number}"), version)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM features")).scalar() == version.features + 20
        assert connection.execute(text("SELECT count(*) FROM documents")).scalar() == 2
    assert weigh(store) - before < 0.2 * before  # twenty copies would be twenty times as much
    assert store.open(edition.dataset.name).layers["position"]["note"].iloc[7] == "note 19"


def weigh(store: Store) -> int:
    """Return the bytes of the database."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return Path(store.place).stat().st_size


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    def ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return kind != "table" or name != "spatial_ref_sys"

    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        return list(compare_metadata(context, Base.metadata))

    with store.engine.connect() as connection:
        assert compare(connection) == []


def test_geometries_are_real_in_postgis(store: Store, content: Content) -> None:
    if store.engine.dialect.name != "postgresql":
        assert isinstance(publish(store, content, None), Version)  # in SQLite they are WKB, which other tests read
        return
    publish(store, content, None)
    with store.engine.connect() as connection:
        told = connection.execute(text("SELECT type, srid FROM geometry_columns WHERE f_table_name = 'features'")).one()
        area = connection.execute(text("SELECT max(ST_Area(geometry)) FROM features")).scalar_one()
    assert tuple(told) == ("GEOMETRY", 4326)
    assert area == pytest.approx(0.6)


def test_a_form_of_a_newer_release_is_refused(store: Store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer, match="9999"):
        open_store(url)


@pytest.mark.parametrize(
    "content", [b"no database at all, whatever its name may say" * 40, b"SQLite format 3\0" + bytes(4096)]
)
def test_a_file_that_is_no_store_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises((StoreDamaged, StoreUnavailable), match=r"store\.sqlite"):
        open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")


def test_a_database_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://someone:a-secret@127.0.0.1:1/nothing")
    assert "a-secret" not in str(caught.value)
    with pytest.raises(StoreUnavailable):
        open_store("sqlite:////proc/no/such/folder/store.sqlite")
