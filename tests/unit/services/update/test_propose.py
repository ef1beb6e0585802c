"""What an upload means becomes a version, or a sentence."""

from dataclasses import replace

import geopandas as gpd
import pytest
from shapely.geometry import box

from mapapp.domain.actors import Actor
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadTable, DayOutsideDataset, NoPeriods, NothingChanged
from mapapp.domain.update_errors import BadUpdate, CannotAddChanges
from mapapp.domain.updates import Frame, Meaning, Proposal
from mapapp.ingest.layers import built_in_folder, load_sources
from mapapp.services.deliver import map_page
from mapapp.services.picture import order_picture, picture
from mapapp.services.update.difference import difference
from mapapp.services.update.propose import propose, propose_new
from support.theatre import BLUE, RED, theatre, with_row

CONTENT = theatre()
BASE = Edition(CONTENT.dataset, "base", dict(CONTENT.layers))


def proposed(mode: str, layers: dict[str, gpd.GeoDataFrame], **said: object) -> Proposal:
    return propose(BASE, CONTENT.documents, Meaning(mode, **said), layers)


def control(**values: object) -> gpd.GeoDataFrame:
    return with_row(CONTENT, "control", "red-0", **values).layers["control"]


def holders(edition: Edition, day: str) -> dict[str, float]:
    return {holder.key: round(km2) for holder, km2 in edition.stats.areas_on(day).items()}


def test_replace_a_layer_makes_it_drawn_and_keeps_the_documents() -> None:
    made = proposed("replace", {"control": control(actor="blue")})
    assert made.content.dataset.basis == "drawn"
    assert made.content.documents == CONTENT.documents
    assert set(holders(made.edition, "2020-01-01")) == {"blue"}


def test_replace_a_span_of_days() -> None:
    made = proposed("span", {"control": control(actor="blue")}, first="2020-01-05", last="2020-01-06")
    assert [(run.first, run.last) for run in difference(BASE, made.edition).days] == [("2020-01-05", "2020-01-06")]


def test_append_days_makes_the_dataset_longer() -> None:
    fresh = control(actor="blue").iloc[[0, 2]].assign(valid_from="2020-01-11", valid_to=None)
    made = proposed("append", {"control": fresh}, first="2020-01-11", last="2020-01-12")
    assert made.edition.dataset.last_day == "2020-01-12"
    assert [(run.first, run.last) for run in difference(BASE, made.edition).days] == [("2020-01-11", "2020-01-12")]


def test_patch_by_id_leaves_the_rest() -> None:
    made = proposed("patch", {"control": control(actor="blue").iloc[[0]]})
    assert difference(BASE, made.edition).layers["control"].changed == {"red-0": ("actor",)}


def test_patch_can_take_features_away() -> None:
    made = proposed("patch", {}, layer="event", removed=("capture",))
    assert made.edition.layers["event"].empty
    assert made.content.dataset.basis == "derived"


def test_a_patch_that_overlaps_what_stays_is_an_error() -> None:
    made = proposed("patch", {"control": control(geometry=box(40.0, 35.0, 40.15, 35.1)).iloc[[0]]})
    assert [fault.kind for fault in made.errors] == ["ground-held-twice"] * 2


@pytest.mark.parametrize(
    ("mode", "layer", "said", "error"),
    [
        ("append", "control", {"first": "2020-01-10", "last": "2020-01-12"}, BadUpdate),
        ("span", "control", {"first": "2020-01-06", "last": "2020-01-05"}, BadUpdate),
        ("span", "river", {"first": "2020-01-06", "last": "2020-01-07"}, NoPeriods),
        ("replace", "control", {}, NothingChanged),
        ("patch", "control", {}, NothingChanged),
    ],
)
def test_nonsense_is_refused(mode: str, layer: str, said: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        proposed(mode, {layer: CONTENT.layers[layer]}, layer=layer, **said)


def test_nothing_good_is_no_update() -> None:
    with pytest.raises(BadUpdate, match="without errors"):
        proposed("replace", {})


def test_a_dataset_without_tables_takes_no_changes() -> None:
    row = {"place": "East town", "date": "2020-01-05", "after": "red", "source": "a test"}
    with pytest.raises(CannotAddChanges, match="no tables"):
        propose(BASE, CONTENT.documents, Meaning("changes"), {}, [row])
    drawn = replace(BASE, dataset=replace(BASE.dataset, basis="drawn"))
    with pytest.raises(CannotAddChanges, match="drawn"):
        propose(drawn, CONTENT.documents, Meaning("changes"), {}, [row])


def test_a_row_of_changes_derives_the_areas_anew(edition: Edition) -> None:
    documents = load_sources(built_in_folder())
    place = edition.layers["place"].iloc[0]
    row = {"place": place["name"], "date": "2017-08-15", "after": "isis", "source": "a test"}
    made = propose(edition, documents, Meaning("changes"), {}, [row])
    found = difference(edition, made.edition)
    assert "control" in found.layers
    assert {run.first for run in found.days} >= {"2017-08-15"}
    assert made.content.documents["sources/changes.csv"].startswith(documents["sources/changes.csv"])
    assert not made.errors
    with pytest.raises(BadTable, match="no place"):
        propose(edition, documents, Meaning("changes"), {}, [row | {"place": "Atlantis"}])
    with pytest.raises(DayOutsideDataset):
        propose(edition, documents, Meaning("changes"), {}, [row | {"date": "2018-08-15"}])


FRAME = Frame("polygons", "Polygons only", (RED, BLUE), credit="made for tests", licence="CC0-1.0")


def test_a_new_dataset_of_polygons_alone_is_drawn_everywhere() -> None:
    made = propose_new(FRAME, {"control": CONTENT.layers["control"]})
    assert made.base is None
    assert made.content.dataset.first_day == "2020-01-01"
    assert made.content.dataset.last_day == "2020-01-03"
    assert list(made.content.layers) == ["control"]
    shown = made.edition
    assert set(holders(shown, "2020-01-03")) == {"red"}
    assert sum(holders(shown, "2020-01-03").values()) == sum(holders(shown, "2020-01-01").values())
    assert "Polygons only" in map_page(shown, "en").before
    drawn = picture(
        shown, order_picture(shown, {"format": "png", "date": "2020-01-03", "preset": "story", "locator": "1"})
    )
    assert drawn.content.startswith(b"\x89PNG")


def test_a_new_dataset_needs_areas_and_a_title() -> None:
    with pytest.raises(BadUpdate, match="areas"):
        propose_new(FRAME, {"place": CONTENT.layers["place"]})
    with pytest.raises(BadUpdate, match="title"):
        propose_new(replace(FRAME, title=""), {"control": CONTENT.layers["control"]})


def test_frames_and_meanings_come_back_from_json() -> None:
    assert Frame.of(FRAME.plain()) == FRAME
    meaning = Meaning("patch", "event", removed=("a", "b"))
    assert Meaning.of(meaning.plain()) == meaning
    assert isinstance(Frame.of(FRAME.plain()).actors[0], Actor)
