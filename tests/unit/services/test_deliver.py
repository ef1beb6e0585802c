"""What is handed out, and how it is tagged, compressed and named."""

import gzip
import json
from importlib.resources import files

import brotli
import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption
from mapapp.render.page import Start
from mapapp.services import deliver

LANGUAGES = sorted(folder.name for folder in (files("mapapp.resources") / "locales").iterdir() if folder.is_dir())
MOST_BYTES = 450_000


def test_body_is_the_same_in_every_encoding() -> None:
    body = deliver.Body(b"words " * 500)
    assert gzip.decompress(body.gzip) == brotli.decompress(body.brotli) == body.plain
    assert len(body.brotli) < len(body.plain)


def test_tag_follows_the_bytes() -> None:
    assert deliver.Body(b"a").tag == deliver.Body(b"a").tag != deliver.Body(b"b").tag


def test_topology_has_every_area_layer_and_a_transform(edition: Edition) -> None:
    told = json.loads(deliver.topology_json(edition).plain)
    assert {"control", "zone", "bank"} <= set(told["objects"])
    assert "transform" in told
    assert deliver.topology_json(edition) is deliver.topology_json(edition)


def test_stats_begin_with_the_first_day_asked_for(edition: Edition) -> None:
    told = json.loads(deliver.stats_json(edition, "2017-09-20", "2017-09-30").plain)
    days = sorted({row["day"] for row in told["area_km2"]})
    inside = [day for day in edition.change_days if "2017-09-20" < day <= "2017-09-30"]
    assert days == ["2017-09-20", *inside]
    assert sorted({row["day"] for row in told["bank_km2"]}) == days


def test_stats_rows_have_the_shape_of_the_api(edition: Edition) -> None:
    told = json.loads(deliver.stats_json(edition, "2017-05-06", "2017-12-31").plain)
    assert set(told) == {"dataset", "version", "area_km2", "bank_km2"}
    assert set(told["area_km2"][0]) == {"day", "actor", "status", "parties", "km2"}
    assert set(told["bank_km2"][0]) == {"day", "bank", "actor", "status", "parties", "km2"}
    for row in told["area_km2"]:
        assert (row["status"] == "control") == (row["actor"] is not None) == (row["parties"] is None)


def test_stats_in_force_are_those_of_the_last_change(edition: Edition) -> None:
    told = json.loads(deliver.stats_json(edition, "2017-12-31", "2017-12-31").plain)
    areas = edition.stats.areas_on("2017-12-31")
    assert sum(row["km2"] for row in told["area_km2"]) == pytest.approx(sum(areas.values()), rel=1e-6)


def test_stats_refuse_an_end_before_the_beginning(edition: Edition) -> None:
    with pytest.raises(BadOption):
        deliver.stats_json(edition, "2017-09-30", "2017-09-20")


def test_closest_begins_with_the_first_day_asked_for(edition: Edition) -> None:
    told = json.loads(deliver.closest_json(edition, "2017-09-20", "2017-09-30").plain)
    inside = [day for day in edition.contact_days if "2017-09-20" < day <= "2017-09-30"]
    assert [row["day"] for row in told["closest"]] == ["2017-09-20", *inside]
    assert inside


def test_closest_refuses_an_end_before_the_beginning(edition: Edition) -> None:
    with pytest.raises(BadOption):
        deliver.closest_json(edition, "2017-09-30", "2017-09-20")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_embedded_page_is_light_in_every_language(edition: Edition, language: str) -> None:
    body = deliver.page_html(edition, Start(edition.dataset.default_day, lang=language))
    assert len(body.gzip) < MOST_BYTES
    assert len(body.brotli) < MOST_BYTES
