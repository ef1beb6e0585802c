"""The charts of an edition as Vega-Lite, with their rows: what is drawn does not depend on the day on show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.periods import each_day, shift_day
from mapapp.services.series import Row, areas_of, series
from mapapp.services.show import COUNTRY
from mapapp.services.words import bank_name, day_in_words, kilometres, percent, square_km
from mapapp.ui.chart_words import month_label, number_label
from mapapp.ui.teller import Teller

SELECTION = "at"
NOTABLE = 0.005
"""Holders that never reach this share of an area are drawn together."""

HEIGHT, HEIGHT_OF_SHARES = 190, 260
"""Pixels, axis included."""

STRIPES = 60
"""Pairs of stripes across a chart, where ground is contested or shared."""

OTHER_PAINT = "#B9B4AC"
Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """One chart: a specification that stays, its rows by name, and the colours of its key."""

    key: str
    title: str
    spec: Spec
    rows: dict[str, pd.DataFrame]
    key_rows: tuple[dict[str, str], ...] = ()

    def told(self, day: str) -> str:
        """Return in words what the chart shows on a day; empty where it shows nothing."""
        days = self.rows["days"]
        return "".join(days.loc[days["day"] == day, "told"].head(1))


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
    """Draw who has how much of an area; bands go by number, for names are data and two may be the same."""
    drawn = [holder for holder in teller.look.holders if max(_of(rows, holder), default=0.0) >= NOTABLE]
    numbers = {holder: number for number, holder in enumerate(drawn)}
    dataset, others = teller.edition.dataset, len(drawn)
    shares = {day: [0.0] * (others + 1) for day in each_day(dataset.first_day, dataset.last_day)}
    for row in rows:
        shares[row.day][numbers.get(row.holder, others)] += row.share
    table = [band for day in _steps(teller.edition) for band in _stacked(day, shares[min(day, dataset.last_day)])]
    marks = [_area(number, _fill(teller, holder)) for holder, number in numbers.items()]
    names = [*(teller.short(holder) for holder in drawn), teller.words("charts.other")]
    paints = [*(teller.paint(holder) for holder in drawn), OTHER_PAINT]
    chart = _chart(
        teller,
        f"share-{area}",
        teller.words("charts.share", area=area_title(teller, area)),
        {"layer": [*marks, _area(others, OTHER_PAINT)], "encoding": _share_axes(teller)},
        pd.DataFrame(table, columns=["t", "band", "low", "value"]),
        {day: _told(teller, list(zip(names, held, strict=True))) for day, held in shares.items()},
    )
    chart.spec["height"] = HEIGHT_OF_SHARES
    key = tuple({"name": name, "paint": paint} for name, paint in zip(names, paints, strict=True))
    return replace(chart, key_rows=key)


def _stacked(day: str, held: list[float]) -> list[tuple[float, int, float, float]]:
    """Return for each band where it begins and ends on a day, in percent."""
    rows, low = [], 0.0
    for band, share in enumerate(held):
        rows.append((milliseconds(day), band, low, low + 100 * share))
        low += 100 * share
    return rows


def _fill(teller: Teller, holder: Holder) -> str | Spec:
    """Return the colour of a holder, or stripes of all its colours: upright, for a chart has room for no others."""
    colours = teller.look.style(holder).colours
    if len(colours) == 1:
        return colours[0]
    turns = STRIPES * len(colours)
    bands = [(turn, colours[turn % len(colours)]) for turn in range(turns)]
    stops = [{"offset": (turn + end) / turns, "color": colour} for turn, colour in bands for end in (0.0, 1.0)]
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 0, "stops": stops}


def _area(band: int, fill: str | Spec) -> Spec:
    """Return what draws one band."""
    return {
        "transform": [{"filter": {"field": "band", "equal": band}}],
        "mark": {"type": "area", "interpolate": "step-after", "color": fill, "stroke": "#00000055", "strokeWidth": 0.5},
    }


def _share_axes(teller: Teller) -> Spec:
    return {"y": _y(teller, "low") | {"scale": {"domain": [0, 100]}}, "y2": {"field": "value"}}


def _of(rows: list[Row], holder: Any) -> Iterable[float]:
    return (row.share for row in rows if row.holder == holder)


def _told(teller: Teller, held: list[tuple[str, float]]) -> str:
    items = [
        teller.words(
            "charts.item", name=name, value=teller.words("charts.percent", percent=percent(share, teller.words))
        )
        for name, share in sorted(held, key=lambda pair: -pair[1])
        if share >= NOTABLE
    ]
    return teller.words("charts.comma").join(items)


def _steps(edition: Edition) -> list[str]:
    """Return the days from which the map differs, and the day after the last, where the last step ends."""
    return [edition.dataset.first_day, *edition.change_days, shift_day(edition.dataset.last_day, 1)]


def _changed(teller: Teller) -> Chart:
    changed = teller.edition.stats.changed_km2
    table = [(milliseconds(day), milliseconds(shift_day(day, 1)), km2) for day, km2 in changed.items()]
    mark = {
        "mark": {"type": "bar", "color": "#8C5A3C"},
        "encoding": {"x2": {"field": "end"}, "y": _y(teller, "value"), "y2": {"datum": 0}},
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
        "encoding": {"y": _y(teller, "value")},
    }
    words = teller.words
    told = {day: words("charts.km", km=kilometres(km, words)) for day, km in near.items()}
    frame = pd.DataFrame([(milliseconds(day), km) for day, km in steps], columns=["t", "value"])
    return _chart(teller, "distance", words("charts.distance"), mark, frame, told)


def _days(teller: Teller) -> Iterable[str]:
    return each_day(teller.edition.dataset.first_day, teller.edition.dataset.last_day)


def _y(teller: Teller, field: str) -> Spec:
    orient = "right" if _turned(teller) else "left"
    axis = {"tickCount": 4, "orient": orient, "labelExpr": number_label(teller.words.spoken.locale)}
    return {"field": field, "type": "quantitative", "title": None, "axis": axis}


def _chart(teller: Teller, key: str, title: str, mark: Spec, frame: pd.DataFrame, told: dict[str, str]) -> Chart:
    """Put a mark between the day on show and what is clicked: one unseen bar for each day."""
    days = [(day, milliseconds(day), milliseconds(shift_day(day, 1)), _in_words(teller, day)) for day in told]
    clicked = pd.DataFrame(days, columns=["day", "t", "end", "label"]).assign(told=list(told.values()))
    layers = [{"data": {"name": "rows"}, **mark}, *_now(), _clicks(teller), _events(teller)]
    spec = {
        "layer": layers,
        "encoding": {"x": _x(teller)},
        "height": HEIGHT,
        "config": {
            "mark": {"aria": False},
            "axis": {"aria": False},
        },  # the words beside the chart and the table say it better than a thousand marks
    }
    return Chart(key, title, spec, {"rows": frame, "days": clicked, "events": _event_rows(teller)})


def _in_words(teller: Teller, day: str) -> str:
    return day_in_words(day, teller.words)


def _x(teller: Teller) -> Spec:
    scale = {"type": "utc", "nice": False, "reverse": _turned(teller)}  # the rows reach from the first day to the last
    return {
        "field": "t",
        "type": "temporal",
        "title": None,
        "scale": scale,
        "axis": {"labelExpr": month_label(teller.words.spoken.locale), "tickCount": "month"},
    }


def _turned(teller: Teller) -> bool:
    """Tell whether time runs from right to left, as on the time bar of the map."""
    return teller.words.spoken.direction == "rtl"


def _now() -> list[Spec]:
    """Return the line of the day on show, in a casing that sets it off from every fill."""
    strokes = (("#FFFFFF", 5), ("#1D1A17", 2.5))
    return [
        {"data": {"name": "now"}, "mark": {"type": "rule", "color": colour, "strokeWidth": width}}
        for colour, width in strokes
    ]


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
    events = teller.edition.speaking(teller.words.language).layers["event"]
    major = events[events["major"].astype(bool)]
    rows = [
        (milliseconds(day), _in_words(teller, day), title)
        for day, title in zip(major["day"], major["title"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["t", "label", "event"])
