"""Pieces of a map that have a name: the whole, what the dataset lists, and its zones."""

import numpy as np

from mapapp.domain.edition import Edition, NamedExtent

COUNTRY = "country"
ZONE = "zone-"
AROUND = 0.06
"""Ground around a zone, as a share of its longer side."""


def extents_of(edition: Edition) -> dict[str, NamedExtent]:
    """Return the extents that have a name by their key: `country`, the dataset's own, `zone-` and a zone's id."""
    dataset = edition.dataset
    whole = NamedExtent(COUNTRY, bbox=dataset.extent)
    return {extent.key: extent for extent in (whole, *dataset.extents, *_zones(edition))}


def _zones(edition: Edition) -> list[NamedExtent]:
    """Return the zones with all their rings over time, and some ground around."""
    rows = edition.layers["zone"]
    found = []
    for name in dict.fromkeys(rows["name"]):
        own = rows[rows["name"] == name]
        west, south, east, north = own.total_bounds
        side = AROUND * max(east - west, north - south)
        names = own.iloc[0]
        key = ZONE + str(names["id"]).removesuffix(f"-{names['stage']}")
        bbox = np.round([west - side, south - side, east + side, north + side], 4).tolist()
        found.append(NamedExtent(key, name, names["name_ar"] or "", names["name_ru"] or "", tuple(bbox)))
    return found
