"""The figures of every day in rows, as charts, tables and spreadsheets want them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.domain.periods import each_day, shift_day
from mapapp.resources.messages import Messages
from mapapp.services.deliver import Body
from mapapp.services.memory import Memory
from mapapp.services.show import COUNTRY
from mapapp.services.words import bank_name, holder_name

SPANS = (1, 7, 30)
"""Days back for which the change is told."""

COLUMNS = (
    *("day", "area", "area_name", "holder", "holder_name", "share_percent", "km2"),
    *(f"km2_change_{days}_days" for days in SPANS),
    *("day_km2_changed_hands", "day_camps_km"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, or skips to look for one."""

Held = Mapping[Holder, float]
Cell = str | float | None


@dataclass(frozen=True)
class Row:
    """What one holder had of an area on a day: km², share of the area (0-1), km² gained since earlier days.

    `gained` follows SPANS; None where the earlier day lies before the dataset.
    """

    day: str
    area: str
    holder: Holder
    km2: float
    share: float
    gained: tuple[float | None, ...]


_rows: Memory[tuple[Row, ...]] = Memory(entries=4)
_files: Memory[Body] = Memory(entries=16)


def areas_of(edition: Edition) -> list[str]:
    """Return the areas with figures of their own: `country`, then the banks."""
    return [COUNTRY, *edition.stats.banks_on(edition.dataset.first_day)]


def series(edition: Edition) -> tuple[Row, ...]:
    """Return the rows of every day, area and holder, in this order, the largest first; computed once per edition."""
    return _rows.get((edition.dataset, edition.version), lambda: tuple(_all_rows(edition)))


def rows_on(edition: Edition, day: str) -> list[Row]:
    """Return the rows of a checked day; whoever lost all in the last 30 days is still told, with 0 km²."""
    return [row for area in areas_of(edition) for row in _rows_on(edition, day, area)]


def _all_rows(edition: Edition) -> Iterator[Row]:
    for day in each_day(edition.dataset.first_day, edition.dataset.last_day):
        yield from rows_on(edition, day)


def _rows_on(edition: Edition, day: str, area: str) -> Iterator[Row]:
    now, earlier = _held(edition, day, area), _earlier(edition, day, area)
    whole = sum(now.values()) or 1.0
    gone = {holder for held in earlier for holder in held or () if holder not in now}
    for holder in [*now, *sorted(gone, key=lambda one: one.key)]:
        km2 = now.get(holder, 0.0)
        gained = tuple(None if held is None else km2 - held.get(holder, 0.0) for held in earlier)
        yield Row(day, area, holder, km2, km2 / whole, gained)


def _earlier(edition: Edition, day: str, area: str) -> list[Held | None]:
    """Return what was held before each of SPANS, None before the dataset begins."""
    days = [shift_day(day, -span) for span in SPANS]
    return [_held(edition, then, area) if then >= edition.dataset.first_day else None for then in days]


def _held(edition: Edition, day: str, area: str) -> Held:
    stats = edition.stats
    return stats.areas_on(day) if area == COUNTRY else stats.banks_on(day).get(area, {})


def series_csv(edition: Edition, first: str, last: str, words: Messages) -> Body:
    """Return the rows from `first` to `last`, both included, as a spreadsheet reads them: CSV, UTF-8 with a mark.

    Raises BadOption when `first` is after `last`.
    """
    if first > last:
        raise BadOption(
            "to", value=last, option="to", expected=Phrase("not_before", "it must not be before {first}", first=first)
        )
    key = edition.dataset, edition.version, words.language, first, last
    return _files.get(key, lambda: Body(_write(edition, first, last, words).encode("utf-8-sig")))


def series_name(edition: Edition, first: str, last: str) -> str:
    """Return the name of the file: ASCII whatever the dataset is called."""
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in edition.dataset.name
    )
    return f"{plain}_{first}_{last}_{edition.version}.csv"


def _write(edition: Edition, first: str, last: str, words: Messages) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    names = {area: _area_name(edition, area, words) for area in areas_of(edition)}
    told = (row for row in series(edition) if first <= row.day <= last)
    writer.writerows(map(safe, _cells(edition, row, names[row.area], words)) for row in told)
    return text.getvalue()


def _area_name(edition: Edition, area: str, words: Messages) -> str:
    return words("charts.area.country") if area == COUNTRY else bank_name(edition, area, words)


def _cells(edition: Edition, row: Row, area_name: str, words: Messages) -> Iterable[Cell]:
    pair = edition.closest_on(row.day)
    return (
        *(row.day, row.area, area_name, row.holder.key, holder_name(edition.dataset, row.holder, words)),
        *(round(100 * row.share, 3), round(row.km2, 2)),
        *(None if gained is None else _round(gained) for gained in row.gained),
        *(round(edition.stats.changed_km2.get(row.day, 0.0), 2), None if pair is None else round(pair.km, 2)),
    )


def _round(km2: float) -> float:
    return round(km2, 2) + 0.0  # no -0.0


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: such a text gets an apostrophe, a number stays one.

    >>> safe("=1+1"), safe("Deir ez-Zor"), safe(-1.5)
    ("'=1+1", 'Deir ez-Zor', -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
