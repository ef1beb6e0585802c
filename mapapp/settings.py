"""Every setting in one place: its variable, its default, its help; read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mapapp.domain.errors import BadOption

LOG_LEVELS = ("debug", "info", "warning", "error")
HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]|[0-9a-f:]+|\*")
ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
PUBLIC_URL = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*")
REPORT_TO = re.compile(
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/%+-]*)?(\?[A-Za-z0-9._~/%+&=-]*)?"
)
DATABASE_URL = re.compile(r"sqlite:///\S.*|postgres(ql)?://\S+")
PROVIDER = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
TILE_ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?/[A-Za-z0-9._~/%+&=?@:{}-]*")
CREDIT = re.compile(r"[^<>{}\x00-\x1f]{1,200}")
NAME = re.compile(r"[^\x00-\x1f<>@]{0,80}")
FRAME_ANCESTOR = re.compile(r"'none'|'self'|\*|https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Setting:
    """One row of the table: the environment variable, its default as text, what it is for."""

    name: str
    default: str
    help: str


SERVING = (
    Setting("MAPAPP_HOST", "127.0.0.1", "Address to listen on; put a proxy with TLS before it rather than opening it."),
    Setting("MAPAPP_PORT", "8501", "Port to listen on; 0 takes a free one."),
    Setting("MAPAPP_LAYERS_DIR", "", "Folder with dataset.json and the layers; empty means the built-in data."),
    Setting("MAPAPP_DATA_DIR", "var", "Folder for what the application keeps, made when missing."),
    Setting(
        "MAPAPP_DATABASE_URL",
        "",
        "sqlite:///FILE or postgresql://… for the versions; empty: a file in the data folder.",
    ),
    Setting("MAPAPP_ALLOWED_HOSTS", "", "Host names that are answered, with commas (*.example.org); empty means any."),
    Setting("MAPAPP_FRAME_ANCESTORS", "'none'", "Who may show the application in a frame: 'none', 'self' or origins."),
    Setting("MAPAPP_EMBED_PARENTS", "", "Origins whose pages may command the embedded map, with commas."),
    Setting("MAPAPP_BASE_MAPS", "", "Background maps a reader may choose: names of xyzservices, with commas."),
    Setting("MAPAPP_BASE_MAP_URL", "", "Tiles of your own: an address with {z}, {x} and {y}; empty: none."),
    Setting("MAPAPP_BASE_MAP_CREDIT", "", "Whom the tiles of your own are credited to; needed with them."),
    Setting(
        "MAPAPP_PUBLIC_URL",
        "",
        "Address under which readers reach the map, as pictures name it; empty: as it was asked.",
    ),
    Setting(
        "MAPAPP_REPORT_TO", "", "Where readers report errors: an e-mail address or an https address; empty: nowhere."
    ),
    Setting("MAPAPP_EDITOR_NAME", "local editor", "The name that readers see of whoever edits on this machine."),
    Setting("MAPAPP_DRAFT_DAYS", "30", "Days that an unpublished draft is kept after its last change."),
    Setting("MAPAPP_LOG_LEVEL", "info", "How much to log: debug, info, warning or error."),
)

LIMITS = (
    Setting("MAPAPP_UPLOAD_MB", "64", "Megabytes that one uploaded file may have."),
    Setting("MAPAPP_UPLOAD_FILES", "1000", "Files that one upload may have."),
    Setting("MAPAPP_UPLOAD_FEATURES", "200000", "Features that one upload may have."),
    Setting("MAPAPP_UPLOAD_VERTICES", "3000000", "Vertices that one upload may have."),
    Setting("MAPAPP_ZIP_MEMBERS", "1000", "Files that a zip may hold."),
    Setting("MAPAPP_ZIP_RATIO", "100", "How many times its size a file in a zip may unpack to."),
    Setting("MAPAPP_ZIP_MB", "512", "Megabytes that a zip may unpack to."),
    Setting("MAPAPP_UPLOAD_CHILD_GB", "2", "Gigabytes for the process that reads an upload."),
    Setting("MAPAPP_UPLOAD_CHILD_SECONDS", "120", "Seconds for the process that reads an upload."),
    Setting("MAPAPP_COMMAND_CHILD_GB", "4", "Gigabytes for the process that reads a file of the command line."),
    Setting("MAPAPP_COMMAND_CHILD_SECONDS", "600", "Seconds for the process that reads a file of the command line."),
    Setting("MAPAPP_FILM_FRAMES", "400", "Frames that a film may have."),
    Setting("MAPAPP_FILM_MEGAPIXELS", "400", "Millions of pixels that all frames of a film may have together."),
    Setting("MAPAPP_FILM_SECONDS", "600", "Seconds for the process that writes an MP4."),
    Setting("MAPAPP_SNAPSHOTS_WAITING", "8", "Pictures that may wait while one is drawn."),
    Setting("MAPAPP_SNAPSHOTS_A_MINUTE", "60", "Pictures that one client may ask for in a minute."),
)
"""How much untrusted files may bring and take, and how many pictures; each is a whole number above 0."""

SETTINGS: tuple[Setting, ...] = (*SERVING, *LIMITS)


@dataclass(frozen=True)
class Settings:
    """The settings in use, checked and typed."""

    host: str
    port: int
    layers_dir: Path | None
    data_dir: Path
    database_url: str
    allowed_hosts: tuple[str, ...]
    frame_ancestors: tuple[str, ...]
    embed_parents: tuple[str, ...]
    base_maps: tuple[str, ...]
    base_map_url: str
    base_map_credit: str
    public_url: str
    report_to: str
    editor_name: str
    draft_days: int
    log_level: str
    limits: Mapping[str, int]


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check every setting from a mapping of variables.

    Raises BadOption, whose sentence names the variable and says what it expects.
    """
    value = {row.name.removeprefix("MAPAPP_"): environment.get(row.name, row.default).strip() for row in SETTINGS}
    return Settings(
        host=_one("HOST", value["HOST"].lower(), HOST, "it takes an address such as 127.0.0.1 or a host name"),
        port=_port(value["PORT"]),
        layers_dir=_folder(value["LAYERS_DIR"]),
        data_dir=Path(value["DATA_DIR"] or "var").expanduser().absolute(),
        database_url=_database_url(value["DATABASE_URL"]),
        allowed_hosts=_many("ALLOWED_HOSTS", value["ALLOWED_HOSTS"].lower(), HOST, "it takes host names with commas"),
        frame_ancestors=_many(
            "FRAME_ANCESTORS", value["FRAME_ANCESTORS"].lower(), FRAME_ANCESTOR, "it takes 'none', 'self' or origins"
        ),
        embed_parents=_many(
            "EMBED_PARENTS", value["EMBED_PARENTS"].lower(), ORIGIN, "it takes origins such as https://example.org"
        ),
        base_maps=_many("BASE_MAPS", value["BASE_MAPS"], PROVIDER, "it takes names such as OpenTopoMap, with commas"),
        base_map_url=_tiles(value["BASE_MAP_URL"]),
        base_map_credit=_credit(value["BASE_MAP_CREDIT"], value["BASE_MAP_URL"]),
        public_url=_public_url(value["PUBLIC_URL"]),
        report_to=_report_to(value["REPORT_TO"]),
        editor_name=_one("EDITOR_NAME", value["EDITOR_NAME"], NAME, "it takes a name of at most 80 letters"),
        draft_days=_count("DRAFT_DAYS", value["DRAFT_DAYS"]),
        log_level=_log_level(value["LOG_LEVEL"].lower()),
        limits={name: _count(name, value[name]) for name in (row.name.removeprefix("MAPAPP_") for row in LIMITS)},
    )


@cache
def settings() -> Settings:
    """Return the settings of this process, read from its environment at first use."""
    return read_settings(os.environ)


def refuse(name: str, value: str, expected: str) -> BadOption:
    """Make the error for a setting that cannot be used."""
    return BadOption(f"MAPAPP_{name}", value=value[:80], option=f"MAPAPP_{name}", expected=expected)


def _one(name: str, value: str, pattern: re.Pattern[str], expected: str) -> str:
    if not pattern.fullmatch(value):
        raise refuse(name, value, expected)
    return value


def _many(name: str, text: str, pattern: re.Pattern[str], expected: str) -> tuple[str, ...]:
    return tuple(_one(name, part, pattern, expected) for part in re.split(r"[,\s]+", text) if part)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise refuse("PORT", text, "it takes a number from 0 to 65535")
    return int(text)


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise refuse(name, text, "it takes a whole number above 0")
    return int(text)


def _folder(text: str) -> Path | None:
    if not text:
        return None
    if not (folder := Path(text).expanduser().resolve()).is_dir():
        raise refuse("LAYERS_DIR", text, "there is no such folder")
    return folder


def _database_url(text: str) -> str:
    """Return the address if it has one of our two forms; a wrong one is not repeated, for it may hold a password."""
    if text and not DATABASE_URL.fullmatch(text):
        raise refuse("DATABASE_URL", "…", "it takes sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME")
    return text


def _public_url(text: str) -> str:
    expected = "it takes an address such as https://maps.example.org"
    return _one("PUBLIC_URL", text.rstrip("/"), PUBLIC_URL, expected) if text else ""


def _report_to(text: str) -> str:
    return _one("REPORT_TO", text, REPORT_TO, "it takes an e-mail address or an https address") if text else ""


def _tiles(text: str) -> str:
    expected = "it takes an address with {z}, {x} and {y} and no other braces"
    if text and sorted(re.findall(r"\{.*?\}", text)) != ["{x}", "{y}", "{z}"]:
        raise refuse("BASE_MAP_URL", text, expected)
    return _one("BASE_MAP_URL", text, TILE_ADDRESS, expected) if text else ""


def _credit(text: str, url: str) -> str:
    expected = "it takes whom the tiles are credited to, as plain text"
    return _one("BASE_MAP_CREDIT", text, CREDIT, expected) if url else text


def _log_level(text: str) -> str:
    if text not in LOG_LEVELS:
        raise refuse("LOG_LEVEL", text, f"it takes one of {', '.join(LOG_LEVELS)}")
    return text
