"""Drafts in the database: written whole at every change, read with or without their files, gone when they are old."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from mapapp.domain.drafts import Draft, Uploads
from mapapp.domain.history import Author
from mapapp.domain.updates import Frame
from mapapp.store.models import DraftRow, MappingRow

LISTED = [column for column in DraftRow.__table__.columns if column.name != "uploads"]


def save_draft(connection: Connection, draft: Draft) -> None:
    """Write a draft anew."""
    connection.execute(delete(DraftRow).where(DraftRow.id == draft.id))
    connection.execute(insert(DraftRow).values(_row(draft) | {"id": draft.id, "uploads": _packed(draft.uploads)}))


def touch_draft(connection: Connection, draft: Draft) -> None:
    """Write what was chosen for a draft, and leave its files as they are."""
    connection.execute(update(DraftRow).where(DraftRow.id == draft.id).values(_row(draft)))


def find_draft(connection: Connection, name: str) -> Draft | None:
    """Return a draft with its files; None when there is none."""
    row = connection.execute(select(DraftRow.__table__).where(DraftRow.id == name)).first()
    return None if row is None else _draft(row, _unpacked(row.uploads, json.loads(row.told)["names"]))


def drafts_of(connection: Connection, author: str | None) -> list[Draft]:
    """Return the drafts of an author, or of all, without their files, the newest first."""
    chosen = select(*LISTED).order_by(DraftRow.updated.desc())
    if author is not None:
        chosen = chosen.where(DraftRow.author == author)
    return [_draft(row, ()) for row in connection.execute(chosen)]


def drop_draft(connection: Connection, name: str) -> None:
    """Delete a draft."""
    connection.execute(delete(DraftRow).where(DraftRow.id == name))


def drop_drafts_before(connection: Connection, moment: datetime) -> None:
    """Delete the drafts that nobody has changed since a moment."""
    connection.execute(delete(DraftRow).where(DraftRow.updated < moment))


def save_mapping(connection: Connection, dataset: str, columns: str, mapping: str) -> None:
    """Remember how columns were read; `columns` is a hash of their names."""
    connection.execute(delete(MappingRow).where(MappingRow.dataset == dataset, MappingRow.columns == columns))
    connection.execute(insert(MappingRow).values(dataset=dataset, columns=columns, mapping=mapping))


def find_mapping(connection: Connection, dataset: str, columns: str) -> str | None:
    """Return how the same columns were read before."""
    chosen = select(MappingRow.mapping).where(MappingRow.dataset == dataset, MappingRow.columns == columns)
    found: str | None = connection.execute(chosen).scalar()
    return found


def _row(draft: Draft) -> dict[str, Any]:
    told = {
        "choices": dict(draft.choices),
        "frame": draft.frame and draft.frame.plain(),
        "message": draft.message,
        "sources": draft.sources,
        "names": [name for name, _content in draft.uploads] or list(draft.names),
    }
    return {
        "dataset": draft.dataset,
        "base": draft.base,
        "author": draft.author.key,
        "author_name": draft.author.name,
        "told": json.dumps(told, ensure_ascii=False, allow_nan=False),
        "created": draft.created,
        "updated": draft.updated,
    }


def _draft(row: Any, uploads: Uploads) -> Draft:
    told = json.loads(row.told)
    return Draft(
        id=row.id,
        dataset=row.dataset,
        base=row.base,
        author=Author(row.author, row.author_name),
        created=row.created,
        updated=row.updated,
        choices=told["choices"],
        frame=told["frame"] and Frame.of(told["frame"]),
        message=told["message"],
        sources=told["sources"],
        names=tuple(told["names"]),
        uploads=uploads,
    )


def _packed(uploads: Uploads) -> bytes:
    """Return files as a zip; they are called by number there, for their names may be anything."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, (_name, content) in enumerate(uploads):
            archive.writestr(str(number), content)
    return packed.getvalue()


def _unpacked(packed: bytes, names: list[str]) -> Uploads:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return tuple((names[int(entry)], archive.read(entry)) for entry in archive.namelist())
