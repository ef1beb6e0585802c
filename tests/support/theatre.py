"""A small theatre whose every figure is known: two squares side by side, one changes hands on the third of ten days."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from mapapp.domain.actors import Actor
from mapapp.domain.edition import Dataset, Layers
from mapapp.domain.history import Content

RED = Actor("red", "Red", "أحمر", "Красные", "#EE8877", "#AA2211", may_hold=True)
BLUE = Actor("blue", "Blue", "أزرق", "Синие", "#7788EE", "#1122AA", may_hold=True)
DATASET = Dataset(
    name="two-squares",
    title="Two squares",
    first_day="2020-01-01",
    last_day="2020-01-10",
    default_day="2020-01-05",
    extent=(40.0, 35.0, 40.2, 35.1),
    centre=(40.1, 35.05),
    zoom=10,
    basis="derived",
    actors=(RED, BLUE),
    credit="made for tests",
    licence="CC0-1.0",
)
WEST, EAST = box(40.0, 35.0, 40.1, 35.1), box(40.1, 35.0, 40.2, 35.1)
CHANGES = b"place,date,before,after,source\neast-town,2020-01-03,blue,red,a test\n"


def theatre(name: str = "two-squares") -> Content:
    """Return the theatre; call it anew for a copy that may be changed."""
    return Content(replace(DATASET, name=name), layers(), {"sources/changes.csv": CHANGES})


def layers() -> Layers:
    """Return its layers, in the order in which they are read from files."""
    return {
        "bank": _bank(),
        "boundary": _boundary(),
        "control": _control(),
        "estimate": _estimate(),
        "event": _event(),
        "place": _place(),
        "position": _position(),
        "river": _river(),
        "zone": _zone(),
    }


def with_row(content: Content, layer: str, row: str, **values: object) -> Content:
    """Return the content with one feature changed."""
    frame = content.layers[layer].copy()
    at = frame.index[frame["id"] == row][0]
    for column, value in values.items():
        cells = frame[column].tolist()
        cells[at] = value
        frame[column] = (
            gpd.GeoSeries(cells, crs=4326) if column == "geometry" else pd.Series(cells, dtype=frame[column].dtype)
        )
    return replace(content, layers={**content.layers, layer: frame})


def _frame(rows: list[dict[str, object]], shapes: list[object]) -> gpd.GeoDataFrame:
    columns = {column: pd.Series([row[column] for row in rows], dtype=_dtype(rows, column)) for column in rows[0]}
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=gpd.GeoSeries(shapes, crs=4326), crs=4326)


def _dtype(rows: list[dict[str, object]], column: str) -> object:
    kinds = {type(row[column]) for row in rows}
    return {int: "int32", float: "float64", bool: "bool"}.get(kinds.pop(), object) if len(kinds) == 1 else object


def _common(name: str) -> dict[str, object]:
    named = {"id": name.lower().replace(" ", "-"), "name": name, "name_ar": None, "name_ru": None}
    return {**named, "source": "a test", "source_url": None, "note": None}


def _bank() -> gpd.GeoDataFrame:
    return _frame([_common("West") | {"bank": "west"}, _common("East") | {"bank": "east"}], [WEST, EAST])


def _boundary() -> gpd.GeoDataFrame:
    kinds = {"Both": ("country", box(40.0, 35.0, 40.2, 35.1)), "North": ("neighbour", box(39.5, 35.1, 40.7, 35.6))}
    rows = [_common(name) | {"kind": kind} for name, (kind, _shape) in kinds.items()]
    return _frame(rows, [shape for _kind, shape in kinds.values()])


def _control() -> gpd.GeoDataFrame:
    periods = [
        ("red", "2020-01-01", None, WEST),
        ("blue", "2020-01-01", "2020-01-03", EAST),
        ("red", "2020-01-03", None, EAST),
    ]
    rows, shapes = [], []
    for at, (actor, start, end, shape) in enumerate(periods):
        held = {"status": "control", "actor": actor, "parties": (), "valid_from": start, "valid_to": end}
        rests = {"places": 1, "evidence_from": "2020-01-01", "evidence_to": "2020-01-03", "share_estimated": 0.25}
        rows.append(_common(f"{actor} {at}") | held | rests)
        shapes.append(shape)
    return _frame(rows, shapes)


def _place() -> gpd.GeoDataFrame:
    def period(start: str, end: str | None, actor: str) -> dict[str, object]:
        held = {"from": start, "to": end, "actor": actor, "status": "control", "parties": []}
        return held | {"source": "a test", "confidence": "confirmed", "last_evidence": "2020-01-03"}

    own = {"kind": "settlement", "size": 12, "side": "left"}
    west = own | {"periods": [period("2020-01-01", None, "red")], "variants": ("Westtown", "غرب")}
    changed = [period("2020-01-01", "2020-01-03", "blue"), period("2020-01-03", None, "red")]
    east = own | {"periods": changed, "variants": ()}
    rows = [_common("West town") | west, _common("East town") | east]
    return _frame(rows, [Point(40.05, 35.05), Point(40.15, 35.05)])


def _position() -> gpd.GeoDataFrame:
    own = {"actor": "red", "kind": "base", "unit": None, "radius_km": 1.5, "valid_from": "2020-01-01", "valid_to": None}
    rows = [_common("Base") | own | {"confidence": "confirmed"}]
    rows.append(_common("Post") | own | {"radius_km": float("nan"), "confidence": "estimated"})
    return _frame(rows, [Point(40.02, 35.02), Point(40.12, 35.02)])


def _estimate() -> gpd.GeoDataFrame:
    own = {"valid_from": "2020-01-01", "valid_to": None, "places": 1}
    return _frame([_common("Estimated") | own], [box(40.0, 35.0, 40.02, 35.1)])


def _event() -> gpd.GeoDataFrame:
    own = {"day": "2020-01-03", "title": "East town changes hands", "actors": ("blue", "red"), "kind": "capture"}
    return _frame([_common("Capture") | own | {"major": True, "plotted": True}], [Point(40.15, 35.05)])


def _river() -> gpd.GeoDataFrame:
    return _frame([_common("River") | {"kind": "river"}], [LineString([(40.1, 35.1), (40.1, 35.0)])])


def _zone() -> gpd.GeoDataFrame:
    own = {"zone": "quiet", "stage": "named", "valid_from": "2020-01-02", "valid_to": None}
    return _frame([_common("Quiet zone") | own], [box(40.0, 35.0, 40.05, 35.05)])
