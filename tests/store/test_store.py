"""Versions go in, come out as they were, follow one another, are restored and withdrawn; on both databases."""

from dataclasses import replace

import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import Point, box

from mapapp.domain.edition import Edition
from mapapp.domain.errors import (
    HeadMoved,
    KeyUsed,
    NothingChanged,
    UnknownDataset,
    UnknownVersion,
    VersionWithdrawn,
)
from mapapp.domain.history import Author, Content, Version
from mapapp.store import Store, open_store
from support.theatre import CHANGES, with_row

ANALYST = Author("analyst@example.org", "Analyst")


def publish(store: Store, content: Content, parent: Version | None = None, **more: str) -> Version:
    """Publish on top of a version."""
    told = {"message": "a message", "sources": "a source", **more}
    return store.publish(content, parent=parent.id if parent else None, author=ANALYST, **told)


def assert_same(edition: Edition, content: Content) -> None:
    """Compare all values, types and orders."""
    assert edition.dataset == content.dataset
    assert list(edition.layers) == list(content.layers)
    for name, layer in content.layers.items():
        assert_geodataframe_equal(edition.layers[name], layer, check_crs=True)
        assert list(edition.layers[name].dtypes) == list(layer.dtypes)
        assert [list(map(type, row)) for row in edition.layers[name].itertuples()] == [
            list(map(type, row)) for row in layer.itertuples()
        ]
        assert edition.layers[name].geometry.to_wkb().tolist() == layer.geometry.to_wkb().tolist()


def three_versions(store: Store, content: Content) -> list[tuple[Version, Content]]:
    """Publish a changed holder, a new place and an uploaded polygon on top of the theatre."""
    holder = with_row(content, "control", "red-2", actor="blue", note="held after all")
    place = with_row(holder, "place", "east-town", geometry=Point(40.16, 35.06), variants=("Easttown",))
    polygon = with_row(place, "control", "red-0", geometry=box(40.0, 35.0, 40.09, 35.1))
    made: list[tuple[Version, Content]] = [(publish(store, content), content)]
    for changed in (holder, place, polygon):
        made.append((publish(store, changed, made[-1][0]), changed))
    return made


def test_what_goes_in_comes_out(store: Store, content: Content) -> None:
    version = publish(store, content)
    assert_same(store.open("two-squares"), content)
    assert store.documents("two-squares", version.id) == {"sources/changes.csv": CHANGES}


def test_the_built_in_dataset_comes_out_as_it_was_read(store: Store, edition: Edition) -> None:
    content = Content(edition.dataset, edition.layers)
    version = store.publish(content, parent=None, author=ANALYST, message="all", version_id=edition.version)
    assert version.id == edition.version
    assert_same(store.open(edition.dataset.name, edition.version), content)


def test_a_version_says_who_when_why_and_how_much(store: Store, content: Content) -> None:
    version = publish(store, content, message="first", sources="https://example.org/a")
    assert (version.sequence, version.parent, version.author, version.message) == (1, None, ANALYST, "first")
    assert (version.sources, version.basis, version.features) == ("https://example.org/a", "derived", 15)
    assert version.at.tzinfo is not None
    assert version.size > 1000
    assert store.version("two-squares", version.id) == version == store.head("two-squares")


def test_versions_follow_one_another(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    assert [version.sequence for version, _content in made] == [1, 2, 3, 4]
    assert [version.parent for version, _content in made[1:]] == [version.id for version, _content in made[:-1]]
    assert store.versions("two-squares") == [version for version, _content in reversed(made)]
    assert store.head_ids() == {"two-squares": made[-1][0].id}
    for version, old in made:
        assert_same(store.open("two-squares", version.id), old)


def test_a_publish_on_an_older_version_is_refused_and_told_the_head(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    with pytest.raises(HeadMoved) as caught:
        publish(store, with_row(content, "place", "west-town", note="mine"), made[1][0])
    assert caught.value.values == {"head": made[-1][0].id, "parent": made[1][0].id}
    with pytest.raises(HeadMoved):
        publish(store, content, None)
    assert len(store.versions("two-squares")) == 4


def test_a_publish_on_nothing_known_is_refused(store: Store, content: Content) -> None:
    with pytest.raises(UnknownDataset):
        store.publish(content, parent="0123456789ab", author=ANALYST, message="?")
    version = publish(store, content)
    with pytest.raises(UnknownVersion, match=version.id):
        store.publish(content, parent="0123456789ab", author=ANALYST, message="?")
    with pytest.raises(NothingChanged):
        publish(store, content, version)


def test_a_double_click_makes_one_version(store: Store, content: Content) -> None:
    first = publish(store, content, idempotency_key="click 1")
    assert publish(store, content, idempotency_key="click 1") == first
    changed = with_row(content, "place", "west-town", note="other")
    with pytest.raises(KeyUsed, match=first.id):
        publish(store, changed, first, idempotency_key="click 1")
    second = publish(store, changed, first, idempotency_key="click 2")
    assert publish(store, changed, first, idempotency_key="click 2") == second
    assert len(store.versions("two-squares")) == 2


def test_a_restored_version_equals_the_old_one_under_an_id_of_its_own(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    old, head = made[1][0], made[-1][0]
    restored = store.restore("two-squares", old.id, parent=head.id, author=ANALYST, message="back")
    assert (restored.restores, restored.parent, restored.sequence) == (old.id, head.id, 5)
    assert (restored.content, restored.size, restored.features) == (old.content, old.size, old.features)
    assert restored.id not in {version.id for version, _content in made}
    assert_same(store.open("two-squares"), made[1][1])
    assert_same(store.open("two-squares", old.id), made[1][1])
    assert store.documents("two-squares") == store.documents("two-squares", old.id)


def test_a_restore_is_refused_where_a_publish_is(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    first, head = made[0][0], made[-1][0]
    with pytest.raises(HeadMoved):
        store.restore("two-squares", first.id, parent=made[1][0].id, author=ANALYST, message="back")
    with pytest.raises(NothingChanged):
        store.restore("two-squares", head.id, parent=head.id, author=ANALYST, message="back")
    with pytest.raises(UnknownVersion):
        store.restore("two-squares", "0123456789ab", parent=head.id, author=ANALYST, message="back")
    store.withdraw("two-squares", first.id, author=ANALYST, reason="an address")
    with pytest.raises(VersionWithdrawn):
        store.restore("two-squares", first.id, parent=head.id, author=ANALYST, message="back")


def test_a_withdrawn_version_keeps_what_is_known_of_it_and_gives_out_nothing(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    head, before = made[-1][0], made[-2][0]
    gone = store.withdraw("two-squares", head.id, author=ANALYST, reason="a danger to a witness")
    assert gone.withdrawn
    assert (gone.withdrawn.by, gone.withdrawn.reason) == (ANALYST.key, "a danger to a witness")
    assert replace(gone, withdrawn=None) == head
    assert store.withdraw("two-squares", head.id, author=ANALYST, reason="again") == gone
    for read in (store.open, store.documents, store.frame):
        with pytest.raises(VersionWithdrawn, match=head.id):
            read("two-squares", head.id)
    assert store.head("two-squares") == before
    assert store.head_ids() == {"two-squares": before.id}
    with pytest.raises(VersionWithdrawn):
        publish(store, content, head)
    assert publish(store, content, before).sequence == 5


def test_a_dataset_of_withdrawn_versions_has_no_head(store: Store, content: Content) -> None:
    version = publish(store, content)
    store.withdraw("two-squares", version.id, author=ANALYST, reason="all wrong")
    assert store.head_ids() == {}
    with pytest.raises(VersionWithdrawn):
        store.open("two-squares")
    assert publish(store, content).sequence == 2


def test_datasets_stand_beside_one_another(store: Store, content: Content) -> None:
    other = replace(content, dataset=replace(content.dataset, name="other", title="Other"))
    one, two = publish(store, content), publish(store, other)
    assert store.head_ids() == {"two-squares": one.id, "other": two.id}
    assert one.id != two.id
    assert store.frame("other", two.id).title == "Other"
    with pytest.raises(UnknownVersion):
        store.open("other", one.id)
    with pytest.raises(UnknownDataset, match="two-squares, other"):
        store.open("third")


def test_every_act_is_told_in_the_audit(store: Store, content: Content) -> None:
    made = three_versions(store, content)
    store.restore("two-squares", made[0][0].id, parent=made[-1][0].id, author=ANALYST, message="back")
    store.withdraw("two-squares", made[1][0].id, author=ANALYST, reason="why")
    store.record(Author("editor@example.org"), "sign-in", "by the provider")
    acts = store.acts()
    assert [act.action for act in reversed(acts)] == [*["publish"] * 4, "restore", "withdraw", "sign-in"]
    assert acts[1].detail == "why"
    assert {act.author for act in store.acts("two-squares")} == {ANALYST.key}
    assert len(store.acts(limit=2)) == 2


def test_another_process_sees_a_publish_at_once(store: Store, url: str, content: Content) -> None:
    other = open_store(url)
    version = publish(store, content)
    assert other.head_ids() == {"two-squares": version.id}
    assert_same(other.open("two-squares"), content)
    other.close()
