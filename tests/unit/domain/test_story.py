import json
from dataclasses import asdict, replace

import pytest
from shapely import Point, box

from mapapp.domain.errors import UnknownStop
from mapapp.domain.story import (
    LANGUAGES,
    Figure,
    Sentence,
    Story,
    check_story,
    find_source,
    measure_figure,
    read_story,
)


@pytest.fixture(scope="module")
def story(edition) -> Story:
    assert edition.dataset.story is not None
    return edition.dataset.story


def test_the_built_in_story_has_no_fault(edition, story):
    assert check_story(story, edition) == []
    assert 7 <= len(story.stops) <= 12


def test_stops_go_forward_in_time_and_never_tell_of_later_events(edition, story):
    days = [stop.day for stop in story.stops]
    assert days == sorted(days)
    for stop in story.stops:
        told = [find_source(edition, source) for sentence in stop.sentences for source in sentence.sources]
        assert [row["id"] for row in told if row and row.get("day", "") > stop.day] == [], stop.id


def test_a_stop_shows_what_it_tells(edition, story):
    for stop in story.stops:
        rows = [find_source(edition, source) for sentence in stop.sentences for source in sentence.sources]
        events = [row for row in rows if row and "plotted" in row and row["plotted"] and row["kind"] != "statement"]
        view = box(*stop.extent)
        assert [row["id"] for row in events if not view.contains(Point(row["geometry"]))] == [], stop.id
        assert any(row["day"] == stop.day for row in rows if row and "plotted" in row), stop.id


def test_every_number_of_a_sentence_is_a_date_or_stands_in_its_sources(edition, story):
    """Figures in a text are placeholders; the other digits are days, or words of the source itself."""
    for stop in story.stops:
        for sentence in stop.sentences:
            rows = [row for source in sentence.sources if (row := find_source(edition, source))]
            known = " ".join(
                f"{row.get('day', '')} {row.get('title', '')} {row['name']} {row['source']}" for row in rows
            )
            for word in sentence.texts["en"].replace(",", " ").replace(".", " ").split():
                digits = word.strip(";:'’")
                if digits.isdigit() and rows:
                    assert digits in known or f"-{int(digits):02}" in known, (stop.id, word)


def test_no_source_is_general_knowledge(edition, story):
    sources = {source for stop in story.stops for sentence in stop.sentences for source in sentence.sources}
    assert [source for source in sources if "general knowledge" in find_source(edition, source)["source"]] == []


def test_figures_are_those_of_the_edition(edition):
    areas = edition.stats.areas_on("2017-05-06")
    isis = sum(km2 for holder, km2 in areas.items() if holder.key == "isis") / edition.stats.country_km2
    assert measure_figure(edition, Figure("share", holder="isis"), "2017-05-06") == pytest.approx(isis, abs=1e-6)
    banks = edition.stats.banks_on("2017-09-05")["west"]
    west = sum(km2 for holder, km2 in banks.items() if holder.key == "gov") / sum(banks.values())
    assert measure_figure(edition, Figure("share", holder="gov", bank="west"), "2017-09-05") == pytest.approx(west)
    assert measure_figure(edition, Figure("closest_km"), "2017-09-21") == edition.closest_on("2017-09-21").km
    assert measure_figure(edition, Figure("front_km", "2017-09-21"), "2017-05-06") == edition.contact_km_on(
        "2017-09-21"
    )


def test_a_story_survives_being_written_and_read(story):
    assert read_story(json.loads(json.dumps(asdict(story)))) == story


def test_a_stop_is_found_by_number_and_by_id(story):
    third = story.find("3")
    assert third == story.stops[2]
    assert story.find(third.id) == third
    assert story.number(third) == 3
    for name in ("0", str(len(story.stops) + 1), "-1", "1.0", "nowhere", ""):
        with pytest.raises(UnknownStop) as refused:
            story.find(name)
        assert str(len(story.stops)) in refused.value.message


def test_every_fault_is_told(edition, story):
    texts = dict.fromkeys(LANGUAGES, "On that day {n} km.")
    bad = Sentence(texts | {"ru": ""}, ("event:nothing",), {"km": Figure("share", day="2018-02-30", holder="nobody")})
    stop = replace(story.stops[0], id="7", day="2018-01-01", extent=(2.0, 1.0, 1.0, 2.0), sentences=(bad,))
    stop = replace(stop, sentences=(bad, Sentence(dict.fromkeys(LANGUAGES, "Nobody says so."), (), {})))
    faults = "\n".join(check_story(replace(story, stops=(stop, stop)), edition))
    for word in (
        "two stops have one id",
        "not a number",
        "is not west, south, east, north",
        "2018-01-01 lies outside",
        "missing in ru",
        "(en) are ['n'], those given ['km']",
        "there is no event:nothing",
        "2018-02-30",
        "there is no actor nobody",
        "sentence 2: it names no source and no figure",
    ):
        assert word in faults, word
