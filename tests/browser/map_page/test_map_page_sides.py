"""Two days on one page: a divider between them, or two maps that move as one."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from mapapp.domain.edition import Edition
from mapapp.domain.periods import each_day
from mapapp.domain.views import Mode, View
from mapapp.render.page import MapPage, Start
from support.map_page import DAY, Shelf, visit
from support.waiting import wait_until

OTHER = "2017-07-12"
LATER_LEFT = "2017-11-20"
CENTRES = "() => mapapp.maps.map(map => [map.getCenter().lat, map.getCenter().lng, map.getZoom()])"
HOLDER = """([x, y]) => {
    const rows = [...document.querySelectorAll('[data-colours]')];
    return rows.map((row) => [row.dataset.holder, row.dataset.colours]);
}"""


@pytest.fixture
def swiped(page: Page, server: Shelf, built: MapPage) -> Page:
    return visit(page, server.put("/swipe", built, Start(DAY, layers=("control",), compare=OTHER, mode="swipe")))


@pytest.fixture
def beside(page: Page, server: Shelf, built: MapPage) -> Page:
    return visit(page, server.put("/side", built, Start(DAY, layers=("control",), compare=OTHER, mode="side")))


def colours(page: Page) -> dict[str, str]:
    """Return whose colour is whose, by the legend."""
    rows = page.evaluate(HOLDER, [0, 0])
    return {colour: holder for holder, colour in rows if " " not in colour}


def holder_at(page: Page, x: float, y: float) -> str:
    """Return the holder whose colour a point of the screen has."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    red, green, blue = picture.getpixel((int(x), int(y)))
    return colours(page).get(f"#{red:02X}{green:02X}{blue:02X}", f"#{red:02X}{green:02X}{blue:02X}")


def stand_alike(page: Page) -> bool:
    """Tell whether both maps have the same middle and zoom, to a fraction of a pixel, and have come to rest."""
    one, other = page.evaluate(CENTRES)
    page.wait_for_timeout(100)
    return bool(one == pytest.approx(other, abs=1e-6)) and one == page.evaluate(CENTRES)[0]


def spot(page: Page, latitude: float, longitude: float, number: int = 0) -> tuple[float, float]:
    """Return where a point of a map is on the screen."""
    point = page.evaluate(
        "([a, b, n]) => { const map = mapapp.maps[n], at = map.latLngToContainerPoint([a, b]),"
        " box = map.getContainer().getBoundingClientRect(); return [box.left + at.x, box.top + at.y]; }",
        [latitude, longitude, number],
    )
    return point[0], point[1]


TAKEN = 35.5, 40.3
"""Ground north of Deir ez-Zor that the SDF took from ISIS in September."""


def test_each_side_of_the_divider_shows_its_own_day(swiped: Page) -> None:
    swiped.evaluate("([a, b]) => mapapp.setView(a, b, 9)", TAKEN)
    x, y = spot(swiped, *TAKEN)
    divider = swiped.get_by_role("slider", name="Divider between the two days")
    divider.press("Home")
    assert holder_at(swiped, x, y) == "sdf", "beyond the divider the later day"
    divider.press("End")
    assert holder_at(swiped, x, y) == "isis", "before it the earlier day"
    assert swiped.locator(".tag").all_inner_texts() == ["12 July 2017", "21 September 2017"]


def test_the_divider_is_dragged_and_moved_by_keys_and_says_where_it_stands(swiped: Page) -> None:
    divider = swiped.get_by_role("slider", name="Divider between the two days")
    box = swiped.locator(".folium-map").bounding_box()
    assert box
    before = swiped.evaluate("() => mapapp.view")
    swiped.mouse.move(box["x"] + box["width"] / 2, box["y"] + 500)
    swiped.mouse.down()
    swiped.mouse.move(box["x"] + box["width"] / 4, box["y"] + 500, steps=4)
    swiped.mouse.up()
    assert divider.get_attribute("aria-valuenow") == "25"
    divider.press("ArrowRight")
    assert divider.get_attribute("aria-valuenow") == "27"
    told = divider.get_attribute("aria-valuetext")
    assert told == "27 percent of the map shows 12 July 2017, 73 percent 21 September 2017"
    assert swiped.evaluate("() => mapapp.view") == before, "the map stayed where it was"


def test_a_click_answers_for_the_day_on_its_side(swiped: Page) -> None:
    divider = swiped.get_by_role("slider", name="Divider between the two days")
    for key, holder in (("Home", "sdf"), ("End", "isis")):
        divider.press(key)
        swiped.evaluate("([a, b]) => { mapapp.map.closePopup(); mapapp.map.stop(); mapapp.setView(a, b, 9); }", TAKEN)
        swiped.locator(".leaflet-popup").wait_for(state="detached")
        swiped.mouse.click(*spot(swiped, *TAKEN))
        wait_until(
            swiped, lambda holder=holder: swiped.locator(f".card dd[data-holder={holder}]").count() == 1, seconds=5
        )


def test_two_maps_move_as_one(beside: Page) -> None:
    first, second = (box.bounding_box() for box in beside.locator(".folium-map").all())
    assert first
    assert second
    for box, shift in ((first, 90), (second, -140)):
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6
        beside.mouse.move(*middle)
        beside.mouse.down()
        beside.mouse.move(middle[0] + shift, middle[1] + 40, steps=5)
        during = beside.evaluate(CENTRES)
        assert during[0] == pytest.approx(during[1], abs=0.01)
        beside.mouse.up()
        wait_until(beside, lambda: stand_alike(beside), seconds=5)
    moved = beside.evaluate(CENTRES)[0]
    for box in (first, second):
        beside.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
        beside.mouse.wheel(0, -200)
        zoom = moved[2]
        wait_until(beside, lambda zoom=zoom: beside.evaluate(CENTRES)[0][2] > zoom)
        wait_until(beside, lambda: stand_alike(beside), seconds=5)
        moved = beside.evaluate(CENTRES)[0]


def test_each_of_two_maps_shows_and_answers_for_its_own_day(beside: Page) -> None:
    beside.evaluate("([a, b]) => mapapp.setView(a, b, 9)", TAKEN)
    assert holder_at(beside, *spot(beside, *TAKEN, number=0)) == "isis"
    assert holder_at(beside, *spot(beside, *TAKEN, number=1)) == "sdf"
    beside.mouse.click(*spot(beside, *TAKEN, number=1))
    beside.locator(".twin .card dd[data-holder=sdf]").wait_for()


def test_the_earlier_day_stands_first_whichever_is_moved(beside: Page) -> None:
    beside.evaluate(f"mapapp.setDay('{LATER_LEFT}')")
    tags = beside.locator(".tag")
    assert tags.all_inner_texts() == ["12 July 2017", "20 November 2017"]
    beside.evaluate("mapapp.setDay('2017-06-01')")
    assert tags.all_inner_texts() == ["1 June 2017", "12 July 2017"]
    other = beside.get_by_role("slider", name="Day to compare with")
    other.press("ArrowRight")
    wait_until(beside, lambda: other.get_attribute("aria-valuetext") == "13 July 2017")
    assert beside.evaluate("() => mapapp.compare") == "2017-07-13"
    beside.evaluate("mapapp.setCompare(null, null)")
    assert tags.count() == 0
    assert beside.locator(".folium-map").count() == 1
    assert not other.is_visible()


def test_the_legend_tells_the_shares_of_both_days(swiped: Page, edition: Edition) -> None:
    stats = edition.stats
    row = swiped.locator(".legend li[data-holder=sdf]").inner_text().split("\n")
    for day, text in zip((OTHER, DAY), row[-2:], strict=True):
        share = sum(km2 for holder, km2 in stats.areas_on(day).items() if holder.key == "sdf") / stats.country_km2
        assert text == f"{100 * share:.1f}%"


def test_maps_stand_above_each_other_on_a_phone(phone: Page, server: Shelf, built: MapPage) -> None:
    visit(phone, server.put("/side", built, Start(DAY, compare=OTHER, mode="side")))
    first, second = (box.bounding_box() for box in phone.locator(".folium-map").all())
    assert first
    assert second
    assert first["width"] == second["width"] == 390
    assert second["y"] >= first["y"] + first["height"]


def test_a_view_opens_there_and_is_told(page: Page, server: Shelf, built: MapPage) -> None:
    visit(page, server.put("/view", built, Start(DAY, view=View(34.5, 40.5, 10.25))))
    assert page.evaluate("() => mapapp.view") == {"lat": 34.5, "lng": 40.5, "zoom": 10.25}


def test_a_place_is_ringed_on_both_maps_and_on_the_one_that_is_left(beside: Page) -> None:
    beside.evaluate("([lat, lng]) => mapapp.show(lng, lat)", TAKEN)
    assert [beside.locator(f"{box} path.found").count() for box in (".folium-map", ".twin")] == [2, 1]
    beside.evaluate("() => mapapp.setCompare(null, null)")
    assert beside.locator("path.found").count() == 1
    beside.evaluate("(other) => mapapp.setCompare(other, 'side')", OTHER)
    assert beside.locator(".twin path.found").count() == 1
    beside.evaluate("() => mapapp.show()")
    assert beside.locator("path.found").count() == 0


@pytest.mark.parametrize("mode", ["side", "swipe"])
def test_the_legend_has_the_signs_of_both_days(
    page: Page, server: Shelf, built: MapPage, edition: Edition, mode: Mode
) -> None:
    events = edition.layers["event"]
    eventful = set(events.loc[events["plotted"].astype(bool), "day"])
    quiet = next(day for day in each_day(DAY, edition.dataset.last_day) if day not in eventful)
    loud = max(day for day in eventful if day < quiet)
    url = server.put(f"/signs-{mode}", built, Start(loud, layers=("event",), compare=quiet, mode=mode))
    visit(page, url)
    event = page.locator(".signs li:not([hidden]) .name", has_text="Event")
    assert event.count() == 1
    page.evaluate("(quiet) => { mapapp.setDay(quiet); mapapp.setCompare(null, null); }", quiet)
    assert event.count() == 0
    page.evaluate("([loud, mode]) => mapapp.setCompare(loud, mode)", [loud, mode])
    assert event.count() == 1, "drawn on the one side only"
    later = max(day for day in each_day(edition.dataset.first_day, loud) if day not in eventful)
    page.evaluate("(quiet) => mapapp.setDay(quiet)", later)
    assert event.count() == 1, "and on the other"
