"""The connection to a database, and its faults as sentences."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mapapp.domain.errors import MapappError, StoreDamaged, StoreUnavailable

LOCK_SECONDS = 30
"""How long a writer waits for its turn."""

PRAGMAS = (
    f"busy_timeout = {LOCK_SECONDS * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # so that REPLACE cannot pass the triggers by
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
DAMAGE = ("malformed", "not a database", "disk image", "no such table", "does not exist", "invalid page")


def open_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///FILE` or `postgresql://…`; raises StoreUnavailable for any other address.

    A SQLite file's folder is made when it is missing. Nothing is read yet.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable("MAPAPP_DATABASE_URL", place="?", reason="its address cannot be read") from error
    if address.get_backend_name() == "sqlite":
        return _sqlite(address.database or "")
    return create_engine(
        address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args={"connect_timeout": 5}
    )


def _sqlite(file: str) -> Engine:
    folder = Path(file).absolute().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = f"the folder cannot be made ({(error.strerror or str(error)).lower()})"
        raise StoreUnavailable("MAPAPP_DATA_DIR", place=folder, reason=reason) from error
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """Set what SQLite does not do by itself; transactions are begun by `_begin`, not by the driver."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Take the right to write at once where a transaction is going to write: it can then not fail half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def place_of(engine: Engine) -> str:
    """Return the address of a store without its password."""
    url = engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that sees one state of the store; raises StoreUnavailable or StoreDamaged."""
    with told(engine), engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that is kept as a whole when the block ends without an error, and else not at all."""
    with told(engine), engine.connect() as connection:
        ready = connection.execution_options(writes=True)
        with ready.begin():
            yield ready


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn what a database driver raises into StoreUnavailable or StoreDamaged."""
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise fault(engine, error) from error
    except DatabaseError as error:
        raise fault(engine, error) from error


def fault(engine: Engine, error: SQLAlchemyError) -> MapappError:
    """Return the condition that stands for an error of the driver, in its words without statement and values."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    reason = re.sub(r"\s+", " ", str(origin)).strip()[:200] or type(error).__name__
    kind = StoreDamaged if any(word in reason for word in DAMAGE) else StoreUnavailable
    return kind("store", place=place_of(engine), reason=reason)
