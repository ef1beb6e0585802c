"""CSV read by our own rules: places with coordinates, or changes of hands (place, date, before, after, source)."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from mapapp.domain.faults import Fault
from mapapp.ingest.features import Feature, Table

LONGEST_CELL = 100_000
LATITUDE = ("lat", "latitude", "y", "lat_dd", "point_y", "широта", "خط العرض", "العرض")
LONGITUDE = ("lon", "lng", "long", "longitude", "x", "lon_dd", "point_x", "долгота", "خط الطول", "الطول")
AFTER = ("after", "to", "new", "new_actor", "captured_by", "taken_by", "new_holder", "стало", "после", "بعد")
BEFORE = ("before", "from", "old", "old_actor", "lost_by", "previous", "old_holder", "было", "до", "قبل")
PLACE = ("place", "name", "settlement", "town", "location", "village", "место", "населённый пункт", "المكان", "البلدة")
DAY = ("date", "day", "event_date", "дата", "день", "التاريخ", "تاريخ")
SOURCE = ("source", "src", "ref", "источник", "المصدر")
CHANGE_COLUMNS = {"place": PLACE, "date": DAY, "before": BEFORE, "after": AFTER, "source": SOURCE}
DECIMAL_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]+")
NUMBER = re.compile(r"-?[0-9]{1,8}(\.[0-9]+)?")


def read_delimited(file: str, name: str, text: str) -> Table:
    """Return the rows of a table as features: points where it has coordinates, changes of hands where it has them."""
    table = Table(file, name, "places", [])
    rows, faults = _rows(table, text)
    if not rows:
        return Table(file, name, "places", [], tuple(faults or [Fault("features-none", file, name)]))
    header = [cell.strip() for cell in rows[0][1]]
    columns = {cell.casefold(): number for number, cell in enumerate(header)}
    wrong = _header_faults(table, header)
    if wrong:
        return Table(file, name, "places", [], (*faults, *wrong))
    lat, lon = _column(columns, LATITUDE), _column(columns, LONGITUDE)
    if lat is not None and lon is not None and not _is_change_table(columns):
        return _places(table, header, rows[1:], (lat, lon), faults)
    if _is_change_table(columns):
        return _changes(table, header, columns, rows[1:], faults)
    found = ", ".join(header)
    return Table(file, name, "places", [], (*faults, Fault("table-header", file, name, line=1, found=found)))


def _rows(table: Table, text: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Return the rows that are not blank, each with its line; a broken quotation ends the reading."""
    csv.field_size_limit(LONGEST_CELL)
    delimiter = max(",;\t|", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        return rows, [Fault("table-row", table.file, table.name, line=line, found=str(error))]
    return rows, []


def _header_faults(table: Table, header: Sequence[str]) -> list[Fault]:
    named = [cell.casefold() for cell in header if cell]
    twice = sorted({cell for cell in named if named.count(cell) > 1})
    headless = len(header) > 0 and sum(bool(NUMBER.fullmatch(cell)) for cell in header) >= 2
    if not twice and not headless:
        return []
    return [Fault("table-header", table.file, table.name, line=1, found=", ".join(twice or header))]


def _column(columns: dict[str, int], names: Sequence[str]) -> int | None:
    return next((columns[name] for name in names if name in columns), None)


def _is_change_table(columns: dict[str, int]) -> bool:
    return all(_column(columns, CHANGE_COLUMNS[name]) is not None for name in ("place", "date", "after"))


def _records(
    table: Table, header: list[str], rows: Sequence[tuple[int, list[str]]], faults: list[Fault]
) -> list[tuple[int, int, dict[str, Any]]]:
    """Return number, line and cells of the rows that are as long as the header; the others are faults."""
    records = []
    for number, (line, row) in enumerate(rows, start=1):
        if len(row) != len(header):
            found = f"{len(row)} ≠ {len(header)}"
            faults.append(Fault("table-row", table.file, table.name, feature=number, line=line, found=found))
            continue
        cells = {name: cell.strip() or None for name, cell in zip(header, row, strict=True) if name}
        records.append((number, line, cells))
    return records


def _places(
    table: Table, header: list[str], rows: Sequence[tuple[int, list[str]]], at: tuple[int, int], faults: list[Fault]
) -> Table:
    """Make points of rows; a coordinate that is no number is a fault of its row."""
    names = header[at[0]], header[at[1]]
    features: list[Feature] = []
    made = Table(table.file, table.name, "places", features)
    for number, line, cells in _records(table, header, rows, faults):
        lat, lon = (_number(cells.get(name)) for name in names)
        properties = {name: cell for name, cell in cells.items() if name not in names}
        feature = Feature(number, properties, {"type": "broken"}, offset=line)
        if lat is None or lon is None:
            found = f"{cells.get(names[0])}, {cells.get(names[1])}"
            faults.append(made.fault("position-form", feature, found, values={"kind": "Point"}, repairs=("leave-out",)))
        else:
            feature.geometry = {"type": "Point", "coordinates": [lon, lat]}
        features.append(feature)
    return Table(table.file, table.name, "places", features, tuple(faults))


def _number(text: str | None) -> float | None:
    """Return a number written with a point, or with a decimal comma; None for anything else."""
    if text is not None and DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    return float(text) if text is not None and NUMBER.fullmatch(text) else None


def _changes(
    table: Table,
    header: list[str],
    columns: dict[str, int],
    rows: Sequence[tuple[int, list[str]]],
    faults: list[Fault],
) -> Table:
    """Make changes of hands of rows: features without geometry, their properties named as ours."""
    ours = {name: _column(columns, known) for name, known in CHANGE_COLUMNS.items()}
    features = []
    for number, line, cells in _records(table, header, rows, faults):
        properties = {name: None if at is None else cells.get(header[at]) for name, at in ours.items()}
        taken = {header[at] for at in ours.values() if at is not None}
        properties |= {name: cell for name, cell in cells.items() if name not in taken}
        features.append(Feature(number, properties, None, offset=line))
    return Table(table.file, table.name, "changes", features, tuple(faults))
