"""What the map page draws."""

import random

import pytest

from mapapp.domain.measure import holders_of
from mapapp.render.page import Start
from support.map_page import DAY, visit
from support.pixels import pixel_shares


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_areas_on_the_screen_are_those_of_the_statistics(open_context, screen, server, built, edition):
    page = visit(open_context(screen).new_page(), server.put("/embed", built, Start(DAY, ("control",))))
    page.locator(".views .country").click()
    page.locator(".legend").evaluate("legend => { legend.open = false; legend.style.visibility = 'hidden'; }")
    page.wait_for_timeout(600)
    for day in random.Random(20170921).sample([edition.dataset.first_day, *edition.change_days], 12):
        assert page.evaluate("day => mapapp.setDay(day)", day)
        measured = pixel_shares(page)
        areas = edition.stats.areas_on(day)
        for holder, km2 in areas.items():
            assert measured[holder.key] == pytest.approx(km2 / edition.stats.country_km2, abs=0.01), (day, holder.key)


def test_the_legend_names_who_holds_ground_that_day_and_no_one_else(opened, edition):
    rows = opened.locator("[data-holder]:not([hidden])").evaluate_all("rows => rows.map(row => row.dataset.holder)")
    assert set(rows) == {holder.key for holder in holders_of(edition.slice("control", DAY))}


def test_layers_can_be_switched(opened):
    assert opened.locator(".legend li:not([hidden])", has_text="De-escalation").count() == 1
    opened.evaluate("mapapp.setLayers(['control'])")
    assert opened.evaluate("mapapp.layers") == ["control"]
    assert opened.locator(".legend li:not([hidden])", has_text="De-escalation").count() == 0


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_nothing_lies_over_anything(open_context, screen, server, built):
    page = visit(open_context(screen).new_page(), server.put("/embed", built, Start(DAY)))
    boxes = [
        page.locator(selector).bounding_box()
        for selector in (".leaflet-control-zoom", ".views", ".legend", ".credit", ".leaflet-control-scale", ".timebar")
    ]
    width = page.viewport_size["width"]
    for number, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width
        for other in boxes[number + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
