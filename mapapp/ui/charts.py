"""The charts below the map, built only once a reader opens them: a click on a day moves the map."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from mapapp.resources.pages import fill
from mapapp.services.memory import Memory
from mapapp.services.series import SPANS, Row, areas_of, rows_on, series_csv, series_name
from mapapp.services.words import day_in_words, percent, square_km
from mapapp.ui.chart_specs import SELECTION, Chart, area_title, charts_of, milliseconds
from mapapp.ui.figures import LISTED_SHARE
from mapapp.ui.state import Visit
from mapapp.ui.teller import Teller

OPEN = "charts-open"
_charts: Memory[list[Chart]] = Memory(entries=4)


def show_charts(visit: Visit) -> None:
    """Offer the charts and tables of the day; closed, they cost nothing."""
    box = st.expander(visit.words("charts.open"), key=OPEN, on_change="rerun")
    if not box.open:
        return
    with box:
        _show_charts(visit)
        st.html(changes(Teller(visit.edition, visit.words, visit.palette), visit.day))
        _offer_csv(visit)


def _show_charts(visit: Visit) -> None:
    teller = Teller(visit.edition, visit.words, visit.palette)
    key = visit.edition.dataset, visit.edition.version, visit.words.language, visit.palette
    country, *others = _charts.get(key, lambda: charts_of(teller))
    st.html(fill("note", note=visit.words("charts.note")))
    _show_chart(visit, country)
    for pair in (others[start : start + 2] for start in range(0, len(others), 2)):
        for column, chart in zip(st.columns(2), pair, strict=False):
            with column:
                _show_chart(visit, chart)


def _show_chart(visit: Visit, chart: Chart) -> None:
    """Draw a chart; only the line of the day on show differs from day to day."""
    st.html(fill("chart_title", title=chart.title))
    if chart.key_rows:
        st.html(fill("chart_key", rows=chart.key_rows, label=visit.words("charts.key")))
    now = pd.DataFrame({"t": [milliseconds(visit.day)]})
    key = _key(visit, chart)
    st.vega_lite_chart(
        spec={**chart.spec, "datasets": {**chart.rows, "now": now}},
        key=key,
        on_select=lambda: _follow_click(visit, key),
        selection_mode=SELECTION,
        alt=visit.words("charts.alt", title=chart.title),
    )
    st.html(fill("chart_told", day=day_in_words(visit.day, visit.words), told=chart.told(visit.day)))


def _key(visit: Visit, chart: Chart) -> str:
    """Return the chart's key: a new one once the map left the day clicked there, so that it can be clicked again."""
    turns = st.session_state.setdefault("chart-turns", {})
    name = f"chart-{chart.key}-{visit.edition.version}"
    key = f"{name}-{turns.get(name, 0)}"
    if clicked_day(st.session_state.get(key)) not in {None, visit.day}:
        turns[name] = turns.get(name, 0) + 1
    return f"{name}-{turns.get(name, 0)}"


def _follow_click(visit: Visit, key: str) -> None:
    day = clicked_day(st.session_state.get(key))
    if day is not None and visit.edition.dataset.first_day <= day <= visit.edition.dataset.last_day:
        visit.go(day)


def clicked_day(state: Any) -> str | None:
    """Return the day chosen in a chart's state, None when none is."""
    chosen = ((state or {}).get("selection") or {}).get(SELECTION) or []
    first = chosen[0] if isinstance(chosen, list) and chosen else None
    day = first.get("day") if isinstance(first, Mapping) else None
    return day if isinstance(day, str) else None


def changes(teller: Teller, day: str) -> str:
    """Return the tables of who gained and lost since the day before, a week and 30 days, as HTML."""
    rows, words = rows_on(teller.edition, day), teller.words
    tables = [
        {
            "caption": words("charts.table", area=area_title(teller, area), date=day_in_words(day, words)),
            "rows": [_cells(teller, row) for row in rows if row.area == area and _is_listed(row)],
        }
        for area in areas_of(teller.edition)
    ]
    return fill("changes", tables=tables, spans=SPANS, t=words)


def _is_listed(row: Row) -> bool:
    return row.share >= LISTED_SHARE or any(abs(gained or 0.0) >= 0.5 for gained in row.gained)


def _cells(teller: Teller, row: Row) -> dict[str, Any]:
    words = teller.words
    return {
        "name": teller.short(row.holder),
        "paint": teller.paint(row.holder),
        "km2": square_km(row.km2, words),
        "percent": words("charts.percent", percent=percent(row.share, words)),
        "changes": [None if gained is None else _signed(teller, gained) for gained in row.gained],
    }


def _signed(teller: Teller, km2: float) -> str:
    if round(km2) == 0:
        return teller.words("charts.unchanged")
    return teller.words("charts.gained" if km2 > 0 else "charts.lost", km2=square_km(abs(km2), teller.words))


def _offer_csv(visit: Visit) -> None:
    edition, words = visit.edition, visit.words
    first, last = edition.dataset.first_day, edition.dataset.last_day
    st.download_button(
        words("charts.csv"),
        data=partial(_csv, visit),
        file_name=series_name(edition, first, last),
        mime="text/csv",
        on_click="ignore",
    )


def _csv(visit: Visit) -> bytes:
    dataset = visit.edition.dataset
    return series_csv(visit.edition, dataset.first_day, dataset.last_day, visit.words).plain
