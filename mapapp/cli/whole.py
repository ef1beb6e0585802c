"""Write files whole or not at all: under a name of their own beside the target, then renamed."""

import os
from pathlib import Path

from mapapp.cli.base import say
from mapapp.cli.keep import KINDS
from mapapp.domain.errors import BadOption
from mapapp.render.press.options import FORMATS
from mapapp.services.film import KINDS as FILMS

ENDINGS = (*FORMATS, *FILMS, *KINDS)
"""What a name ends in that is a file's."""


def is_folder(to: Path) -> bool:
    """Say whether files go into a folder of this name, each under a name of its own; it may be one to make."""
    ending = to.suffix.lower().removeprefix(".")
    return not ending or (to.is_dir() and ending not in ENDINGS)


def write_whole(to: Path, content: bytes) -> None:
    """Put a file in its place; whoever looks sees the old one or the new one, never a part. Raises BadOption."""
    part = to.with_name(f".{to.name[:100]}.{os.getpid()}.part")
    try:
        to.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        part.replace(to)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.failed", reason=reason)) from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    """Remove a part that was left; where there cannot be one there is nothing to do."""
    if part.exists():
        part.unlink()


def check_folder(folder: Path) -> None:
    """Raise BadOption where files cannot go because there is no such folder."""
    if not folder.is_dir():
        raise BadOption("to", value=folder, option="--to", expected=say("cli.export.folder", folder=folder))
