import json
import re
from dataclasses import replace

import pytest

from mapapp.domain.errors import UnknownStop
from mapapp.domain.story import LANGUAGES
from mapapp.resources.messages import messages
from mapapp.services.story import find_stop, opening, story_block
from mapapp.services.words import kilometres, percent


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_is_told_in_every_language_with_its_figures_filled_in(edition, language):
    block = story_block(edition, messages(language))
    assert len(block["stops"]) == len(edition.dataset.story.stops)
    for stop in block["stops"]:
        assert stop["title"]
        assert stop["sources"]
        assert not re.search(r"[{}]|nan|None", " ".join(stop["sentences"])), stop["id"]
    assert len({json.dumps(story_block(edition, messages(other))["stops"]) for other in LANGUAGES}) == 3


def test_the_figures_told_are_those_of_the_edition(edition):
    words = messages("en")
    stops = {stop["id"]: " ".join(stop["sentences"]) for stop in story_block(edition, words)["stops"]}
    areas = {holder.key: km2 for holder, km2 in edition.stats.areas_on("2017-05-06").items()}
    isis = percent(areas["isis"] / edition.stats.country_km2, words, decimals=0)
    assert f"ISIS held {isis} % of Syria" in stops["zones"]
    assert f"{kilometres(edition.closest_on('2017-09-21').km, words)} km lay between" in stops["face-to-face"]
    assert f"{kilometres(edition.contact_km_on('2017-09-21'), words)} km of front" in stops["face-to-face"]


def test_each_source_is_named_once_with_what_it_is_about(edition):
    for stop in story_block(edition, messages("en"))["stops"]:
        names = [(source["source"], source["url"]) for source in stop["sources"]]
        assert len(names) == len(set(names)), stop["id"]
        assert all(source["about"] for source in stop["sources"])


def test_only_events_on_the_map_are_marked(edition):
    layer = edition.layers["event"].set_index("id")
    told = {mark["day"] for stop in story_block(edition, messages("en"))["stops"] for mark in stop["marks"]}
    assert told <= set(layer.loc[layer["plotted"], "day"])


def test_an_address_opens_a_stop_offers_the_story_or_does_neither(edition):
    assert opening(edition, None) is None
    assert opening(edition, "offer") is None
    assert opening(edition, "2") == opening(edition, "line") == edition.dataset.story.stops[1]
    with pytest.raises(UnknownStop):
        opening(edition, "nowhere")


def test_a_dataset_without_a_story_has_none_to_tell(edition):
    bare = replace(edition, dataset=replace(edition.dataset, story=None))
    assert story_block(bare, messages("en")) is None
    for name in ("1", "offer"):
        with pytest.raises(UnknownStop):
            opening(bare, name)
    with pytest.raises(UnknownStop):
        find_stop(bare, "1")
