"""What the pointer is over is told beside it, without a request and without a finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from mapapp.render.page import Start
from support.map_page import DAY, click_at, look_at, visit


def hover(page: Page, latitude: float, longitude: float) -> None:
    """Move the pointer over a point of the map."""
    spot = page.evaluate("([a, b]) => mapapp.map.latLngToContainerPoint([a, b])", [latitude, longitude])
    page.mouse.move(spot["x"] + 1, spot["y"])
    page.mouse.move(spot["x"], spot["y"])


def test_ground_tells_holder_place_and_since_and_follows_the_day(opened, watch):
    opened.evaluate("mapapp.setLayers(['control'])")
    asked = len(watch.requests)
    hover(opened, 35.6, 40.5)
    tip = opened.locator(".tip")
    expect(tip).to_have_text(re.compile("^Syrian Democratic Forces.*near .*since "))
    opened.evaluate("mapapp.setDay('2017-07-12')")
    expect(tip).to_contain_text("Islamic State")
    assert len(watch.requests) == asked
    opened.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_place_tells_its_holder_by_its_dot_or_name(opened):
    opened.evaluate("mapapp.setLayers(['control', 'place'])")
    hover(opened, 35.0192, 40.4535)
    expect(opened.locator(".tip strong")).to_have_text("Mayadin")
    expect(opened.locator(".tip")).to_contain_text("Islamic State")


def test_a_position_and_a_zone_tell_of_themselves(opened, edition):
    row = edition.slice("position", DAY).query("actor == 'isis' and kind == 'command'").iloc[0]
    look_at(opened, row.geometry.y, row.geometry.x, 11)
    hover(opened, row.geometry.y, row.geometry.x)
    expect(opened.locator(".tip strong")).to_have_text(row["name"])
    expect(opened.locator(".tip")).to_contain_text("Command post")
    assert opened.locator(".folium-map.pointing").count() == 1
    opened.evaluate("mapapp.setLayers(['control', 'zone'])")
    longitude, latitude = edition.slice("zone", DAY).geometry.iloc[0].exterior.coords[0]
    look_at(opened, latitude, longitude)
    hover(opened, latitude, longitude)
    expect(opened.locator(".tip strong")).to_contain_text("De-escalation zone")


def test_the_tip_goes_with_the_pointer_and_stays_on_the_map(opened):
    size = opened.viewport_size
    room = opened.locator(".folium-map").bounding_box()
    for x, y in ((60, room["height"] - 60), (room["width"] - 340, room["height"] - 40), (room["width"] / 2, 4)):
        opened.mouse.move(x, y)
        opened.wait_for_timeout(60)
        box = opened.locator(".tip").bounding_box()
        assert box is not None, (x, y)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= room["height"]
    opened.locator(".slider:not(.other)").hover()
    expect(opened.locator(".tip")).to_be_hidden()


@pytest.mark.parametrize("over", [".legend", ".leaflet-control-zoom"])
def test_nothing_is_told_over_what_lies_on_the_map(opened, over):
    hover(opened, 35.6, 40.5)
    expect(opened.locator(".tip")).to_be_visible()
    opened.locator(over).hover()
    expect(opened.locator(".tip")).to_be_hidden()


def test_a_click_answers_and_the_tip_makes_room(opened):
    opened.evaluate("mapapp.setLayers(['control'])")
    hover(opened, 35.6, 40.5)
    expect(opened.locator(".tip")).to_be_visible()
    click_at(opened, 35.6, 40.5)
    expect(opened.locator(".tip")).to_be_hidden()


def test_a_finger_gets_the_answer_not_the_tip(open_context, server, built):
    page = visit(open_context("phone").new_page(), server.put("/embed", built, Start(DAY, ("control",))))
    page.touchscreen.tap(200, 300)
    page.locator(".leaflet-popup").wait_for()
    expect(page.locator(".tip")).to_be_hidden()
