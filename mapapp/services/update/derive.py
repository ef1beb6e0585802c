"""Areas derived anew from the tables that a version carries, with rows of changes of hands added to them."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from mapapp.domain.edition import Dataset, Edition, Layers
from mapapp.domain.errors import BadTable, Phrase
from mapapp.domain.update_errors import CannotAddChanges
from mapapp.ingest.changes import Places
from mapapp.ingest.layers import load_layers
from mapapp.ingest.theatre.derivation import build_files
from mapapp.services.memory import Memory
from mapapp.store.codec import hash_bytes

SOURCES = "sources/"
CHANGES = "sources/changes.csv"
THEATRE = "sources/theatre.json"
DERIVED = ("control", "estimate", "place", "zone")
"""The layers that follow from who held which place when; the others are facts of their own."""

Row = Mapping[str, Any]
_derived: Memory[Layers] = Memory(entries=4)


def check_derivable(base: Edition, documents: Mapping[str, bytes]) -> None:
    """Raise CannotAddChanges unless the areas of a version rest on tables that it carries."""
    name = base.dataset.title
    if base.dataset.basis != "derived":
        reason = Phrase("drawn", "its areas were drawn, not derived from places; upload areas instead")
        raise CannotAddChanges("changes", dataset=name, reason=reason)
    if CHANGES not in documents or THEATRE not in documents:
        reason = Phrase("no_tables", "it carries no tables of places and changes; upload areas instead")
        raise CannotAddChanges("changes", dataset=name, reason=reason)


def with_rows(documents: Mapping[str, bytes], rows: Iterable[Row], base: Edition) -> dict[str, bytes]:
    """Return the documents with rows at the end of the table of changes.

    A row names place, date, after and source, and may name before, status, parties, confidence, note; where it has no
    lat and lon it gets those of the place of that name. Raises BadTable for a place that nobody knows.
    """
    table, columns = read_changes(documents)
    places = Places(base.layers["place"])
    table += [_whole(row, columns, places, base) for row in rows]
    return {**documents, CHANGES: write_changes(table, columns)}


def read_changes(documents: Mapping[str, bytes]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the rows of the table of changes and its columns."""
    reader = csv.DictReader(io.StringIO(documents[CHANGES].decode("utf-8-sig"), newline=""))
    return list(reader), list(reader.fieldnames or ())


def write_changes(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Return the table of changes as a file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _whole(row: Row, columns: Sequence[str], places: Places, base: Edition) -> dict[str, str]:
    """Return a row with every column of the table."""
    given = {name: "" if row.get(name) is None else str(row[name]).strip() for name in columns}
    if not (given["lat"] and given["lon"]):
        at = places.find(given["place"])
        if at is None:
            reason = Phrase("unknown_place", "there is no place “{place}”", place=given["place"][:60])
            raise BadTable("place", table=CHANGES, reason=reason)
        point, name = base.layers["place"].geometry.iloc[at], str(base.layers["place"]["name"].iloc[at])
        given |= {"place": name, "lon": f"{point.x:.10g}", "lat": f"{point.y:.10g}"}
    parties = given["parties"] or ""
    given["status"] = given["status"] or ("contested" if parties else "control")
    given["confidence"] = given["confidence"] or "reported"
    given["use"] = given["use"] or "yes"
    return given


def derived(documents: Mapping[str, bytes]) -> Layers:
    """Return the layers that follow from the tables, remembered. Cost: some ten seconds for a country at first."""
    tables = {name: content for name, content in sorted(documents.items()) if name.startswith(SOURCES)}
    key = tuple((name, hash_bytes(content)) for name, content in tables.items())
    return _derived.get(key, lambda: _derive(tables))


def _derive(tables: Mapping[str, bytes]) -> Layers:
    with tempfile.TemporaryDirectory(prefix="mapapp-derive-") as folder:
        sources, layers = Path(folder) / "sources", Path(folder) / "layers"
        layers.mkdir()
        for name, content in tables.items():
            _write(sources, name.removeprefix(SOURCES), content)
        for name, content in build_files(sources).items():
            if name.removesuffix(".geojson") in DERIVED:
                (layers / name).write_bytes(content)
        return load_layers(layers)


def _write(folder: Path, name: str, content: bytes) -> None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise BadTable("documents", table=name, reason=Phrase("bad_name", "its name leads out of its folder"))
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def frame_with(dataset: Dataset, rows: Iterable[Row]) -> Dataset:
    """Return the dataset; rows of changes never reach beyond its days."""
    for row in rows:
        dataset.check_day(str(row["date"]))
    return dataset


def same_place_km(documents: Mapping[str, bytes]) -> float:
    """Return the distance within which a row of the table of changes belongs to a place."""
    return float(json.loads(documents[THEATRE])["rules"]["same_place_km"])
