"""The plain Folium map: a day's slice, no other host, and no text that runs."""

import re
import sys

import folium
import pytest
from branca.element import Figure

import mapapp
from mapapp.api import map_of
from mapapp.domain.edition import Edition
from mapapp.domain.errors import DayOutsideDataset, NotADay, UnknownLayer
from mapapp.render import leaflet_files, plain_map
from mapapp.resources.messages import messages
from support.poison import HOSTILE, poisoned

DAY = "2017-09-21"
EVERYTHING = ("control", "zone", "river", "position", "place", "event", "bank", "estimate")


def html_of(made: folium.Map) -> str:
    return str(made.get_root().render())


def features_of(made: folium.Map) -> dict[str, list[dict]]:
    layers = [child for child in made._children.values() if isinstance(child, folium.GeoJson) and child.control]
    return {layer.layer_name.split("> ")[-1]: layer.data["features"] for layer in layers}


def test_shows_the_slice_of_the_day(edition: Edition) -> None:
    made = features_of(map_of(DAY))
    single = [holder.actor for holder in edition.stats.areas_on(DAY) if holder.actor]
    assert [name.rsplit(" ", 1)[0] for name in list(made)[: len(single)]] == [
        plain_map.plain_text(edition.dataset.actor(key).name) for key in single
    ]
    held = edition.slice("control", DAY)
    drawn = [features for name, features in made.items() if "&#37;" in name or name == "Contested or shared"]
    assert sum(map(len, drawn)) == len(held)
    assert len(made["Positions"]) == len(edition.slice("position", DAY))
    assert len(made["De-escalation zones"]) == len(edition.slice("zone", DAY))
    assert len(made["Rivers"]) == len(edition.layers["river"])


def test_layers_may_be_changed_and_chosen(edition: Edition) -> None:
    few = {**edition.layers, "position": edition.layers["position"][edition.layers["position"]["actor"] == "sdf"]}
    made = features_of(map_of(DAY, layers=few, show=["position"]))
    assert list(made) == ["Positions"]
    assert 0 < len(made["Positions"]) < len(edition.slice("position", DAY))


def test_every_layer_can_be_shown() -> None:
    made = features_of(map_of(DAY, show=EVERYTHING))
    assert {"Places", "Events", "Banks of the Euphrates", "Holder estimated"} <= set(made)


def test_asks_no_other_host() -> None:
    html = html_of(map_of(DAY))
    loaded = re.findall(r"<(?:script|link|img)[^>]*?(?:src|href)=\"([^\"]*)", html)
    assert loaded
    assert [url[:60] for url in loaded if not url.startswith("data:")] == []
    for url in (leaflet_files.script_url(), leaflet_files.style_url("#D3E0E6")):
        assert url in html


def test_does_not_change_other_maps() -> None:
    before = list(folium.Map.default_js)
    map_of(DAY).add_js_link("more", "data:text/javascript,1")
    assert folium.Map.default_js == before
    assert all(name != "more" for name, _ in map_of(DAY).default_js)


def test_hostile_texts_reach_neither_templates_nor_markup(edition: Edition) -> None:
    made = plain_map.map_of(poisoned(edition), DAY, messages=messages("en"), show=EVERYTHING)
    html = html_of(made)
    assert "49" not in re.findall(r"\b49\b(?=\|)", html)
    for text in ("{{7*7}}", "{% if", "{% endraw %}", "</script><script>window", "<img src=x", "\u2028"):
        assert text not in html
    assert plain_map.plain_text("{{7*7}}").replace("&", r"\u0026") in html


def test_a_colour_that_is_none_does_not_reach_the_script() -> None:
    assert plain_map.colour_of("#A1b2C3") == "#A1b2C3"
    assert plain_map.colour_of("red; {{7*7}}") == plain_map.NO_COLOUR
    assert plain_map.colour_of("#12345\n") == plain_map.NO_COLOUR


@pytest.mark.parametrize("text", [*HOSTILE, "`${alert(1)}`", "a\\b'c\"d", "\ud800", "&lt;", "Дейр دَير é"])
def test_plain_text_is_letters_and_references(text: str) -> None:
    assert re.fullmatch(r"(?:[\w \-.,:()/]|&#[0-9]+;)*", plain_map.plain_text(text))


def test_wrong_days_and_layers_are_refused() -> None:
    with pytest.raises(NotADay):
        map_of("21.9.2017")
    with pytest.raises(DayOutsideDataset):
        map_of("2016-01-01")
    with pytest.raises(UnknownLayer):
        map_of(DAY, show=["control", "roads"])


def test_the_package_offers_it_when_asked() -> None:
    assert mapapp.map_of is map_of
    assert "control" in mapapp.load_layers()
    assert {"load_layers", "map_of", "__version__"} <= set(dir(mapapp))
    with pytest.raises(AttributeError, match="nothing"):
        _ = mapapp.nothing
    assert "mapapp.api" in sys.modules


def test_is_titled_in_the_language_asked_for(edition: Edition) -> None:
    figure = plain_map.map_of(edition, DAY, messages=messages("ru"), show=("river",)).get_root()
    assert isinstance(figure, Figure)
    assert figure.title.startswith(edition.dataset.title_ru.split("-")[0])
