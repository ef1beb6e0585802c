"""Whatever files arrive to tables of features: each file by its kind, zips unpacked, with every fault on the way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mapapp.domain.faults import Fault
from mapapp.ingest.archive import Member, Refused, unpack
from mapapp.ingest.delimited import read_delimited
from mapapp.ingest.features import Table
from mapapp.ingest.gdal import read_vector
from mapapp.ingest.geojson import read_geojson
from mapapp.ingest.kinds import BROKEN_GZIP, EXTENSIONS, SHAPEFILE_SIDES, TooMuch, ending, gunzip, kind_of, text_of
from mapapp.ingest.limits import Limits
from mapapp.ingest.reference_systems import GEOGRAPHIC
from mapapp.ingest.repairs import reproject

REFUSED = {"empty": "file-empty", "shapefile-part": "shapefile-part"}


@dataclass(frozen=True)
class Source:
    """A file as it arrives: the name it is told by (never a path that is opened), and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Intake:
    """The tables of all files, and the faults of files that gave none."""

    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]

    @property
    def all_faults(self) -> list[Fault]:
        """Return the faults of files and tables together."""
        return [*self.faults, *(fault for table in self.tables for fault in table.faults)]


def sources_of(paths: Iterable[Path], limits: Limits) -> tuple[list[Source], list[Fault]]:
    """Read files from disk, folders with the files in them; what cannot be read, or is too large, is a fault."""
    sources, faults = [], []
    for path in paths:
        for each in sorted(path.iterdir()) if path.is_dir() else [path]:
            try:
                if limits.file_bytes is not None and each.stat().st_size > limits.file_bytes:
                    faults.append(_too_large(each.name, each.stat().st_size, limits))
                elif not each.is_dir():
                    sources.append(Source(each.name, each.read_bytes()))
            except OSError as error:
                faults.append(Fault("file-unreadable", each.name, found=(error.strerror or str(error))))
    return sources, faults


def take_in(sources: Sequence[Source], limits: Limits) -> Intake:
    """Return everything that the files hold, in longitude and latitude, with every fault of form found so far."""
    if limits.files is not None and len(sources) > limits.files:
        fault = Fault("files-many", found=str(len(sources)), values={"most": limits.files})
        return Intake((), (fault,))
    tables: list[Table] = []
    faults: list[Fault] = []
    for source in sources:
        if limits.file_bytes is not None and len(source.content) > limits.file_bytes:
            faults.append(_too_large(source.name, len(source.content), limits))
            continue
        read = _read(source, limits)
        for table in read:
            if table.features:
                tables.append(table)
            else:
                faults += table.faults
    moved, wrong = _moved(tables)
    return _counted(moved, [*faults, *wrong], limits)


def _too_large(name: str, size: int, limits: Limits) -> Fault:
    values = {"megabytes": (limits.file_bytes or 0) // 1_000_000}
    return Fault("file-large", name, found=f"{size / 1e6:.0f} MB", values=values)


def _refused(name: str, kind: str, found: str = "") -> list[Table]:
    return [Table(name, _stem(name), "", [], (Fault(kind, name, found=found),))]


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]


def _read(source: Source, limits: Limits) -> list[Table]:
    """Return the tables of one file."""
    kind = kind_of(source.name, source.content)
    if kind == "zip":
        return _noted(source, kind, _read_archive(source, limits))
    if kind == "gzip":
        return _noted(source, kind, _read_packed(source, limits))
    return _noted(source, kind, _read_plain(source, kind, limits))


def _noted(source: Source, kind: str, tables: list[Table]) -> list[Table]:
    """Add the fault of a name that says something else than the content."""
    suffix = ending(source.name)
    if kind not in EXTENSIONS or suffix in EXTENSIONS[kind] or not any(table.features for table in tables):
        return tables
    note = Fault("file-name", source.name, found=suffix, values={"kind": kind})
    return [replace(table, faults=(note, *table.faults)) if table.features else table for table in tables]


def _read_packed(source: Source, limits: Limits) -> list[Table]:
    """Read what one gzip holds."""
    try:
        content = gunzip(source.content, min(limits.zip_bytes, max(limits.zip_ratio * len(source.content), 1_000_000)))
    except TooMuch:
        values = {"megabytes": limits.zip_bytes // 1_000_000, "ratio": limits.zip_ratio}
        return [Table(source.name, "", "", [], (Fault("archive-bomb", source.name, values=values),))]
    except BROKEN_GZIP as error:
        return _refused(source.name, "archive-broken", str(error))
    kind = kind_of(source.name.removesuffix(".gz"), content)
    if kind in {"zip", "gzip"}:
        return _refused(source.name, "archive-nested", source.name)
    return _read_plain(Source(source.name, content), kind, limits)


def _read_archive(source: Source, limits: Limits) -> list[Table]:
    """Read every file of a zip; the parts of a Shapefile belong together by their name."""
    try:
        members = unpack(source.name, source.content, limits)
    except Refused as refusal:
        return [Table(source.name, _stem(source.name), "zip", [], (refusal.fault,))]
    tables: list[Table] = []
    shapefiles: dict[str, dict[str, bytes]] = {}
    for member in members:
        if ending(member.name) in SHAPEFILE_SIDES:
            shapefiles.setdefault(member.name.rpartition(".")[0], {})[ending(member.name)] = member.content
        else:
            tables += _read_member(source.name, member, limits)
    for name, contents in shapefiles.items():
        if ".shp" in contents or len(members) == len(contents):
            whole = contents if ".shp" in contents else {".shp": b"", **contents}
            parts = {part: content for part, content in whole.items() if content}
            tables += read_vector(_told(source.name, f"{name}.shp"), "shapefile", parts, limits)
    told = any(fault.severity == "error" for table in tables for fault in table.faults)
    if not told and not any(table.features for table in tables):
        tables.append(Table(source.name, _stem(source.name), "zip", [], (Fault("archive-empty", source.name),)))
    return tables


def _told(archive: str, member: str) -> str:
    return f"{archive}/{member}"


def _read_member(archive: str, member: Member, limits: Limits) -> list[Table]:
    """Read one file of a zip; what is no map data there (a licence, a style) is passed over with a word."""
    name = _told(archive, member.name)
    kind = kind_of(member.name, member.content)
    ignored = [Table(name, "", "", [], (Fault("member-ignored", name),))]
    if kind in {"unknown", "web-page"}:
        return ignored
    tables = _read_plain(Source(name, member.content), kind, limits)
    is_note = ending(name) == ".txt" and not any(table.features for table in tables)
    return ignored if is_note else tables


def _read_plain(source: Source, kind: str, limits: Limits) -> list[Table]:
    if kind in REFUSED:
        return _refused(source.name, REFUSED[kind], ending(source.name) if kind == "shapefile-part" else "")
    reader = READERS.get(kind)
    if reader is None:
        head = source.content[:40].decode("utf-8", errors="replace")
        return _refused(source.name, "file-kind", head)
    return reader(source, limits)


def _read_text(read: Callable[[str, str, str], list[Table]]) -> Callable[[Source, Limits], list[Table]]:
    """Return a reader of bytes from a reader of text; a wrong encoding is told with its byte."""

    def reader(source: Source, _: Limits) -> list[Table]:
        try:
            text = text_of(source.content)
        except UnicodeDecodeError as error:
            found = f"0x{error.object[error.start]:02X}, {error.start}"
            return _refused(source.name, "file-encoding", found)
        return read(source.name, _stem(source.name), text)

    return reader


def _read_one_table(file: str, name: str, text: str) -> list[Table]:
    return [read_delimited(file, name, text)]


def _read_gpkg(source: Source, limits: Limits) -> list[Table]:
    return read_vector(source.name, "gpkg", {".gpkg": source.content}, limits)


def _read_kml(source: Source, limits: Limits) -> list[Table]:
    return read_vector(source.name, "kml", {".kml": source.content}, limits)


READERS = {
    "json": _read_text(read_geojson),
    "table": _read_text(_read_one_table),
    "gpkg": _read_gpkg,
    "kml": _read_kml,
}


def _moved(tables: Sequence[Table]) -> tuple[list[Table], list[Fault]]:
    """Take tables in another coordinate system to longitude and latitude; each says so in a fault of its own."""
    return [table if table.crs == GEOGRAPHIC else reproject(table, table.crs) for table in tables], []


def _counted(tables: list[Table], faults: list[Fault], limits: Limits) -> Intake:
    """Return the intake, or nothing but a fault where there are too many features."""
    count = sum(len(table.features) for table in tables)
    if limits.features is not None and count > limits.features:
        return Intake((), (*faults, Fault("features-many", found=str(count), values={"most": limits.features})))
    return Intake(tuple(tables), tuple(faults))
