"""Views and ways to compare as addresses write them."""

import pytest

from mapapp.domain.errors import BadMode, BadView, ModeAlone
from mapapp.domain.views import View, read_mode, read_view


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("35.336,40.141,9", "35.3360,40.1410,9"),
        ("-1.5,-20,5", "-1.5000,-20.0000,5"),
        ("35,40,9.254", "35.0000,40.0000,9.25"),
        ("85,180,13", "85.0000,180.0000,13"),
    ],
)
def test_a_view_is_read_and_written(text: str, told: str) -> None:
    assert str(read_view(text)) == told
    assert str(read_view(told)) == told


WRONG = """ / 35,40 / 35,40,9,1 / a,b,c / 35,40,4.9 / 35,40,14 / 86,40,9 / 35,181,9 / nan,40,9 / 1e1,40,9 / ٣٥,40,9"""


@pytest.mark.parametrize("text", [*WRONG.split(" / "), " 35,40,9", "9" * 3000])
def test_what_is_no_view_is_refused(text: str) -> None:
    with pytest.raises(BadView) as refused:
        read_view(text)
    assert len(refused.value.message) < 250


def test_a_mode_needs_two_days() -> None:
    assert read_mode("side", "2017-09-05") == "side"
    with pytest.raises(ModeAlone):
        read_mode("swipe", None)
    with pytest.raises(BadMode):
        read_mode("SIDE", "2017-09-05")


def test_views_are_equal_by_value() -> None:
    assert read_view("35,40,9") == View(35.0, 40.0, 9.0)
