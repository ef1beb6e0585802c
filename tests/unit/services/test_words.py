"""Numbers, days and holders read as people write them."""

import pytest

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services import words

EN = messages()


def test_day() -> None:
    assert words.day_in_words("2017-09-05", EN) == "5 September 2017"


@pytest.mark.parametrize(
    ("share", "decimals", "text"), [(0.4789, 1, "47.9"), (0.4789, 0, "48"), (1.0, 1, "100.0"), (0.0, 1, "0.0")]
)
def test_percent(share: float, decimals: int, text: str) -> None:
    assert words.percent(share, EN, decimals) == text


@pytest.mark.parametrize(
    ("change", "text"), [(0.0123, "+1.2"), (-0.0123, "−1.2"), (0.0, "0.0"), (-0.0001, "0.0"), (0.0001, "0.0")]
)
def test_points_have_a_sign_unless_they_round_to_nothing(change: float, text: str) -> None:
    assert words.points(change, EN) == text


@pytest.mark.parametrize(
    ("km", "text"), [(0.0, "0.0"), (3.7043, "3.7"), (9.96, "10"), (39.36, "39"), (1234.4, "1,234")]
)
def test_distances_are_as_exact_as_they_are_short(km: float, text: str) -> None:
    assert words.kilometres(km, EN) == text


def test_areas_are_grouped() -> None:
    assert words.square_km(185_180.4, EN) == "185,180"


def test_holders(edition: Edition) -> None:
    frame = edition.dataset
    assert words.holder_name(frame, Holder("control", "gov"), EN) == "Syrian government and allies"
    both = Holder("contested", None, ("gov", "isis"))
    assert words.holder_name(frame, both, EN) == "Contested: Syrian government and allies / Islamic State"


def test_an_unknown_actor_is_its_own_name(edition: Edition) -> None:
    assert words.actor_name(edition.dataset, "{{7*7}}", EN) == "{{7*7}}"


def test_banks_have_the_names_of_the_data(edition: Edition) -> None:
    assert words.bank_name(edition, "east", EN).startswith("East bank")
