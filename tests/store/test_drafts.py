"""An analyst's update from upload to publish, on both databases: drafts, conflict, rebase, undo."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from shapely.geometry import Point, box

from mapapp.domain.errors import NothingChanged, UnknownDataset
from mapapp.domain.history import Content
from mapapp.domain.update_errors import (
    CannotRebase,
    DatasetThere,
    MessageMissing,
    NotAllowed,
    SourcesMissing,
    UnknownDraft,
    UpdateStopped,
    WarningsOpen,
)
from mapapp.domain.updates import Frame, Meaning, Proposal
from mapapp.ingest.intake import Source
from mapapp.ingest.mapping import Mapping
from mapapp.ingest.theatre.write import layer_bytes
from mapapp.services import catalog
from mapapp.services.rights import READER, Person
from mapapp.services.stock import stock
from mapapp.services.update import drafts, publish
from mapapp.services.update.correct import Correction
from mapapp.store import open_store
from support.theatre import BLUE, RED, theatre, with_row

NAME = "two-squares"
ONE, OTHER = (Person(f"{name}@example.org", name, may_write=True) for name in ("analyst", "colleague"))


def upload(layer: str, row: str, **values: object) -> Source:
    """One feature of a layer, changed, as a file."""
    frame = with_row(theatre(NAME), layer, row, **values).layers[layer]
    return Source(f"{layer}.geojson", layer_bytes(frame[frame["id"] == row]))


def patching(person: Person, layer: str, row: str, **values: object) -> drafts.Draft:
    choices = {"layer": layer, "meaning": Meaning("patch", layer).plain(), "accepted": True}
    return drafts.start(person, NAME, [upload(layer, row, **values)], choices)


def published(draft: drafts.Draft, message: str = "why", person: Person = ONE) -> str:
    return publish.publish(person, draft.id, message, "a source").id


def test_a_draft_survives_and_shows_its_difference(desk: str, url: str) -> None:
    draft = patching(ONE, "control", "red-0", actor="blue")
    stock().store.close()
    again = open_store(url)
    assert again.draft(draft.id).uploads == draft.uploads
    again.close()
    assert [one.id for one in drafts.listed(ONE)] == [draft.id]
    assert drafts.listed(OTHER) == []
    review = drafts.review(draft.id)
    assert review.difference.layers["control"].changed == {"red-0": ("actor",)}
    assert stock().store.head(NAME).id == desk


@pytest.mark.usefixtures("desk")
def test_a_draft_changes_and_goes() -> None:
    draft = patching(ONE, "control", "red-0", actor="blue")
    changed = drafts.change(ONE, draft.id, message="half written", uploads=[upload("event", "capture", title="T")],
                            choices={"layer": "event", "meaning": Meaning("patch", "event").plain()})  # fmt: skip
    assert drafts.find(draft.id).message == "half written"
    assert drafts.find(draft.id).names == ("event.geojson",)
    assert list(drafts.review(changed.id).difference.layers) == ["event"]
    drafts.delete(ONE, draft.id)
    with pytest.raises(UnknownDraft):
        drafts.find(draft.id)


@pytest.mark.usefixtures("desk")
def test_old_drafts_go_by_themselves() -> None:
    draft = patching(ONE, "control", "red-0", actor="blue")
    stock().store.touch_draft(replace(draft, updated=draft.updated.replace(year=2020)))
    with pytest.raises(UnknownDraft, match="longer"):
        drafts.find(draft.id)


def test_publish_wants_a_message_and_sources_and_counts_once(desk: str) -> None:
    draft = patching(ONE, "control", "red-0", actor="blue")
    with pytest.raises(MessageMissing):
        publish.publish(ONE, draft.id, " ", "a source")
    with pytest.raises(SourcesMissing):
        publish.publish(ONE, draft.id, "why", "")
    made = published(draft)
    assert published(draft) == made == catalog.heads()[NAME]
    version = stock().store.version(NAME, made)
    assert (version.parent, version.basis, version.author.name) == (desk, "drawn", "analyst")
    assert len(stock().store.versions(NAME)) == 2
    assert drafts.listed(ONE) == []


def test_two_analysts_touch_different_features(desk: str) -> None:
    mine = patching(ONE, "event", "capture", title="Mine")
    theirs = published(patching(OTHER, "control", "red-0", actor="blue"), person=OTHER)
    told = publish.moved(mine)
    assert told.head.id == theirs
    assert list(told.theirs.layers) == ["control"]
    assert told.can_rebase
    assert publish.rebase(ONE, mine.id).base == theirs
    if drafts.warnings(drafts.find(mine.id)):
        with pytest.raises(WarningsOpen):
            published(mine)
    drafts.change(ONE, mine.id, choices={**drafts.find(mine.id).choices, "accepted": True})
    shown = catalog.open_edition(NAME, published(mine))
    assert shown.layers["event"]["title"].tolist() == ["Mine"]
    assert "blue" in shown.layers["control"].set_index("id").loc["red-0", "actor"]
    assert publish.undo(ONE, NAME, desk, "back").content == stock().store.version(NAME, desk).content


@pytest.mark.usefixtures("desk")
def test_two_analysts_touch_one_feature() -> None:
    mine = patching(ONE, "event", "capture", title="Mine")
    published(patching(OTHER, "event", "capture", title="Theirs"), person=OTHER)
    assert [(one.layer, one.id) for one in publish.moved(mine).conflicts] == [("event", "capture")]
    with pytest.raises(CannotRebase, match="event capture"):
        publish.rebase(ONE, mine.id)
    assert drafts.find(mine.id).uploads


@pytest.mark.usefixtures("desk")
def test_overlaps_that_a_rebase_makes_are_found() -> None:
    published(patching(ONE, "control", "red-0", geometry=box(40.0, 35.0, 40.05, 35.1)))
    mine = patching(ONE, "control", "red-0", geometry=box(40.0, 35.0, 40.1, 35.1))
    fresh = with_row(
        theatre(NAME), "control", "red-0", id="blue-9", actor="blue", geometry=box(40.06, 35.0, 40.1, 35.1)
    )
    source = Source("control.geojson", layer_bytes(fresh.layers["control"].iloc[[0]]))
    choices = {"layer": "control", "meaning": Meaning("patch").plain(), "accepted": True}
    published(drafts.start(OTHER, NAME, [source], choices), person=OTHER)
    assert publish.moved(mine).can_rebase
    publish.rebase(ONE, mine.id)
    assert [fault.kind for fault in drafts.proposal(drafts.find(mine.id)).errors] == ["ground-held-twice"]
    drafts.change(ONE, mine.id, choices={**drafts.find(mine.id).choices, "accepted": True})
    with pytest.raises(UpdateStopped, match="blue-9"):
        published(mine)


def rows_added(*rows: bytes) -> Content:
    """The theatre with rows at the end of its table of changes."""
    content = theatre(NAME)
    table = content.documents["sources/changes.csv"] + b"".join(row + b"\n" for row in rows)
    return replace(content, documents={"sources/changes.csv": table})


@pytest.mark.parametrize(
    ("theirs", "met"),
    [
        (b"west-town,2020-01-05,red,blue,theirs", []),
        (b"east-town,2020-01-07,red,blue,theirs", ["east-town"]),
        (b"east-town,2020-01-06,red,blue,mine", []),
    ],
)
@pytest.mark.usefixtures("desk")
def test_rows_of_changes_meet_where_both_speak_of_one_place(theirs: bytes, met: list[str]) -> None:
    store = stock().store
    head = store.publish(
        rows_added(), parent=store.head(NAME).id, author=ONE.author, message="with a table", sources="s"
    )
    draft = drafts.start(ONE, NAME, [])
    made = Proposal(rows_added(b"east-town,2020-01-06,red,blue,mine"), drafts.base_of(draft), Meaning("changes"))
    newest = store.publish(rows_added(theirs), parent=head.id, author=OTHER.author, message="a row", sources="s")
    assert [one.id for one in publish._same_places(draft, newest, made)] == met


def test_three_versions_by_hand(desk: str) -> None:
    """A changed holder, a new place, a polygon upload: each differs from the one before in just that."""
    first = catalog.open_edition(NAME, desk)
    holder = published(patching(ONE, "control", "red-2", actor="blue"))
    town = with_row(
        theatre(NAME), "place", "west-town", id="north-town", name="North town", geometry=Point(40.05, 35.09)
    )
    places = [Source("place.geojson", layer_bytes(town.layers["place"].iloc[[0]]))]
    choices = {"layer": "place", "meaning": Meaning("patch", "place").plain(), "accepted": True}
    place = published(drafts.start(ONE, NAME, places, choices))
    whole = with_row(theatre(NAME), "control", "red-0", geometry=box(40.0, 35.0, 40.09, 35.1)).layers["control"]
    choices = {"layer": "control", "meaning": Meaning("replace").plain(), "accepted": True}
    polygons = published(drafts.start(ONE, NAME, [Source("control.geojson", layer_bytes(whole))], choices))
    editions = [first, *(catalog.open_edition(NAME, version) for version in (holder, place, polygons))]
    found = [drafts.difference(*pair) for pair in pairwise(editions)]
    assert [sorted(one.layers) for one in found] == [["control"], ["place"], ["control"]]
    assert found[0].layers["control"].changed == {"red-2": ("actor",)}
    assert found[1].layers["place"].added == ("north-town",)
    assert found[2].on("2020-01-01").pairs[0].winner is None
    before = layer_bytes(catalog.open_edition(NAME, holder).layers["control"])
    restored = publish.undo(ONE, NAME, holder, "back to the holder")
    assert restored.content == stock().store.version(NAME, holder).content
    for number in range(20):
        published(patching(ONE, "event", "capture", title=f"Title {number}"))
    catalog._editions.clear()
    stock().store.close()
    assert layer_bytes(catalog.open_edition(NAME, holder).layers["control"]) == before


def test_errors_stop_a_draft_and_nothing_is_stored(desk: str) -> None:
    bad = Source("control.geojson", upload("control", "red-0").content.replace(b'"red"', b'"nobody"'))
    draft = drafts.start(ONE, NAME, [bad], {"meaning": Meaning("patch").plain()})
    with pytest.raises(UpdateStopped, match="actor-unknown"):
        published(draft)
    assert stock().store.head(NAME).id == desk
    same = patching(ONE, "event", "capture")
    with pytest.raises(NothingChanged):
        published(same)


@pytest.mark.usefixtures("desk")
def test_a_new_dataset_begins_with_polygons() -> None:
    frame = Frame("mine", "Mine", (RED, BLUE), credit="me", licence="CC0-1.0")
    source = Source("control.geojson", layer_bytes(theatre(NAME).layers["control"]))
    draft = drafts.start(ONE, None, [source], {"accepted": True}, frame)
    assert drafts.review(draft.id).difference is None
    made = published(draft)
    assert catalog.heads()["mine"] == made
    assert catalog.open_edition("mine").stats.areas_on("2020-01-03")
    with pytest.raises(DatasetThere):
        drafts.start(ONE, None, [source], {}, frame)


@pytest.mark.usefixtures("desk")
def test_a_reader_does_none_of_it() -> None:
    draft = patching(ONE, "control", "red-0", actor="blue")
    writes = [
        lambda: drafts.start(READER, NAME, []),
        lambda: drafts.start_correction(READER, NAME, Correction("west-town", "blue", "2020-01-04", None, "s")),
        lambda: drafts.change(READER, draft.id, message="x"),
        lambda: drafts.delete(READER, draft.id),
        lambda: drafts.remember_mapping(READER, NAME, ["a"], Mapping("control", {})),
        lambda: publish.publish(READER, draft.id, "m", "s"),
        lambda: publish.publish_now(READER, drafts.proposal(draft), "m", "s"),
        lambda: publish.rebase(READER, draft.id),
        lambda: publish.undo(READER, NAME, "x", "m"),
    ]
    for write in writes:
        with pytest.raises(NotAllowed):
            write()
    assert drafts.listed(READER) == []


@pytest.mark.usefixtures("desk")
def test_how_columns_were_read_is_remembered() -> None:
    mapping = Mapping("control", {"actor": "Faction"}, {"actor": {"SAA": "red"}})
    drafts.remember_mapping(ONE, NAME, ["Faction", "Day"], mapping)
    assert drafts.remembered_mapping(NAME, ["Day", "Faction"]) == mapping
    assert drafts.remembered_mapping(NAME, ["Day"]) is None
    with pytest.raises(UnknownDataset):
        drafts.start(ONE, "nowhere", [])
    assert json.dumps(mapping.plain())
