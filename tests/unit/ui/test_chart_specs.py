"""What the charts say: by numbers, not by names; striped where several hold; in the reader's language."""

import json

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.ui.chart_specs import Chart, charts_of
from mapapp.ui.teller import Teller
from support.poison import poisoned


@pytest.fixture(scope="module")
def charts(edition: Edition) -> list[Chart]:
    return charts_of(Teller(edition, messages()))


def test_bands_of_shares_fill_the_whole_and_do_not_overlap(charts: list[Chart]) -> None:
    for chart in charts[:3]:
        rows = chart.rows["rows"]
        for _, day in rows.groupby("t"):
            assert day["low"].iloc[0] == 0
            assert list(day["low"].iloc[1:]) == pytest.approx(list(day["value"].iloc[:-1]))
            assert day["value"].iloc[-1] == pytest.approx(100, abs=0.5)


def test_ground_of_several_holders_is_striped_in_all_their_colours(edition: Edition, charts: list[Chart]) -> None:
    look = Teller(edition, messages()).look
    marks = [layer["mark"] for layer in charts[0].spec["layer"][0]["layer"]]
    striped = [mark["color"] for mark in marks if not isinstance(mark["color"], str)]
    painted = [{stop["color"] for stop in fill["stops"]} for fill in striped]
    assert {frozenset(colours) for colours in painted} <= {frozenset(style.colours) for style in look.holders.values()}
    assert painted
    assert all(len(colours) > 1 for colours in painted)


def test_the_key_names_every_band_in_its_own_colours(charts: list[Chart]) -> None:
    for chart in charts[:3]:
        assert len(chart.key_rows) == len(chart.spec["layer"][0]["layer"])
    assert any("gradient" in row["paint"] for row in charts[0].key_rows)


def test_every_chart_is_told_in_words_for_each_day(edition: Edition, charts: list[Chart]) -> None:
    for chart in charts:
        assert all(chart.told(day) for day in (edition.dataset.first_day, "2017-09-21", edition.dataset.last_day))


@pytest.mark.parametrize(
    ("language", "month", "decimal", "group"),
    [("en", "Sept", ".", ","), ("ar", "أيلول", ".", ","), ("ru", "сент.", ",", "\xa0")],
)
def test_months_and_numbers_are_those_of_the_language(
    edition: Edition, language: str, month: str, decimal: str, group: str
) -> None:
    for chart in charts_of(Teller(edition, messages(language))):
        assert f'"{month}"' in chart.spec["encoding"]["x"]["axis"]["labelExpr"]
        axis = chart.spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
        assert f"'.', {json.dumps(decimal)}" in axis
        assert axis.endswith(f'/_/g, "{group}")')


def test_time_runs_from_right_to_left_in_arabic_as_on_the_time_bar(edition: Edition) -> None:
    for code, turned in (("en", False), ("ar", True), ("ru", False)):
        for chart in charts_of(Teller(edition, messages(code))):
            told = json.dumps(chart.spec)
            assert chart.spec["encoding"]["x"]["scale"]["reverse"] is turned
            assert ('"orient": "right"' in told, '"orient": "left"' in told) == (turned, not turned)


def test_events_are_told_in_the_language(edition: Edition) -> None:
    told = {code: set(charts_of(Teller(edition, messages(code)))[0].rows["events"]["event"]) for code in ("en", "ru")}
    assert "Army captures Mayadin" in told["en"]
    assert not told["en"] & told["ru"]


def test_names_of_the_data_are_nowhere_in_a_specification(edition: Edition) -> None:
    for chart in charts_of(Teller(poisoned(edition), messages())):
        assert "7*7" not in json.dumps(chart.spec)
