"""A correction in place changes the days it names, rests on its source, and is refused where it makes no sense."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.errors import DayOutsideDataset, DaysTurnedRound, UnknownPlace
from mapapp.domain.periods import each_day, is_valid_on
from mapapp.domain.update_errors import BadCorrection, SourcesMissing
from mapapp.ingest.layers import built_in_folder, load_sources
from mapapp.services.update import derive
from mapapp.services.update.correct import Correction, propose_correction

PLACE = "mayadin"
FIRST, LAST = "2017-08-10", "2017-08-20"
GOOD = {"place": PLACE, "actor": "sdf", "first": FIRST, "last": LAST, "source": "a test"}


def holder(edition: Edition, day: str) -> str:
    periods = edition.layers["place"].set_index("id").loc[PLACE, "periods"]
    return next(p["actor"] or "-".join(p["parties"]) for p in periods if is_valid_on(day, p["from"], p["to"]))


def test_only_the_days_it_names_change(edition: Edition) -> None:
    documents = load_sources(built_in_folder())
    made = propose_correction(edition, documents, Correction(**GOOD))
    for day in each_day(edition.dataset.first_day, edition.dataset.last_day):
        expected = "sdf" if FIRST <= day <= LAST else holder(edition, day)
        assert holder(made.edition, day) == expected, day
    rows = derive.read_changes(made.content.documents)[0]
    assert [row["source"] for row in rows if row["place"] and row["date"] == FIRST and row["after"] == "sdf"][
        -1
    ] == "a test"
    assert not made.errors


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"place": "atlantis"}, UnknownPlace),
        ({"actor": "nobody"}, BadCorrection),
        ({"actor": ""}, BadCorrection),
        ({"actor": "isis"}, BadCorrection),
        ({"first": "2018-08-10", "last": None}, DayOutsideDataset),
        ({"first": LAST, "last": FIRST}, DaysTurnedRound),
        ({"source": " "}, SourcesMissing),
    ],
)
def test_nonsense_is_refused_with_a_sentence(edition: Edition, wrong: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        propose_correction(edition, load_sources(built_in_folder()), Correction(**{**GOOD, **wrong}))
