"""A good control layer, and faults planted in it one by one, each with what the check must say of it."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyproj import Transformer

from mapapp.domain.actors import Actor
from mapapp.domain.edition import Dataset
from mapapp.domain.projection import GEOGRAPHIC

Raw = dict[str, Any]
WEST, SOUTH, STEP, SIDE = 40.0, 35.0, 0.1, 10
ACTORS = ("gov", "sdf", "isis")


def small_dataset() -> Dataset:
    """Return a dataset of three holders over a square of a hundred cells, and one actor that holds nothing."""
    actors = [Actor(key, f"Side {key}", "", "", "#EBC0B3", "#C0392B", may_hold=key != "russia")
              for key in (*ACTORS, "russia")]  # fmt: skip
    return Dataset(
        "board", "Board", "2017-05-06", "2017-12-31", "2017-09-21", (40.0, 35.0, 41.0, 36.0), (40.5, 35.5), 8.0,
        "drawn", tuple(actors), "credit", "licence",
    )  # fmt: skip


def cell(number: int) -> list[list[float]]:
    """Return the ring of a cell of the board."""
    west, south = WEST + STEP * (number % SIDE), SOUTH + STEP * (number // SIDE)
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [[round(west + STEP * x, 6), round(south + STEP * y, 6)] for x, y in corners]


def good_file() -> Raw:
    """Return the board as GeoJSON: each cell with a holder of its own, from the first day on."""
    features = [
        {
            "type": "Feature",
            "id": f"cell-{number}",
            "properties": {
                "id": f"cell-{number}", "name": f"Cell {number}", "source": "Drawn for a test", "status": "control",
                "actor": ACTORS[number % 3], "parties": [], "valid_from": "2017-05-06", "valid_to": None,
                "note": None, "source_url": None,
            },
            "geometry": {"type": "Polygon", "coordinates": [cell(number)]},
        }
        for number in range(SIDE * SIDE)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def written(collection: Raw) -> bytes:
    """Return the file as text, one feature a line."""
    lines = ",\n".join(json.dumps(feature) for feature in collection["features"])
    return ('{"type":"FeatureCollection","features":[\n' + lines + "\n]}").encode()


@dataclass(frozen=True)
class Planted:
    """One fault: the kind, the cell, what is done to its feature, and the repair that mends it."""

    kind: str
    cell: int
    plant: Callable[[Raw], None]
    repair: str = "leave-out"


def setting(name: str, value: Any) -> Callable[[Raw], None]:
    def plant(feature: Raw) -> None:
        feature["properties"][name] = value

    return plant


def member(name: str, value: Any) -> Callable[[Raw], None]:
    def plant(feature: Raw) -> None:
        feature[name] = value

    return plant


def ring(change: Callable[[list[Any]], list[Any]]) -> Callable[[Raw], None]:
    def plant(feature: Raw) -> None:
        feature["geometry"]["coordinates"][0] = change(feature["geometry"]["coordinates"][0])

    return plant


def geometry(value: Any) -> Callable[[Raw], None]:
    return member("geometry", value)


def mercator(at: list[float]) -> list[float]:
    return list(Transformer.from_crs(GEOGRAPHIC, 3857, always_xy=True).transform(*at))


def hole(*corners: tuple[float, float]) -> Callable[[Raw], None]:
    def plant(feature: Raw) -> None:
        shell = feature["geometry"]["coordinates"][0]
        west, south = shell[0]
        feature["geometry"]["coordinates"].append([[west + x, south + y] for x, y in corners])

    return plant


def collected(feature: Raw) -> None:
    point = {"type": "Point", "coordinates": feature["geometry"]["coordinates"][0][0]}
    feature["geometry"] = {"type": "GeometryCollection", "geometries": [feature["geometry"], point]}


def nested_parts(feature: Raw) -> None:
    shell = feature["geometry"]["coordinates"][0]
    west, south = shell[0]
    inner = [[west + x, south + y] for x, y in ((0.02, 0.02), (0.04, 0.02), (0.04, 0.04), (0.02, 0.04), (0.02, 0.02))]
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[shell], [inner]]}


def crossed(points: list[Any]) -> list[Any]:
    """Tie a bow within the cell's own ground."""
    return [points[0], points[1], points[3], points[2], points[0]]


def wider_to_the_west(points: list[Any]) -> list[Any]:
    """Reach half a cell into the neighbour that comes before."""
    return [[x - 0.05 if x == points[0][0] else x, y] for x, y in points]


def moved_east(degrees: float) -> Callable[[Raw], None]:
    return ring(lambda points: [[round(x + degrees, 6), y] for x, y in points])


PLANTED = (
    Planted("feature-form", 0, member("type", "Featre")),
    Planted("properties-form", 2, member("properties", [1, 2])),
    Planted("id-form", 4, member("id", {"a": 1}), "drop-id"),
    Planted("id-twice", 6, lambda f: (f.update(id="cell-5"), f["properties"].update(id="cell-5")),
            "number-id:cell-5-2"),
    Planted("geometry-null", 8, geometry(None)),
    Planted("geometry-empty", 10, geometry({"type": "Polygon", "coordinates": []})),
    Planted("geometry-form", 12, geometry({"type": "Polygn", "coordinates": []})),
    Planted("geometry-kind", 14, geometry({"type": "LineString", "coordinates": [[40.4, 35.1], [40.5, 35.2]]})),
    Planted("geometry-kind", 16, collected, "take-parts"),
    Planted("position-form", 18, ring(lambda points: [["40", "35"], *points[1:]])),
    Planted("position-form", 20, ring(lambda points: [points[0], [None, None], *points[2:]])),
    Planted("ring-short", 22, ring(lambda points: [points[0], points[1], points[0]])),
    Planted("ring-open", 24, ring(lambda points: points[:-1]), "close-rings"),
    Planted("ring-open", 26, ring(lambda points: points[:-1]), "close-rings"),
    Planted("ring-crosses", 28, ring(crossed), "make-valid"),
    Planted("ring-winding", 30, ring(lambda points: points[::-1]), "rewind"),
    Planted("ring-winding", 32, ring(lambda points: points[::-1]), "rewind"),
    Planted("vertex-twice", 34, ring(lambda points: [points[0], points[1], points[1], *points[2:]]),
            "drop-repeated-vertices"),
    Planted("hole-outside", 36, hole((0.2, 0.2), (0.2, 0.25), (0.25, 0.25), (0.25, 0.2), (0.2, 0.2)), "make-valid"),
    Planted("parts-overlap", 38, nested_parts, "make-valid"),
    Planted("coordinates-swapped", 40, ring(lambda points: [[y, x] for x, y in points][::-1]), "swap"),
    Planted("coordinates-projected", 42, ring(lambda points: [mercator(at) for at in points]), "reproject:EPSG:3857"),
    Planted("coordinates-outside-world", 44, moved_east(150.0)),
    Planted("outside-extent", 46, moved_east(7.0)),
    Planted("outside-extent", 48, moved_east(-7.0)),
    Planted("position-height", 50, ring(lambda points: [[*at, 200] for at in points]), "drop-height"),
    Planted("property-missing", 52, setting("valid_from", None)),
    Planted("property-missing", 54, setting("actor", None)),
    Planted("property-value", 56, setting("status", "conquered")),
    Planted("property-value", 58, setting("source_url", "javascript:alert(1)"), "drop-property"),
    Planted("property-unknown", 60, setting("population", 12), "drop-property"),
    Planted("actor-unknown", 62, setting("actor", "SAA"), "use:gov"),
    Planted("actor-unknown", 64, setting("actor", "isiss"), "use:isis"),
    Planted("actor-holds-nothing", 66, setting("actor", "russia")),
    Planted("holder-inconsistent", 68, setting("parties", ["gov", "sdf"])),
    Planted("day-impossible", 70, setting("valid_from", "2017-02-30")),
    Planted("day-impossible", 72, setting("valid_from", "21.09.2017"), "use:2017-09-21"),
    Planted("day-with-time", 74, setting("valid_from", "2017-09-21T23:00:00-05:00"), "use:2017-09-21"),
    Planted("days-reversed", 76, lambda f: f["properties"].update(valid_from="2017-09-21", valid_to="2017-06-01"),
            "swap-days"),
    Planted("days-equal", 78, setting("valid_to", "2017-05-06")),
    Planted("day-outside", 80, setting("valid_from", "2016-05-06")),
    Planted("text-controls", 82, setting("name", "Cell \u202e82"), "drop-controls"),
    Planted("ground-held-twice", 84, ring(wider_to_the_west), "give-way:84"),
    Planted("feature-twice", 99, lambda f: f.update(copy.deepcopy(good_file()["features"][98]), id="cell-99")),
    Planted("beyond-extent", 90, ring(lambda points: [points[0], points[1], points[2], [39.0, 35.95], points[0]])),
)  # fmt: skip


def planted_file(planted: tuple[Planted, ...] = PLANTED) -> Raw:
    """Return the good file with faults in it."""
    collection = good_file()
    for each in planted:
        each.plant(collection["features"][each.cell])
    return collection
