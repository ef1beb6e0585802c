"""The plain Folium map in a browser that reaches no host: it draws, it answers, it runs nothing of its data."""

from pathlib import Path

import folium
import pytest
from playwright.sync_api import Page

from mapapp.domain.edition import Edition
from mapapp.render import plain_map
from mapapp.resources.messages import messages
from support.poison import HOSTILE, poisoned

DAY = "2017-09-21"
COUNT_COLOURS = """() => {
    const canvas = document.querySelector(".leaflet-overlay-pane canvas");
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4 * 97) {
        if (data[at + 3] === 255) seen.add(data.slice(at, at + 3).join());
    }
    return seen.size;
}"""
PLACE_TO_HOVER = """() => {
    const map = Object.values(window).find((value) => value instanceof L.Map);
    let place = map.getSize().divideBy(2);
    map.eachLayer((layer) => {
        const point = layer.feature && layer.getLatLng && map.latLngToContainerPoint(layer.getLatLng());
        if (point && map.getSize().subtract(point).x > 700 && point.x > 60 && point.y > 60) place = point;
    });
    return [place.x, place.y];
}"""


def show(page: Page, made: folium.Map, folder: Path) -> None:
    """Open a map as a saved file."""
    path = folder / "map.html"
    made.save(str(path))
    page.goto(path.as_uri())
    page.wait_for_selector(".leaflet-control-layers label")


def painted(page: Page) -> int:
    """Count the colours on the map's canvas, in steps of a few pixels."""
    return int(page.evaluate(COUNT_COLOURS))


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space, as a browser shows it."""
    return " ".join(text.split())


def test_draws_without_a_network_and_with_markers_and_popups(edition: Edition, page: Page, tmp_path: Path) -> None:
    made = plain_map.map_of(edition, DAY, messages=messages("en"))
    folium.Marker([35.33, 40.14], popup=folium.Popup("Here it is", show=True)).add_to(made)
    show(page, made, tmp_path)
    assert painted(page) > 4
    assert page.inner_text(".leaflet-popup-content") == "Here it is"
    assert page.evaluate("document.querySelector('.leaflet-marker-icon').naturalWidth") > 0
    assert "Source:" in page.inner_text(".leaflet-control-attribution")
    assert page.locator(".leaflet-attribution-flag").count() == 0


def test_shows_in_the_frame_of_a_notebook(edition: Edition, page: Page, tmp_path: Path) -> None:
    made = plain_map.map_of(edition, DAY, messages=messages("en"))
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!DOCTYPE html><meta charset=utf-8>{made._repr_html_()}", encoding="utf-8")
    page.goto(notebook.as_uri())
    page.frame_locator("iframe").locator(".leaflet-control-layers label").first.wait_for()


@pytest.mark.parametrize("layer", ["control", "position"])
def test_hostile_texts_are_shown_as_text(edition: Edition, page: Page, tmp_path: Path, layer: str) -> None:
    show(page, plain_map.map_of(poisoned(edition), DAY, messages=messages("en"), show=[layer]), tmp_path)
    x, y = page.evaluate(PLACE_TO_HOVER)
    page.mouse.move(x + 2, y)
    page.mouse.move(x, y)
    words = page.inner_text(".leaflet-tooltip") + page.inner_text(".leaflet-control-layers")
    for text in HOSTILE:
        assert one_line(text) in one_line(words)
    assert page.evaluate("window.hurt") is None
    assert page.title().startswith(HOSTILE[0])
