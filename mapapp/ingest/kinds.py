"""What a file is, told by its content; its name only decides between texts that look alike."""

import codecs
import gzip
import io
import re
import zlib
from pathlib import PurePosixPath

JSON_NAMES = (".json", ".geojson", ".topojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl")
TABLE_NAMES = (".csv", ".tsv", ".txt")
EXTENSIONS = {
    "json": (*JSON_NAMES, ".txt", ""),
    "table": (*TABLE_NAMES, ""),
    "zip": (".zip", ".kmz", ".shz", ""),
    "gzip": (".gz", ".gzip", ""),
    "gpkg": (".gpkg", ".sqlite", ""),
    "kml": (".kml", ".xml", ""),
}
"""The endings that a file of each kind may have."""

SHAPEFILE_SIDES = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix")
SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\x00", "gpkg"),
    (b"\x00\x00\x27\x0a", "shapefile-part"),
)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
KML = re.compile(rb"<(?:\w+:)?kml[\s>]", re.IGNORECASE)
WEB = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)


def ending(name: str) -> str:
    """Return the last ending of a file's name, in small letters, with its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def kind_of(name: str, content: bytes) -> str:
    """Return json, table, zip, gzip, gpkg, kml, or a reason to refuse: empty, web-page, shapefile-part, unknown."""
    if not content:
        return "empty"
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if ending(name) in SHAPEFILE_SIDES:
        return "shapefile-part"
    return _kind_of_text(ending(name), content)


def _kind_of_text(suffix: str, content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            content = content[:8192].decode(encoding, errors="replace").encode()
            break
    head = content[:8192].lstrip(b" \t\r\n\x1e")
    if head.startswith(b"<"):
        return "kml" if KML.search(content[:65536]) or suffix == ".kml" else "web-page" if WEB.search(head) else "xml"
    if head.startswith((b"{", b"[")) or suffix in JSON_NAMES:
        return "json"
    if b"\x00" in head:
        return "unknown"
    first = head.split(b"\n", 1)[0]
    return "table" if suffix in TABLE_NAMES or any(sign in first for sign in b",;\t") else "unknown"


def text_of(content: bytes) -> str:
    """Return the text of UTF-8, or of UTF-16 with its mark. Raises UnicodeDecodeError, which knows the byte."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    return content.decode("utf-8")


class TooMuch(ValueError):
    """Content unpacks to more than is allowed."""


def gunzip(content: bytes, most: int) -> bytes:
    """Return what is in a gzip. Raises TooMuch beyond `most` bytes, OSError, EOFError or zlib.error when broken."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        unpacked = packed.read(most + 1)
    if len(unpacked) > most:
        raise TooMuch
    return unpacked


BROKEN_GZIP = (OSError, EOFError, zlib.error)
