"""The store: versions in, editions out. Each call is one transaction, kept before it returns."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from mapapp.domain.drafts import Draft
from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.errors import StoreDamaged
from mapapp.domain.history import Act, Author, Content, Version
from mapapp.store import acting, drafting
from mapapp.store import reading as read
from mapapp.store.acting import Note
from mapapp.store.codec import DATASET, FORMS, encode, read_dataset
from mapapp.store.engine import open_engine, place_of, reading, told, writing
from mapapp.store.migrate import migrate
from mapapp.store.writing import add_act


class Store:
    """All versions of all datasets in one database.

    Every method may raise StoreUnavailable or StoreDamaged. Objects are safe to share between threads.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def place(self) -> str:
        """Return where the store is, without a password."""
        return place_of(self.engine)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    # --- reading ------------------------------------------------------------------------------------------------------

    def head_ids(self) -> dict[str, str]:
        """Return the id of the head of each dataset. Cost: under a millisecond; made to be asked at every request."""
        with self._reading() as connection:
            return read.head_ids(connection)

    def head(self, dataset: str) -> Version:
        """Return the newest version that is not withdrawn; raises UnknownDataset, or VersionWithdrawn if all are."""
        with self._reading() as connection:
            return acting.head(connection, dataset)[1]

    def version(self, dataset: str, version: str) -> Version:
        """Return what is known of a version, withdrawn or not; raises UnknownDataset or UnknownVersion."""
        with self._reading() as connection:
            return acting.known(connection, dataset, version)[1]

    def versions(self, dataset: str, limit: int | None = None) -> list[Version]:
        """Return the versions of a dataset, newest first; raises UnknownDataset."""
        with self._reading() as connection:
            acting.last(connection, dataset)
            return read.versions_of(connection, dataset, limit)

    def open(self, dataset: str, version: str | None = None) -> Edition:
        """Return the edition of a version, the head unless named, compared with its hash.

        Raises UnknownDataset, UnknownVersion or VersionWithdrawn. Cost: about a third of reading the same from GeoJSON.
        """
        with self._reading() as connection:
            return read.read_edition(connection, acting.given_out(connection, dataset, version))

    def frame(self, dataset: str, version: str) -> Dataset:
        """Return what a version says of its dataset, without the layers; raises what `open` raises."""
        with self._reading() as connection:
            key, _version = acting.given_out(connection, dataset, version)
            return read_dataset(read.read_documents(connection, key)[DATASET])

    def documents(self, dataset: str, version: str | None = None) -> dict[str, bytes]:
        """Return the documents of a version by name, as they were published; raises what `open` raises."""
        with self._reading() as connection:
            found = read.read_documents(connection, acting.given_out(connection, dataset, version)[0])
        return {name: content for name, content in found.items() if name not in {DATASET, FORMS}}

    def check(self) -> int:
        """Compare every version with its hash and return how many there are; raises StoreDamaged. Cost: reads all."""
        with self._reading() as connection:
            return read.compare_all(connection)

    def acts(self, dataset: str | None = None, limit: int = 100) -> list[Act]:
        """Return the newest lines of the audit, of one dataset or of all."""
        with self._reading() as connection:
            return read.acts(connection, dataset, limit)

    # --- writing ------------------------------------------------------------------------------------------------------

    def publish(
        self,
        content: Content,
        *,
        parent: str | None,
        author: Author,
        message: str,
        sources: str = "",
        idempotency_key: str | None = None,
        version_id: str | None = None,
    ) -> Version:
        """Append a version on top of `parent`, the head that its author saw; None for a dataset's first.

        The same idempotency key again returns the version that it made. `version_id` is the id to take if it is free:
        for data that come with the program and are the same everywhere. Raises HeadMoved when somebody published since,
        UnknownVersion or VersionWithdrawn for the parent, NothingChanged, KeyUsed, BadContent.
        """
        note = Note(parent, author, message, sources, idempotency_key)
        encoded = encode(content)
        with self._writing() as connection:
            return acting.publish(connection, content.dataset, encoded, note, version_id)

    def restore(
        self,
        dataset: str,
        version: str,
        *,
        parent: str,
        author: Author,
        message: str,
        idempotency_key: str | None = None,
    ) -> Version:
        """Append a version that equals an old one on top of `parent`, the head that its author saw.

        Raises what `publish` raises; VersionWithdrawn also when the old one is withdrawn.
        """
        note = Note(parent, author, message, "", idempotency_key)
        with self._writing() as connection:
            return acting.restore(connection, dataset, version, note)

    def withdraw(self, dataset: str, version: str, *, author: Author, reason: str) -> Version:
        """Stop giving out the content of a version; what is known of it stays. A second time changes nothing.

        Raises UnknownDataset or UnknownVersion. The version before becomes the head when this was it.
        """
        with self._writing() as connection:
            return acting.withdraw(connection, dataset, version, author, reason)

    def record(
        self, author: Author, action: str, detail: str, dataset: str | None = None, version: str | None = None
    ) -> None:
        """Append a line to the audit, for what is no publish: a sign-in, the use of a token."""
        with self._writing() as connection:
            add_act(connection, author, action, dataset, version, detail)

    # --- drafts -------------------------------------------------------------------------------------------------------

    def save_draft(self, draft: Draft) -> None:
        """Write a draft with its files, new or changed."""
        with self._writing() as connection:
            drafting.save_draft(connection, draft)

    def touch_draft(self, draft: Draft) -> None:
        """Write what was chosen for a draft; its files stay as they are."""
        with self._writing() as connection:
            drafting.touch_draft(connection, draft)

    def draft(self, name: str) -> Draft | None:
        """Return a draft with its files; None when there is none."""
        with self._reading() as connection:
            return drafting.find_draft(connection, name)

    def drafts(self, author: str | None = None) -> list[Draft]:
        """Return the drafts of an author's key, or of all, without their files, the newest first."""
        with self._reading() as connection:
            return drafting.drafts_of(connection, author)

    def drop_draft(self, name: str) -> None:
        """Delete a draft; one that is not there is no error."""
        with self._writing() as connection:
            drafting.drop_draft(connection, name)

    def drop_drafts_before(self, moment: datetime) -> None:
        """Delete the drafts that nobody has changed since a moment."""
        with self._writing() as connection:
            drafting.drop_drafts_before(connection, moment)

    def save_mapping(self, dataset: str, columns: str, mapping: str) -> None:
        """Remember how columns were read for a dataset; `columns` is a hash of their names."""
        with self._writing() as connection:
            drafting.save_mapping(connection, dataset, columns, mapping)

    def mapping(self, dataset: str, columns: str) -> str | None:
        """Return how the same columns were read for a dataset before."""
        with self._reading() as connection:
            return drafting.find_mapping(connection, dataset, columns)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reading(self.engine) as connection, self.undamaged():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with writing(self.engine) as connection:
            yield connection

    @contextmanager
    def undamaged(self) -> Iterator[None]:
        """Turn a difference between what is read and what was written into StoreDamaged."""
        try:
            yield
        except read.Damaged as error:
            raise StoreDamaged("store", place=self.place, reason=str(error)) from error


def open_store(url: str) -> Store:
    """Open the store at `sqlite:///FILE` or `postgresql://…`, and bring it to the form of this release.

    Raises StoreUnavailable, StoreDamaged or StoreNewer.
    """
    store = Store(open_engine(url))
    try:
        with told(store.engine):
            migrate(store.engine)
    except BaseException:
        store.close()
        raise
    return store
