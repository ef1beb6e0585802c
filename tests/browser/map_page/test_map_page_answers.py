"""What the map page answers to a click, to strangers' texts and to the page around it."""

import geopandas as gpd
import pytest
from shapely import Point

from mapapp.domain.measure import holders_of
from mapapp.domain.projection import local_projection
from mapapp.render.page import Start, build_page
from mapapp.resources.messages import messages
from support.map_page import DAY, click_at, close_popup, look_at, visit
from support.poison import TEXT, poisoned


def test_a_click_answers_for_a_place_of_the_holder_that_was_hit(opened, edition):
    opened.evaluate("mapapp.setLayers(['control'])")
    control = edition.slice("control", DAY)
    for latitude, longitude in ((35.6, 40.5), (35.1, 39.6), (34.9, 40.7), (35.4, 40.6)):
        look_at(opened, latitude, longitude)
        click_at(opened, latitude, longitude)
        point = control[control.contains(Point(longitude, latitude))]
        holder = holders_of(point)[0]
        assert opened.locator(".card dd[data-holder]").first.get_attribute("data-holder") == holder.key
        assert f"{edition.stats.areas_on(DAY)[holder]:,.0f} km²" in opened.locator(".card").inner_text()
        close_popup(opened)


def test_a_popup_follows_the_day(opened):
    opened.evaluate("mapapp.setLayers(['control'])")
    click_at(opened, 35.6, 40.5)
    assert "Syrian Democratic Forces" in opened.locator(".card").inner_text()
    opened.evaluate("mapapp.setDay('2017-07-12')")
    assert "Islamic State" in opened.locator(".card").inner_text()


def test_evidence_from_after_the_day_says_so(opened):
    opened.evaluate("mapapp.setLayers(['control'])")
    opened.evaluate("mapapp.setDay('2017-05-20')")
    click_at(opened, 34.9, 40.7)
    assert "known from evidence of" in opened.locator(".card").inner_text()
    assert "days later" in opened.locator(".card").inner_text()


def test_a_position_answers_for_itself(opened, edition):
    row = edition.slice("position", DAY).query("actor == 'isis' and kind == 'command'").iloc[0]
    look_at(opened, row.geometry.y, row.geometry.x, 11)
    click_at(opened, row.geometry.y, row.geometry.x)
    assert row["name"] in opened.locator(".card h2").inner_text()
    assert "Command post" in opened.locator(".card").inner_text()


def test_a_zone_says_that_its_ring_is_a_reconstruction(opened, edition):
    opened.evaluate("mapapp.setLayers(['control', 'zone'])")
    ring = edition.slice("zone", DAY).geometry.iloc[0].exterior.coords
    longitude, latitude = ring[0]
    look_at(opened, latitude, longitude)
    click_at(opened, latitude, longitude)
    assert "reconstruction" in opened.locator(".card").inner_text()


@pytest.fixture
def hostile(page, server, edition):
    return visit(page, server.put("/hostile", build_page(poisoned(edition), messages("en")), Start(DAY)))


def test_hostile_texts_stay_text_everywhere(hostile, edition):
    words = " ".join(TEXT.split())
    assert words in " ".join(hostile.locator(".legend").text_content().split())
    assert words in " ".join(hostile.locator(".credit").text_content().split())
    event = next(iter(edition.layers["event"].query("plotted").itertuples()))
    hostile.evaluate("day => mapapp.setDay(day)", event.day)
    look_at(hostile, event.geometry.y, event.geometry.x, 11)
    click_at(hostile, event.geometry.y, event.geometry.x)
    assert words in " ".join(hostile.locator(".card").text_content().split())
    hostile.evaluate("mapapp.setLayers(['control'])")
    close_popup(hostile)
    click_at(hostile, event.geometry.y, event.geometry.x)
    assert words in " ".join(hostile.locator(".card h2").text_content().split())
    assert hostile.evaluate("window.hurt") is None
    assert hostile.locator("img, .card script, .card a").count() == 0


def test_the_place_is_the_one_whose_cell_was_hit(opened, edition):
    opened.evaluate("mapapp.setLayers(['control'])")
    longitude, latitude = 40.45, 35.72
    look_at(opened, latitude, longitude)
    click_at(opened, latitude, longitude)
    places = edition.layers["place"]
    places = places[places["side"] == "left"].to_crs(local_projection(edition.dataset.extent))
    point = gpd.GeoSeries([Point(longitude, latitude)], crs=4326).to_crs(places.crs).iloc[0]
    nearest = places.loc[places.distance(point).idxmin(), "name"]
    assert opened.locator(".card h2").inner_text() == nearest
