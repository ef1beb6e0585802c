"""Zip files: counted before anything is unpacked, unpacked in memory up to a bound, no path of theirs ever used."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from mapapp.domain.faults import Fault
from mapapp.ingest.kinds import kind_of
from mapapp.ingest.limits import Limits

IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")
SMALL = 1_000_000
"""Bytes below which the ratio does not count: a page of blanks is no bomb."""

CHUNK = 1 << 16
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, zlib.error, struct.error, ValueError)
BROKEN_OR_UNKNOWN = (*BROKEN, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name as it is told, and its content."""

    name: str
    content: bytes


class Refused(ValueError):
    """An archive is not unpacked; it carries the fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.kind)


def unpack(file: str, content: bytes, limits: Limits) -> list[Member]:
    """Return the files of a zip. Raises Refused with the fault that stops the whole archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = list(_wanted(file, archive, limits))
            return list(_contents(file, archive, members, limits))
    except BROKEN_OR_UNKNOWN as error:
        if isinstance(error, Refused):
            raise
        raise Refused(Fault("archive-broken", file, found=str(error))) from error


def _wanted(file: str, archive: zipfile.ZipFile, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    """Yield the members to unpack, having looked at what the directory says of all."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    kept = [member for member in members if not any(part in member.filename for part in IGNORED)]
    if not kept:
        raise Refused(Fault("archive-empty", file))
    if len(archive.infolist()) > limits.zip_members:
        found = str(len(archive.infolist()))
        raise Refused(Fault("files-many", file, found=found, values={"most": limits.zip_members}))
    for member in kept:
        if _leads_out(member):
            raise Refused(Fault("archive-path", file, found=member.filename))
        if member.flag_bits & 1:
            raise Refused(Fault("archive-broken", file, found=f"{member.filename}: 🔒"))
    if sum(member.file_size for member in kept) > limits.zip_bytes or any(_swells(part, limits) for part in kept):
        raise _bomb(file, sum(member.file_size for member in kept), limits)
    yield from kept


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Say whether a name is a path that leads elsewhere, or the member a link."""
    name = member.orig_filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or name.startswith("/") or ".." in parts or ":" in (parts or ("",))[0] or "\x00" in name


def _swells(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > SMALL and member.file_size > limits.zip_ratio * max(member.compress_size, 1)


def _bomb(file: str, size: int, limits: Limits) -> Refused:
    values = {"megabytes": limits.zip_bytes // 1_000_000, "ratio": limits.zip_ratio}
    return Refused(Fault("archive-bomb", file, found=f"{size / 1e6:.0f} MB", values=values))


def _contents(file: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Member]:
    """Yield the members unpacked, counting real bytes, for a directory may lie; a zip in the zip stops it."""
    left = limits.zip_bytes
    for member in members:
        pieces = []
        with archive.open(member) as stream:
            while piece := stream.read(CHUNK):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise _bomb(file, limits.zip_bytes - left, limits)
        content = b"".join(pieces)
        if kind_of(member.filename, content) in {"zip", "gzip"}:
            raise Refused(Fault("archive-nested", file, found=member.filename))
        yield Member(member.filename, content)
