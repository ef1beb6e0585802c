"""The saved page: named after what it shows, opened as asked, wrong values refused."""

import json
import re

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadView, DayOutsideDataset, ModeAlone, TooBusy, UnknownLayer
from mapapp.resources.messages import messages
from mapapp.services.export_html import estimate_bytes, export_html, html_name, order_html
from mapapp.services.heavy import Turns

EN = messages("en")


def start_in(html: str) -> dict[str, object]:
    return json.loads(re.search(r'id="mapapp-start">(.*?)</script>', html)[1])


def test_the_file_opens_as_it_was_asked_for(edition: Edition) -> None:
    asked = {"date": "2017-06-01", "layers": "zone,control", "palette": "bright", "view": "35.1,40.2,8"}
    made = export_html(edition, order_html(edition, asked, EN))
    assert made.name == f"deir-ez-zor-2017_2017-06-01_{edition.version}_en.html"
    start = start_in(made.content.decode())
    assert (start["day"], start["layers"], start["palette"]) == ("2017-06-01", ["control", "zone"], "bright")
    assert start["view"] == [35.1, 40.2, 8]
    assert made.content.index(b"Content-Security-Policy") < made.content.index(b"<script")
    size = len(made.content)
    assert size * 0.99 < estimate_bytes(edition, order_html(edition, asked, EN)) < size * 1.01
    assert b"frame-ancestors" not in made.content.split(b"</head>")[0]


def test_two_days_are_compared_in_the_file_too(edition: Edition) -> None:
    asked = {"date": "2017-09-21", "compare": "2017-09-01"}
    start = start_in(export_html(edition, order_html(edition, asked, EN)).content.decode())
    assert start["compare"] == "2017-09-01"
    assert start["overlay"]["features"]


def test_the_tour_comes_along(edition: Edition) -> None:
    made = export_html(edition, order_html(edition, {"story": "2"}, EN))
    assert b'id="mapapp-story"' in made.content
    assert edition.dataset.story is not None
    assert start_in(made.content.decode())["day"] == edition.dataset.story.stops[1].day


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"date": "2016-01-01"}, DayOutsideDataset),
        ({"layers": "nothing"}, UnknownLayer),
        ({"view": "here"}, BadView),
        ({"mode": "side"}, ModeAlone),
    ],
)
def test_wrong_values_are_refused(edition: Edition, asked: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        order_html(edition, asked, EN)


def test_a_name_is_ascii(edition: Edition) -> None:
    start = order_html(edition, {}, messages("ar"))
    assert re.fullmatch(r"[a-z0-9._-]+_ar\.html", html_name(edition, start))


def test_who_finds_no_turn_is_told_to_come_again() -> None:
    turns = Turns(at_once=1, patience=0.01)
    with turns.take(), pytest.raises(TooBusy), turns.take():
        pass
    with turns.take():
        pass
