"""The day compared with: from the address, into the address, and what is told of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.ui import page
from mapapp.ui.address import follow
from mapapp.ui.compare import CHOICE, NONE, comparison_html, overlay_address
from mapapp.ui.links import links
from mapapp.ui.state import Visit, begin
from support.instead import serve_instead

SCRIPT = Path(page.__file__).with_name("main.py")
MARKUP = "<img src=x onerror=alert(1)>"


def visit_at(**address: str) -> Visit:
    return begin(address, messages())


def test_an_address_names_the_day_to_compare_with() -> None:
    visit = visit_at(date="2017-09-21", compare="2017-09-05")
    assert (visit.compare, visit.notices, visit.unwritten()) == ("2017-09-05", (), {})
    assert "compare=2017-09-05" in links(visit)


@pytest.mark.parametrize("text", ["2019-01-01", "1999-01-01", "2017-02-30", MARKUP, "9" * 4000])
def test_wrong_days_compare_with_nothing_and_say_so(text: str) -> None:
    asked = follow({"compare": text}, messages())
    assert asked.compare is None
    (notice,) = asked.notices
    assert notice.endswith("The map is compared with no other day.")
    assert len(notice) < 250


def test_an_empty_value_is_no_mistake() -> None:
    assert follow({"compare": ""}, messages()).notices == ()


def test_the_choice_goes_into_the_address_and_out_of_it() -> None:
    visit = visit_at()
    visit.compare_with("2017-09-05")
    assert visit.unwritten() == {"compare": "2017-09-05"}
    visit.arrive({"compare": "2017-09-05"})
    visit.hear({"day": "2017-10-01", "n": 1})
    assert visit.compare == "2017-09-05", "it stays while the map moves"
    visit.compare_with(None)
    assert visit.unwritten() == {"date": "2017-10-01", "compare": ""}
    assert visit.unwritten() == {}
    visit.arrive({"date": "2017-10-01"})
    assert (visit.compare, visit.seq) == (None, 0), "what we wrote is no news"


def test_back_returns_to_the_comparison_before() -> None:
    visit = visit_at(compare="2017-09-05")
    visit.arrive({})
    assert visit.compare is None


@pytest.mark.parametrize("compared", ["2017-09-05", "2017-10-14"])
def test_the_overlay_is_asked_for_with_the_earlier_day_first(edition: Edition, compared: str) -> None:
    address = overlay_address(visit_at(date="2017-09-21", compare=compared))
    assert address is not None
    first, last = sorted((compared, "2017-09-21"))
    assert address["day"] == "2017-09-21"
    assert address["path"].endswith(f"compare.geojson?from={first}&to={last}&version={edition.version}")


def test_nothing_is_hatched_without_a_second_day() -> None:
    assert overlay_address(visit_at()) is None
    assert overlay_address(visit_at(date="2017-09-21", compare="2017-09-21")) is None


def test_what_is_told() -> None:
    told = comparison_html(visit_at(date="2017-09-21"), "2017-09-05")
    assert "Between 5 and 21 September 2017" in told
    assert "Syrian Democratic Forces" in told
    same = comparison_html(visit_at(date="2017-09-21"), "2017-09-21")
    assert "Move the map to another day" in same
    later = comparison_html(visit_at(date="2017-09-21", compare="2017-10-14"), "2017-10-14")
    assert "still to change hands" in later


def test_names_are_text_whatever_they_contain(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    actors = tuple(replace(actor, name=MARKUP) for actor in edition.dataset.actors)
    renamed = replace(edition, dataset=replace(edition.dataset, name="hostile", actors=actors))
    serve_instead(renamed, monkeypatch)
    told = comparison_html(visit_at(date="2017-09-21"), "2017-09-05")
    assert "&lt;img" in told
    assert "<img" not in told


def test_a_choice_compares_and_is_taken_back() -> None:
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    test.query_params["date"] = "2017-09-21"
    test.run().selectbox(key=CHOICE).select("week").run()
    assert not test.exception
    assert test.query_params["compare"] in ("2017-09-14", ["2017-09-14"])
    test.selectbox(key=CHOICE).select(NONE).run()
    assert "compare" not in test.query_params


@pytest.mark.parametrize(
    ("mode", "told"), [("", "what is hatched"), ("swipe", "the earlier day, 5 September 2017, stands")]
)
def test_days_turned_round_are_told_as_they_are_shown(mode: str, told: str) -> None:
    address = {"date": "2017-09-05", "compare": "2017-09-21"} | ({"mode": mode} if mode else {})
    assert told in comparison_html(begin(address, messages()), "2017-09-21")
