"""Copy a whole store into another: a backup is a store in one SQLite file, and restoring copies it back.

The rows are the same in both databases, so one copy serves all ways; what arrives is compared with its hashes.
"""

import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, bindparam, func, insert, select

from mapapp.domain.errors import BadBackup, MapappError, Phrase, StoreNotEmpty
from mapapp.store.engine import place_of, reading, writing
from mapapp.store.models import Base, FeatureRow, VersionRow
from mapapp.store.reading import compare_all, shape_of
from mapapp.store.store import Store, open_store
from mapapp.store.writing import shape_in

AT_ONCE = 2000
SQLITE = b"SQLite format 3\0"


def back_up(store: Store, file: Path) -> int:
    """Write all versions into a new file and return how many; raises BadBackup when it exists or cannot be written.

    The file appears under its name only when it is whole and compared. It holds authors' addresses: for its owner only.
    """
    if file.exists():
        raise BadBackup("file", path=file, reason=Phrase("backup_there", "it exists already"))
    try:
        with TemporaryDirectory(dir=file.absolute().parent, prefix=".mapapp-backup-") as folder:
            part = Path(folder) / "part"
            count = _copy_into(store, f"sqlite:///{part}")
            _close(part)
            part.replace(file)
    except OSError as error:
        raise BadBackup("file", path=file, reason=error.strerror or str(error)) from error
    return count


def restore_backup(file: Path, store: Store) -> int:
    """Copy the versions of a backup into an empty store and return how many; all of it comes, or nothing.

    Raises BadBackup for a file that is no whole backup, StoreNotEmpty. Backups of older releases come too.
    """
    with TemporaryDirectory(prefix="mapapp-backup-") as folder:
        part = Path(folder) / "part"
        try:
            with file.open("rb") as opened:
                known = opened.read(len(SQLITE)) == SQLITE
            if not known:
                raise BadBackup("file", path=file, reason=Phrase("no_backup", "it was not written by `mapapp backup`"))
            shutil.copyfile(file, part)
        except OSError as error:
            raise BadBackup("file", path=file, reason=error.strerror or str(error)) from error
        return _copy_from(file, part, store)


def copy(source: Store, target: Store) -> int:
    """Copy all rows into an empty store in one transaction, compare them, and return how many versions there are.

    Raises StoreNotEmpty.
    """
    with reading(source.engine) as old, writing(target.engine) as new, target.undamaged():
        held = new.execute(select(func.count()).select_from(VersionRow)).scalar_one()
        if held:
            raise StoreNotEmpty("store", place=place_of(target.engine), count=held)
        for table in Base.metadata.sorted_tables:
            _copy_table(table, old, new)
        return compare_all(new)


def _copy_into(store: Store, url: str) -> int:
    target = open_store(url)
    try:
        return copy(store, target)
    finally:
        target.close()


def _copy_from(file: Path, part: Path, store: Store) -> int:
    try:
        source = open_store(f"sqlite:///{part}")
        try:
            source.check()
        finally:
            source.close()
    except MapappError as error:
        raise BadBackup("file", path=file, reason=error) from error
    source = open_store(f"sqlite:///{part}")
    try:
        return copy(source, store)
    finally:
        source.close()


def _copy_table(table: Table, old: Connection, new: Connection) -> None:
    is_features = table is FeatureRow.__table__
    columns = [shape_of(old).label(column.name) if column.name == "geometry" else column for column in table.columns]
    values = {column.name: bindparam(f"of_{column.name}", type_=column.type) for column in table.columns}
    shaped = {"geometry": shape_in(new, "of_geometry")} if is_features else {}
    statement = insert(table).values(values | shaped)
    rows = old.execute(select(*columns).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE))
    for part in rows.mappings().partitions():
        new.execute(statement, [{f"of_{name}": value for name, value in row.items()} for row in part])
    if new.dialect.name == "postgresql" and "key" in table.columns:
        _continue_keys(table, new)


def _continue_keys(table: Table, new: Connection) -> None:
    """Let the next key follow the last that was copied."""
    last = select(func.max(table.c.key)).scalar_subquery()
    sequence = func.pg_get_serial_sequence(table.name, "key")
    new.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))


def _close(file: Path) -> None:
    """Make one file of a database and its log."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = DELETE").close()
    connection.close()
    file.chmod(0o600)
