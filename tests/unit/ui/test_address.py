"""Every wrong value of an address falls back to a sensible one and says so."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services.catalog import DRAWN
from mapapp.ui.address import Asked, follow


def asked(**address: str) -> Asked:
    return follow(address, messages())


def test_an_empty_address_is_the_map_as_it_opens() -> None:
    opened = asked()
    assert (opened.day, opened.layers, opened.notices) == ("2017-09-21", DRAWN, ())


def test_a_right_address_is_followed_without_a_word(edition: Edition) -> None:
    followed = asked(dataset=edition.dataset.name, version=edition.version, date="2017-06-01", layers="place,control")
    assert (followed.day, followed.layers, followed.notices) == ("2017-06-01", ("control", "place"), ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-01-01", "2017-12-31"),
        ("1999-01-01", "2017-05-06"),
        ("2017-02-30", "2017-09-21"),
        ("", "2017-09-21"),
        ("<img src=x onerror=alert(1)>", "2017-09-21"),
        ("9" * 4000, "2017-09-21"),
    ],
)
def test_wrong_days(text: str, day: str) -> None:
    fallen = asked(date=text)
    assert fallen.day == day
    (notice,) = fallen.notices
    assert len(notice) < 250


@pytest.mark.parametrize("address", [{"dataset": "nowhere"}, {"version": "0"}, {"dataset": "x", "version": "y"}])
def test_unknown_datasets_and_versions(address: dict[str, str], edition: Edition) -> None:
    fallen = asked(**address)
    assert fallen.edition.version == edition.version
    assert len(fallen.notices) == 1


@pytest.mark.parametrize(
    ("text", "layers", "notices"),
    [("", (), 0), ("zone", ("zone",), 0), ("zone,nothing", ("zone",), 1), ("nothing", DRAWN, 1), ("bank", DRAWN, 1)],
)
def test_layers(text: str, layers: tuple[str, ...], notices: int) -> None:
    followed = asked(layers=text)
    assert (followed.layers, len(followed.notices)) == (layers, notices)


def test_each_wrong_value_has_a_sentence_of_its_own() -> None:
    assert len(asked(dataset="x", date="y", layers="z").notices) == 3


def test_a_place_is_followed_and_an_unknown_one_told() -> None:
    place = asked(place="mayadin").place
    assert place is not None
    assert place.name == "Mayadin"
    assert (asked(place="").place, asked(place="").notices) == (None, ())
    fallen = asked(place="<img src=x>" * 30)
    (notice,) = fallen.notices
    assert fallen.place is None
    assert len(notice) < 250


def test_the_palette_of_an_address() -> None:
    assert asked().palette == "default"
    followed = asked(palette="bright")
    assert (followed.palette, followed.notices) == ("bright", ())


def test_an_unknown_palette_falls_back_with_a_sentence() -> None:
    fallen = asked(palette="neon")
    assert fallen.palette == "default"
    assert fallen.notices == (
        "There is no palette “neon”; the palettes are default, bright. The default colours are shown.",
    )


def test_view_and_mode_are_followed() -> None:
    followed = asked(compare="2017-09-05", mode="side", view="35.1,40.2,10.5")
    assert (followed.mode, str(followed.view), followed.notices) == ("side", "35.1000,40.2000,10.5", ())


@pytest.mark.parametrize(
    "address",
    [{"view": "here"}, {"view": "35,40,99"}, {"mode": "swipe"}, {"mode": "<b>", "compare": "2017-09-05"}],
)
def test_wrong_views_and_modes_fall_back_with_a_sentence(address: dict[str, str]) -> None:
    fallen = asked(**address)
    assert (fallen.view, fallen.mode) == (None, None)
    assert len(fallen.notices) == 1
