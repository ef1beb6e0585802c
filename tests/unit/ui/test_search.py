"""The box lists what it finds, a place shows its history, and no name becomes markup."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services.place import find_place
from mapapp.ui import page
from mapapp.ui.state import begin
from mapapp.ui.strip import strip

SCRIPT = Path(page.__file__).with_name("main.py")


def card(place: str, day: str) -> str:
    visit = begin({"date": day}, messages())
    return strip(visit, find_place(visit.edition, place))


def run(**address: str) -> AppTest:
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def test_the_strip_tells_each_holder_with_source_and_confidence() -> None:
    html = card("mayadin", "2017-11-20")
    assert html.count('class="what"') == html.count('class="part') == 2
    assert html.count("aria-current") == 1
    for words in (
        "6 May 2017 or earlier",
        "From 14 October 2017",
        "(confirmed)",
        "14 October 2017, 37 days before",
        "Source: ",
    ):
        assert words in html


def test_the_parts_fill_the_bar_and_the_mark_is_in_the_middle_of_its_day() -> None:
    html = card("mayadin", "2017-05-06")
    assert 'style="inset-inline-start:0.0%;width:67.08%' in html
    assert 'style="inset-inline-start:67.08%;width:32.92%' in html
    assert 'class="now" style="inset-inline-start:0.21%"' in html


def test_evidence_is_told_by_its_age() -> None:
    assert "Evidence of this very day." in card("mayadin", "2017-10-14")
    assert "from the day before" in card("mayadin", "2017-10-15")
    assert "12 July 2017, 71 days before" in card("mayadin", "2017-09-21")
    assert "12 July 2017, 41 days after this day" in card("mayadin", "2017-06-01")


def test_all_evidence_of_a_period_is_listed_with_source_and_confidence() -> None:
    html = card("deir-ez-zor", "2017-09-21")
    assert "12 July 2017, 71 days before. Wikipedia settlement map, 2017-07-12 (reported)" in html
    assert "All evidence (2)" in html
    assert "3 November 2017 (confirmed): Wikipedia: Siege of Deir ez-Zor" in html


def test_a_hostile_name_stays_text(edition: Edition) -> None:
    visit = begin({}, messages())
    place = replace(find_place(edition, "mayadin"), name="<img src=x onerror=y()>{{7*7}}", kind="<b>")
    html = strip(visit, place)
    assert "<img" not in html
    assert "<b>" not in html
    assert "{{7*7}}" in html


@pytest.mark.parametrize("text", ["mayadin", "xvxvxvxv", "<b>![x](http://evil.test)", "  "])
def test_searching_runs_without_an_error(text: str) -> None:
    test = run()
    test.text_input(key="place-text").input(text).run()
    assert not test.exception
    assert not any("evil.test" in str(element.value) for element in test.markdown)


def test_a_place_in_the_address_can_be_closed() -> None:
    test = run(place="mayadin")
    assert not test.exception
    test.button(key="place-close").click().run()
    assert "place" not in test.query_params
    assert "place-close" not in [button.key for button in test.button]


def test_how_many_places_are_listed_is_told_politely() -> None:
    test = run()
    test.text_input(key="place-text").input("deir").run()
    bodies = [element.proto.body for element in test.get("html")]
    assert any("8 places are listed." in body and 'aria-live="polite"' in body for body in bodies)
