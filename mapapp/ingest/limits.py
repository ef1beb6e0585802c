"""How much a file may bring, how much a child process may take."""

from dataclasses import dataclass

from mapapp.settings import settings

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Upper bounds; None means none. Bytes, seconds, numbers."""

    file_bytes: int | None
    files: int | None
    features: int | None
    vertices: int | None
    zip_members: int
    zip_ratio: int
    zip_bytes: int
    child_bytes: int
    child_seconds: int


def page_limits() -> Limits:
    """Return the limits for what is uploaded in the page."""
    number = settings().limits
    return Limits(
        file_bytes=number["UPLOAD_MB"] * MEGABYTE,
        files=number["UPLOAD_FILES"],
        features=number["UPLOAD_FEATURES"],
        vertices=number["UPLOAD_VERTICES"],
        zip_members=number["ZIP_MEMBERS"],
        zip_ratio=number["ZIP_RATIO"],
        zip_bytes=number["ZIP_MB"] * MEGABYTE,
        child_bytes=number["UPLOAD_CHILD_GB"] * GIGABYTE,
        child_seconds=number["UPLOAD_CHILD_SECONDS"],
    )


def command_limits() -> Limits:
    """Return the limits for files named on the command line: only archives and child processes have any."""
    number = settings().limits
    return Limits(
        file_bytes=None,
        files=None,
        features=None,
        vertices=None,
        zip_members=number["ZIP_MEMBERS"],
        zip_ratio=number["ZIP_RATIO"],
        zip_bytes=number["ZIP_MB"] * MEGABYTE,
        child_bytes=number["COMMAND_CHILD_GB"] * GIGABYTE,
        child_seconds=number["COMMAND_CHILD_SECONDS"],
    )
