"""The data of an edition as the page reads it: each block once, and small."""

import re
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import shapely

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.measure import holders_of
from mapapp.domain.topology import encode
from mapapp.render.look import Look
from mapapp.resources.formats import formats_of
from mapapp.resources.messages import Messages

BASE_GRID = 5e-4
BASE_TOLERANCE = 1e-3
MARGIN_DEGREES = 9.0
PLANE_GRID = 1e-4


def config_block(edition: Edition, looks: dict[str, Look], messages: Messages, map_name: str) -> dict[str, Any]:
    """Return texts, dataset, actors, holders and colours: those of each look by its palette's name."""
    look = next(iter(looks.values()))
    dataset = edition.dataset
    return {
        "map": map_name,
        "lang": messages.spoken.tag,
        "rules": formats_of(messages.language).rules(),
        "texts": {key.replace(".", "_"): text for key, text in messages.under("page").items()},
        "fonts": '"Mapapp Sans", "Mapapp Arabic", "Noto Sans", sans-serif',
        "dataset": {
            "name": dataset.name,
            "title": dataset.titled(messages.language),
            "version": edition.version,
            "first_day": dataset.first_day,
            "last_day": dataset.last_day,
            "extent": dataset.extent,
            "centre": dataset.centre,
            "zoom": dataset.zoom,
            "credit": dataset.credited(messages.language),
            "licence": dataset.licence,
        },
        "actors": {
            actor.key: {"name": actor.named(messages.language), "line": look.lines[actor.key]}
            for actor in dataset.actors
        },
        "holders": [_holder(edition, look, holder, messages) for holder in look.holders],
        "kinds": sorted({str(kind) for kind in edition.layers["position"]["kind"]}),
        "changeDays": edition.change_days,
        "look": {
            "ground": look.ground,
            "glyphs": look.glyphs,
            "stripe_period": look.stripe_period,
        },
        "palettes": {name: _palette(other) for name, other in looks.items()},
    }


def _palette(look: Look) -> dict[str, Any]:
    return {
        "ground": look.ground,
        "lines": look.lines,
        "holders": [style.colours for style in look.holders.values()],
    }


def _holder(edition: Edition, look: Look, holder: Holder, messages: Messages) -> dict[str, Any]:
    style = look.style(holder)
    return {
        "key": holder.key,
        "name": holder_name(edition, holder, messages),
        "members": holder.members,
        "colours": style.colours,
        "lean": style.lean,
    }


def holder_name(edition: Edition, holder: Holder, messages: Messages) -> str:
    """Return who holds an area, in words: one actor, or `Contested: one, other`."""
    names = [edition.dataset.actor(key).named(messages.language) for key in holder.members]
    return (
        names[0]
        if holder.status == "control"
        else messages(f"page.{holder.status}", names=messages("page.and").join(names))
    )


def topology_block(edition: Edition, look: Look) -> dict[str, Any]:
    """Return the time topology: control, estimates, zones, and the two sides of the river."""
    layers = edition.layers
    control = layers["control"][["valid_from", "valid_to", "geometry"]].assign(holder=holder_numbers(edition, look))
    boundary = layers["boundary"]
    sides = boundary[boundary["kind"] == "side"]
    zone = layers["zone"]
    columns = ["id", "name", "zone", "stage", "valid_from", "valid_to", "note", "source", "source_url", "geometry"]
    return encode(
        {
            "control": control,
            "estimate": layers["estimate"][["valid_from", "valid_to", "geometry"]],
            "zone": zone[columns].assign(short=[_short(str(name)) for name in zone["name"]]),
            "side": sides[["geometry"]].assign(side=sides["name"]),
        }
    )


def _short(name: str) -> str:
    """Return a zone's name up to the first `and` (in any of our languages) or colon, for a label."""
    return re.split(" and | и | و|:", name, maxsplit=1)[0]


def holder_numbers(edition: Edition, look: Look) -> list[int]:
    """Return for each feature of control the number of its holder in the order of the look."""
    numbers = {holder: number for number, holder in enumerate(look.holders)}
    return [numbers[holder] for holder in holders_of(edition.layers["control"])]


def base_block(edition: Edition) -> dict[str, Any]:
    """Return the base map on a coarse grid: country, governorates, neighbours near the extent, lakes, rivers."""
    boundary, river = edition.layers["boundary"], edition.layers["river"]
    of = {kind: boundary.loc[boundary["kind"] == kind, ["geometry"]] for kind in ("country", "governorate", "lake")}
    near = _near(edition)
    main = river["name"] == _split_river(edition)
    return encode(
        {
            **of,
            "neighbour": near[["geometry"]],
            "coast": gpd.GeoDataFrame(geometry=[_coast(near)], crs=near.crs),
            "river": river[["geometry"]]
            .simplify(BASE_TOLERANCE / 2)
            .to_frame("geometry")
            .assign(main=main, name=river["name"]),
        },
        BASE_GRID,
    )


def _split_river(edition: Edition) -> str:
    """Return the name of the river that runs longest, along which the country is split; empty without rivers."""
    river = edition.layers["river"]
    return "" if river.empty else str(river["name"].iloc[int(shapely.length(river.geometry.to_numpy()).argmax())])


def _near(edition: Edition) -> gpd.GeoDataFrame:
    """Return the neighbours cut to the surroundings of the extent."""
    boundary = edition.layers["boundary"]
    west, south, east, north = edition.dataset.extent
    box = (west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES)
    near = boundary[boundary["kind"] == "neighbour"]
    if near.empty:
        return near
    near = near.clip(box)
    return near.assign(geometry=near.geometry.simplify_coverage(BASE_TOLERANCE)).sort_index()


def _coast(near: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return coasts and borders without the edges at which the neighbours were cut off."""
    if near.empty:
        return shapely.MultiLineString()
    west, south, east, north = near.total_bounds
    inner = (west + BASE_TOLERANCE, south + BASE_TOLERANCE, east - BASE_TOLERANCE, north - BASE_TOLERANCE)
    return shapely.line_merge(shapely.clip_by_rect(shapely.union_all(near.boundary.to_numpy()), *inner))


def marks_block(edition: Edition, look: Look, messages: Messages) -> dict[str, Any]:
    """Return positions, events and the names of the neighbours, with the point where each stands."""
    near, known = _near(edition), messages.under("country")
    spots = shapely.point_on_surface(shapely.clip_by_rect(near.geometry.to_numpy(), *_wider(edition)))
    return {
        "positions": [_position(row) for row in _ranked(_rows(edition.layers["position"]), look.position_rank)],
        "events": [_event(row) for row in sorted(_rows(edition.layers["event"]), key=lambda row: not row["major"])],
        "neighbours": [
            {"label": known.get(str(name), str(name)).upper(), "x": round(spot.x, 3), "y": round(spot.y, 3)}
            for name, spot in zip(near["name"], spots, strict=True)
            if not shapely.is_empty(spot) and " " not in str(name).strip()
        ],
    }


def _wider(edition: Edition) -> tuple[float, float, float, float]:
    west, south, east, north = edition.dataset.extent
    return west - 1.5, south - 1.0, east + 1.5, north + 1.0


def _rows(layer: gpd.GeoDataFrame) -> Iterable[dict[str, Any]]:
    for row in layer.to_dict("records"):
        point = row.pop("geometry")
        yield {**row, "x": round(point.x, 4), "y": round(point.y, 4)}


def _ranked(rows: Iterable[dict[str, Any]], rank: tuple[str, ...]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: rank.index(row["kind"]) if row["kind"] in rank else len(rank))


def _position(row: dict[str, Any]) -> dict[str, Any]:
    keys = ("x", "y", "name", "actor", "kind", "unit", "valid_from", "valid_to", "confidence", "source", "note")
    return {**{key: row[key] for key in keys}, "local": row.get("name_other"), "url": row["source_url"]}


def _event(row: dict[str, Any]) -> dict[str, Any]:
    keys = ("x", "y", "day", "title", "kind", "major", "plotted", "source", "note")
    return {**{key: row[key] for key in keys}, "actors": [str(key) for key in row["actors"]], "url": row["source_url"]}


def stats_block(edition: Edition, look: Look) -> dict[str, Any]:
    """Return km² per holder (in the look's order) for the first day and each change day, per bank too.

    `estimated` is how many of the km² rest on estimates.
    """
    stats, order = edition.stats, list(look.holders)
    return {
        "days": stats.days,
        "km2": [_column(stats.areas_on(day), order) for day in stats.days],
        "estimated": [_column(edition.estimated_by_holder(day), order) for day in stats.days],
        "banks": {
            bank: [_column(stats.banks_on(day).get(bank, {}), order) for day in stats.days]
            for bank in sorted(stats.banks_on(edition.dataset.first_day))
        },
        "changed": {day: round(km2, 1) for day, km2 in stats.changed_km2.items()},
        "country_km2": round(stats.country_km2, 1),
    }


def _column(areas: dict[Holder, float], order: list[Holder]) -> list[int]:
    return [round(areas.get(holder, 0.0)) for holder in order]
