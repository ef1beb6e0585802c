"""What each layer asks of the properties that an analyst brings, and what is filled in where it is silent."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from mapapp.domain.schema import LAYERS

CHANGES = "changes"
NEEDED = {
    "control": ("valid_from",),
    "estimate": ("valid_from",),
    "place": ("periods",),
    "position": ("actor", "kind", "valid_from"),
    "zone": ("zone", "stage", "valid_from"),
    "event": ("day", "title"),
    "bank": ("bank",),
    "river": (),
    "boundary": ("kind",),
    CHANGES: ("place", "date", "after", "source"),
}
"""Properties that nobody can fill in but the analyst."""

FILLED: dict[str, Any] = {
    "name": None,
    "name_ar": None,
    "name_ru": None,
    "source_url": None,
    "note": None,
    "parties": (),
    "actors": (),
    "variants": (),
    "valid_to": None,
    "places": 0,
    "share_estimated": 0.0,
    "confidence": "reported",
    "unit": None,
    "radius_km": None,
    "major": False,
    "plotted": True,
    "size": 10,
}
"""What is filled in where a property is absent."""


@cache
def _known(layer: str) -> tuple[frozenset[str], dict[str, Any]]:
    """Return the properties of a layer, and what stands for those that are absent."""
    known = frozenset(prop.name for prop in LAYERS[layer].properties)
    return known, {name: value for name, value in FILLED.items() if name in known}


def fill_in(layer: str, properties: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return properties with what the schema asks for beside them; those that it does not know are left out."""
    known, absent = _known(layer)
    filled = {**absent, **{name: value for name, value in properties.items() if name in known}}
    if "status" in known and filled.get("status") is None:
        filled["status"] = "control" if filled.get("actor") else "contested"
    if "status" in known:
        filled.setdefault("actor", None)
    for name in ("evidence_from", "evidence_to"):
        if name in known and filled.get(name) is None:
            filled[name] = filled.get("valid_from")
    if filled.get("source") is None:
        filled["source"] = file
    if "kind" in known and filled.get("kind") is None:
        filled["kind"] = {"place": "settlement", "river": "river"}.get(layer, "other")
    for name in ("parties", "actors", "variants"):
        if name in filled:
            filled[name] = tuple(filled[name] or ())
    return filled
