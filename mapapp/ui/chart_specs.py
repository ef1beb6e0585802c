"""The charts of an edition as Vega-Lite, with their rows: what is drawn does not depend on the day on show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from mapapp.domain.edition import Edition
from mapapp.domain.periods import each_day, shift_day
from mapapp.services.series import Row, areas_of, series
from mapapp.services.show import COUNTRY
from mapapp.services.words import bank_name, day_in_words, kilometres, percent, square_km
from mapapp.ui.teller import Teller

SELECTION = "at"
NOTABLE = 0.005
"""Holders that never reach this share of an area are drawn together."""

HEIGHT, HEIGHT_WITH_LEGEND = 190, 390
"""Pixels, axis and legend included."""

OTHER_PAINT = "#B9B4AC"
Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """One chart: a specification that stays, and its rows by name."""

    key: str
    title: str
    spec: Spec
    rows: dict[str, pd.DataFrame]


def milliseconds(day: str) -> float:
    """Return the beginning of a day as Vega counts time: milliseconds in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000


def charts_of(teller: Teller) -> list[Chart]:
    """Return the charts of an edition: shares of the country and of each bank, ground that changed hands, distance."""
    rows = series(teller.edition)
    shares = [_shares(teller, area, [row for row in rows if row.area == area]) for area in areas_of(teller.edition)]
    return [*shares, _changed(teller), *([_distance(teller)] if teller.edition.dataset.camps else [])]


def area_title(teller: Teller, area: str) -> str:
    """Return the name of the country or of a bank, in words."""
    return teller.words("charts.area.country") if area == COUNTRY else bank_name(teller.edition, area, teller.words)


def _shares(teller: Teller, area: str, rows: list[Row]) -> Chart:
    drawn = [holder for holder in teller.look.holders if max(_of(rows, holder), default=0.0) >= NOTABLE]
    names = {holder: teller.short(holder) for holder in drawn}
    table, told = [], {}
    for day in each_day(teller.edition.dataset.first_day, teller.edition.dataset.last_day):
        told[day] = dict.fromkeys((*names.values(), teller.words("charts.other")), 0.0)
    for row in rows:
        told[row.day][names.get(row.holder, teller.words("charts.other"))] += row.share
    for day in _steps(teller.edition):
        held = told[min(day, teller.edition.dataset.last_day)]
        table += [(milliseconds(day), name, 100 * share, rank) for rank, (name, share) in enumerate(held.items())]
    colours = [*(teller.look.style(holder).colours[0] for holder in drawn), OTHER_PAINT]
    mark = _share_layer([*names.values(), teller.words("charts.other")], colours)
    frame = pd.DataFrame(table, columns=["t", "name", "value", "rank"])
    title = teller.words("charts.share", area=area_title(teller, area))
    days = {day: _told(teller, held) for day, held in told.items()}
    return _chart(teller, f"share-{area}", title, mark, frame, days)


def _of(rows: list[Row], holder: Any) -> Iterable[float]:
    return (row.share for row in rows if row.holder == holder)


def _told(teller: Teller, held: dict[str, float]) -> str:
    items = [
        teller.words(
            "charts.item", name=name, value=teller.words("charts.percent", percent=percent(share, teller.words))
        )
        for name, share in sorted(held.items(), key=lambda pair: -pair[1])
        if share >= NOTABLE
    ]
    return teller.words("charts.comma").join(items)


def _steps(edition: Edition) -> list[str]:
    """Return the days from which the map differs, and the day after the last, where the last step ends."""
    return [edition.dataset.first_day, *edition.change_days, shift_day(edition.dataset.last_day, 1)]


def _share_layer(names: list[str], colours: list[str]) -> Spec:
    colour = {"field": "name", "type": "nominal", "title": None, "scale": {"domain": names, "range": colours}}
    legend = {"orient": "bottom", "columns": 2, "labelLimit": 150, "symbolType": "square"}
    return {
        "mark": {"type": "area", "interpolate": "step-after", "stroke": "#00000055", "strokeWidth": 0.5},
        "encoding": {
            "y": _y("value") | {"stack": "zero", "scale": {"domain": [0, 100]}},
            "color": colour | {"legend": legend},
            "order": {"field": "rank", "type": "quantitative"},
        },
    }


def _changed(teller: Teller) -> Chart:
    changed = teller.edition.stats.changed_km2
    table = [(milliseconds(day), milliseconds(shift_day(day, 1)), km2) for day, km2 in changed.items()]
    mark = {
        "mark": {"type": "bar", "color": "#8C5A3C"},
        "encoding": {"x2": {"field": "end"}, "y": _y("value"), "y2": {"datum": 0}},
    }
    words = teller.words
    told = {day: words("charts.km2", km2=square_km(changed.get(day, 0.0), words)) for day in _days(teller)}
    frame = pd.DataFrame(table, columns=["t", "end", "value"])
    return _chart(teller, "changed", words("charts.changed"), mark, frame, told)


def _distance(teller: Teller) -> Chart:
    pairs = {day: teller.edition.closest_on(day) for day in _days(teller)}
    near = {day: pair.km for day, pair in pairs.items() if pair}
    steps = [*near.items(), (shift_day(teller.edition.dataset.last_day, 1), near[teller.edition.dataset.last_day])]
    mark = {
        "mark": {"type": "line", "interpolate": "step-after", "color": "#4E7FA8", "strokeWidth": 2},
        "encoding": {"y": _y("value")},
    }
    words = teller.words
    told = {day: words("charts.km", km=kilometres(km, words)) for day, km in near.items()}
    frame = pd.DataFrame([(milliseconds(day), km) for day, km in steps], columns=["t", "value"])
    return _chart(teller, "distance", words("charts.distance"), mark, frame, told)


def _days(teller: Teller) -> Iterable[str]:
    return each_day(teller.edition.dataset.first_day, teller.edition.dataset.last_day)


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "axis": {"tickCount": 4}}


def _chart(teller: Teller, key: str, title: str, mark: Spec, frame: pd.DataFrame, told: dict[str, str]) -> Chart:
    """Put a mark between the day on show and what is clicked: one unseen bar for each day."""
    days = [(day, milliseconds(day), milliseconds(shift_day(day, 1)), _in_words(teller, day)) for day in told]
    clicked = pd.DataFrame(days, columns=["day", "t", "end", "label"]).assign(told=list(told.values()))
    layers = [{"data": {"name": "rows"}, **mark}, _now(), _clicks(teller), _events(teller)]
    spec = {
        "layer": layers,
        "encoding": {"x": _x()},
        "height": HEIGHT_WITH_LEGEND if "color" in mark["encoding"] else HEIGHT,
    }
    return Chart(key, title, spec, {"rows": frame, "days": clicked, "events": _event_rows(teller)})


def _in_words(teller: Teller, day: str) -> str:
    return day_in_words(day, teller.words)


def _x() -> Spec:
    scale = {"type": "utc", "nice": False}  # the rows reach from the first day to the last
    return {
        "field": "t",
        "type": "temporal",
        "title": None,
        "scale": scale,
        "axis": {"format": "%b", "tickCount": "month"},
    }


def _now() -> Spec:
    return {"data": {"name": "now"}, "mark": {"type": "rule", "color": "#C0392B", "strokeWidth": 2}}


def _clicks(teller: Teller) -> Spec:
    fields = {"label": "charts.field.day", "told": "charts.field.told"}
    return {
        "data": {"name": "days"},
        "params": [{"name": SELECTION, "select": {"type": "point", "fields": ["day"], "on": "click"}}],
        "mark": {"type": "bar", "opacity": 0, "cursor": "pointer"},
        "encoding": {
            "x2": {"field": "end"},
            "y": {"value": "height"},
            "y2": {"value": 0},
            "tooltip": _tooltip(teller, fields),
        },
    }


def _events(teller: Teller) -> Spec:
    fields = {"label": "charts.field.day", "event": "charts.field.event"}
    return {
        "data": {"name": "events"},
        "mark": {
            "type": "point",
            "shape": "triangle-down",
            "filled": True,
            "size": 60,
            "color": "#B3447F",
            "opacity": 1,
        },
        "encoding": {"y": {"value": 0}, "tooltip": _tooltip(teller, fields)},
    }


def _tooltip(teller: Teller, fields: dict[str, str]) -> list[Spec]:
    return [{"field": field, "type": "nominal", "title": teller.words(key)} for field, key in fields.items()]


def _event_rows(teller: Teller) -> pd.DataFrame:
    events = teller.edition.layers["event"]
    major = events[events["major"].astype(bool)]
    rows = [
        (milliseconds(day), _in_words(teller, day), title)
        for day, title in zip(major["day"], major["title"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["t", "label", "event"])
