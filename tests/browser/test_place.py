"""A reader finds a place by a spelling of its name, sees who held it when, and the map goes there."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Page, expect

from support.serving import Served
from support.waiting import wait_for_day, wait_until

MAYADIN = (35.02, 40.45)


def map_of(page: Page) -> Frame:
    """Return the map's frame once the map is drawn."""
    wait_until(page, lambda: any("/embed" in frame.url for frame in page.frames))
    frame = next(frame for frame in page.frames if "/embed" in frame.url)
    wait_for_day(frame, "2017-09-21")
    return frame


def is_at(frame: Frame, latitude: float, longitude: float) -> bool:
    """Tell whether the middle of the map is near a point, drawn near enough to see a town, and ringed."""
    spot = frame.evaluate("() => ({ ...mapapp.map.getCenter(), zoom: mapapp.map.getZoom() })")
    near = abs(spot["lat"] - latitude) < 0.05 and abs(spot["lng"] - longitude) < 0.05
    return near and spot["zoom"] >= 11 and frame.locator("path.found").count() == 1


def places_named(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("place", [])


def test_a_place_is_found_shown_flown_to_linked_and_closed(page: Page, served: Served) -> None:
    page.goto(served.url)
    frame = map_of(page)
    frame.evaluate("() => { window.stamp = 'same document'; }")
    box = page.get_by_role("textbox", name="Search a place")
    box.fill("الميادين")
    box.press("Enter")
    page.get_by_role("list", name="Places found").get_by_role("button").first.click()
    card = page.get_by_role("region", name="Who held Mayadin")
    expect(card.get_by_role("listitem")).to_have_count(2)
    expect(card.locator("[aria-current]")).to_contain_text("Islamic State")
    expect(box).to_have_value("")
    wait_until(page, lambda: is_at(frame, *MAYADIN))
    wait_until(page, lambda: places_named(page) == ["mayadin"])
    assert frame.evaluate("() => window.stamp") == "same document"
    page.get_by_role("button", name="Close this place").click()
    expect(card).to_have_count(0)
    wait_until(page, lambda: not places_named(page))
    wait_until(page, lambda: frame.locator("path.found").count() == 0)
    page.go_back()
    expect(card).to_have_count(1)
    assert frame.evaluate("() => window.stamp") == "same document"


def test_a_link_to_a_place_opens_there(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/?place=mayadin")
    expect(page.get_by_role("region", name="Who held Mayadin")).to_be_visible(timeout=30_000)
    frame = map_of(page)
    wait_until(page, lambda: is_at(frame, *MAYADIN))


def test_an_unknown_place_and_a_name_not_found_are_told(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/?place=<img src=x>")
    expect(page.locator(".mapapp-notice")).to_contain_text("no place “<img src=x>”", timeout=30_000)
    box = page.get_by_role("textbox", name="Search a place")
    box.fill("xvxvxvxv<b>")
    box.press("Enter")
    expect(page.locator(".mapapp-none")).to_contain_text("xvxvxvxv<b>")


def test_a_click_on_the_map_opens_the_history_of_the_place_that_was_hit(page: Page, served: Served) -> None:
    page.goto(served.url)
    frame = map_of(page)
    frame.evaluate("() => mapapp.map.setView([35.0209, 40.4517], 11, { animate: false })")
    before, steps = frame.evaluate("() => mapapp.map.getCenter().lng"), page.evaluate("() => history.length")
    size = frame.evaluate("() => mapapp.map.getSize()")
    frame.locator(".folium-map").click(position={"x": size["x"] * 0.4, "y": size["y"] * 0.7})
    title = frame.locator(".card h2").inner_text()
    card = page.get_by_role("region", name=f"Who held {title}")
    expect(card).to_be_visible()
    wait_until(page, lambda: places_named(page) == [frame.locator(".card").get_attribute("data-place")])
    assert frame.locator(".card").is_visible()
    assert abs(frame.evaluate("() => mapapp.map.getCenter().lng") - before) < 0.001, "ringed, not flown to"
    assert page.evaluate("() => history.length") == steps + 1
    page.get_by_role("button", name="Close this place").click()
    expect(card).to_have_count(0)
    frame.get_by_role("button", name="Its whole history").click()
    expect(card).to_be_visible()


def test_in_a_page_of_others_the_popup_tells_the_history_itself(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/embed?layers=control")
    wait_for_day(page.main_frame, "2017-09-21")
    page.evaluate("() => mapapp.map.setView([35.336, 40.141], 12, { animate: false })")
    page.locator(".folium-map").click(position={"x": 640, "y": page.evaluate("() => mapapp.map.getSize().y") / 2})
    tenures = page.locator(".card .tenures li")
    expect(tenures.first).to_be_visible()
    expect(page.locator(".card .tenures li[aria-current]")).to_have_count(1)
    for day in tenures.locator(".days").all_inner_texts():
        assert "2017" in day
    assert page.locator(".card .tell").count() == 0
