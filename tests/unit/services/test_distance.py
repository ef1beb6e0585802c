"""How near the camps stand is told for every day, as the edition measures it."""

from dataclasses import replace

import pytest

from mapapp.domain.edition import Edition
from mapapp.services.distance import distance_on


def test_the_distance_of_a_day(edition: Edition) -> None:
    found = distance_on(edition, "2017-09-21")
    assert found is not None
    assert found.pair == edition.closest_on("2017-09-21")
    assert found.pair.km < 5
    assert found.at == pytest.approx(138 / 239)
    assert found.front_km == edition.contact_km_on("2017-09-21")


def test_steps_run_from_the_first_day_and_each_is_another_distance(edition: Edition) -> None:
    found = distance_on(edition, "2017-05-06")
    assert found is not None
    assert (found.steps[0].day, found.steps[0].at) == ("2017-05-06", 0.0)
    days = [step.day for step in found.steps]
    assert days == sorted(set(days))
    assert all(one.km != other.km for one, other in zip(found.steps, found.steps[1:], strict=False))
    assert found.most == max(pair.km for pair in edition.closest.values())


def test_a_dataset_without_camps_has_no_distance(edition: Edition) -> None:
    single = replace(edition, dataset=replace(edition.dataset, camps=()))
    assert distance_on(single, "2017-09-21") is None
    assert single.contact_days == []
