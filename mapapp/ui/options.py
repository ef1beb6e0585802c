"""Streamlit's options, set in code however the application is started, so that no working directory can undo them."""

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from streamlit import config, logger

from mapapp.settings import Settings

BOUND_BEFORE_US = ("server.address", "server.port")
"""What `streamlit run` has acted on, by its own flags and our file, before this package is imported."""

INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def options() -> dict[str, Any]:
    """Return every option of mapapp/.streamlit/config.toml by its dotted name."""
    text = (files("mapapp") / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    return dict(_flatten(tomllib.loads(text), ""))


def _flatten(section: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in section.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def apply_options(settings: Settings, font_faces: list[dict[str, Any]]) -> None:
    """Set every option in this process; address and port only where nobody named others before."""
    for name, value in options().items():
        if name not in BOUND_BEFORE_US or not config.is_manually_set(name):
            config.set_option(name, value)
    config.set_option("server.allowedHosts", list(settings.allowed_hosts))
    config.set_option("server.maxUploadSize", settings.limits["UPLOAD_MB"])
    config.set_option("theme.fontFaces", font_faces)
    logger.set_log_level("info" if settings.log_level == "debug" else "warning")  # each request is a line at "info"


def inline_script_hashes() -> tuple[str, ...]:
    """Return the CSP hashes of the inline scripts in the page of the installed Streamlit."""
    page = (files("streamlit") / "static" / "index.html").read_bytes()
    return tuple(
        "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode() for script in INLINE_SCRIPT.findall(page)
    )
