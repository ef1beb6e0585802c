"""Leaflet's own files, from the installed package that carries them; nothing is fetched from another host."""

import base64
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from xstatic.pkg import leaflet

FOLDER = Path(leaflet.BASE_DIR)
PICTURE = re.compile(r"url\(images/([a-z0-9-]+\.png)\)")
MARKER = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}

NARROW = ".leaflet-control-attribution { max-width: 65vw; }\n"


def data_url(content: bytes, kind: str) -> str:
    """Return bytes as a data: URL of that media type."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@cache
def picture_url(name: str) -> str:
    """Return one of Leaflet's PNG pictures as a data: URL."""
    return data_url((FOLDER / "images" / name).read_bytes(), "image/png")


@cache
def script_url() -> str:
    """Return Leaflet's script with what a plain Folium map adds to it as a data: URL; about 200 kB."""
    pictures = json.dumps({option: picture_url(name) for option, name in MARKER.items()})
    own = (files("mapapp.render") / "plain_map.js").read_text(encoding="utf-8")
    library = (FOLDER / "leaflet.js").read_text(encoding="utf-8")
    library = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", library)
    return data_url(f"{library}\n{own.replace('MARKER_PICTURES', pictures)}".encode(), "text/javascript")


@cache
def style_url(background: str) -> str:
    """Return Leaflet's style sheet, its pictures inside, on a background #RRGGBB as a data: URL."""
    sheet = (FOLDER / "leaflet.css").read_text(encoding="utf-8")
    sheet = PICTURE.sub(lambda match: f"url({picture_url(match[1])})", sheet)
    return data_url(f"{sheet}\n.leaflet-container {{ background: {background}; }}\n{NARROW}".encode(), "text/css")
