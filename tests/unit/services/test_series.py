"""The rows of every day agree with the statistics, and no name becomes a formula in a spreadsheet."""

import csv
import io
from dataclasses import replace

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption
from mapapp.domain.periods import shift_day
from mapapp.resources.messages import messages
from mapapp.services import series

DAY = "2017-09-21"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]


def read(edition: Edition, first: str, last: str) -> list[dict[str, str]]:
    text = series.series_csv(edition, first, last, messages()).plain.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("area", ["country", "east", "west"])
def test_rows_are_those_of_the_statistics(edition: Edition, area: str) -> None:
    stats = edition.stats
    held = stats.areas_on(DAY) if area == "country" else stats.banks_on(DAY)[area]
    rows = [row for row in series.rows_on(edition, DAY) if row.area == area]
    assert {row.holder: row.km2 for row in rows if row.km2} == held
    assert sum(row.share for row in rows) == pytest.approx(1)


@pytest.mark.parametrize(("number", "days"), list(enumerate(series.SPANS)))
def test_what_is_gained_is_the_difference_of_two_days(edition: Edition, number: int, days: int) -> None:
    now, then = edition.stats.areas_on(DAY), edition.stats.areas_on(shift_day(DAY, -days))
    rows = [row for row in series.rows_on(edition, DAY) if row.area == "country"]
    for row in rows:
        assert row.gained[number] == pytest.approx(now.get(row.holder, 0) - then.get(row.holder, 0))
    assert sum(row.gained[number] or 0 for row in rows) == pytest.approx(0, abs=0.5)


def test_before_the_first_day_nothing_is_known(edition: Edition) -> None:
    first = edition.dataset.first_day
    assert {row.gained for row in series.rows_on(edition, first)} == {(None, None, None)}
    assert {row.gained[1:] for row in series.rows_on(edition, shift_day(first, 1))} == {(None, None)}


def test_file_has_every_day_asked_for(edition: Edition) -> None:
    body = series.series_csv(edition, DAY, "2017-09-23", messages())
    assert body.plain.startswith(b"\xef\xbb\xbfday,area,")
    rows = read(edition, DAY, "2017-09-23")
    assert {row["day"] for row in rows} == {DAY, "2017-09-22", "2017-09-23"}
    assert tuple(rows[0]) == series.COLUMNS
    assert float(rows[0]["day_km2_changed_hands"]) == pytest.approx(edition.stats.changed_km2[DAY], abs=0.01)


def test_numbers_stay_numbers_also_below_zero(edition: Edition) -> None:
    changes = [row["km2_change_30_days"] for row in read(edition, "2017-10-01", "2017-10-01")]
    assert any(float(change) < 0 for change in changes)
    assert series.safe(-1.5) == -1.5


def test_an_end_before_the_beginning_is_refused(edition: Edition) -> None:
    with pytest.raises(BadOption):
        series.series_csv(edition, "2017-09-30", "2017-09-20", messages())


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_is_a_formula(edition: Edition, name: str) -> None:
    actors = tuple(replace(actor, name=name) for actor in edition.dataset.actors)
    hostile = replace(edition, dataset=replace(edition.dataset, name='=näme\r\n"x', actors=actors))
    for figure in ("stats", "closest", "contact_km"):
        vars(hostile)[figure] = getattr(edition, figure)
    names = {row["holder_name"] for row in read(hostile, DAY, DAY) if "-" not in row["holder"]}
    assert names == {f"'{name}"}
    file_name = series.series_name(hostile, DAY, DAY)
    assert file_name == f"_n_me___x_{DAY}_{DAY}_{edition.version}.csv"
