"""The story and the events in the application: addresses, Back, a click on an event."""

import pytest
from playwright.sync_api import Page, expect

from mapapp.services.catalog import open_edition
from support.serving import Served
from support.waiting import wait_until

STOPS = open_edition().dataset.story.stops


def opened(page: Page, address: str):
    """Open the application and return its map's frame once it is drawn."""
    page.goto(address)
    frame = page.frame_locator("iframe.pane")
    expect(frame.locator("html[data-state=ready]")).to_be_attached(timeout=30_000)
    return frame


def test_each_step_is_a_step_of_the_browsers_history(page: Page, served: Served) -> None:
    frame = opened(page, served.url)
    frame.locator("button.launch").click()
    for stop in STOPS[:3]:
        expect(frame.locator(".story h2")).to_have_text(stop.title["en"])
        wait_until(page, lambda stop=stop: f"story={stop.id}" in page.url and f"date={stop.day}" in page.url)
        expect(page.locator(".mapapp-heading .date")).to_contain_text(str(int(stop.day[-2:])))
        frame.locator(".story .next").click()
    wait_until(page, lambda: f"story={STOPS[3].id}" in page.url)
    page.go_back()
    expect(frame.locator(".story h2")).to_have_text(STOPS[2].title["en"])
    page.go_back()
    expect(frame.locator(".story h2")).to_have_text(STOPS[1].title["en"])
    frame.locator(".story .close").click()
    wait_until(page, lambda: "story=" not in page.url)
    expect(frame.locator(".story")).to_be_hidden()


def test_a_link_to_the_third_stop_opens_it(page: Page, served: Served) -> None:
    frame = opened(page, f"{served.url}/?story=3")
    expect(frame.locator(".story h2")).to_have_text(STOPS[2].title["en"])
    assert frame.locator(".timebar .date").inner_text() == "5 September 2017"


def test_a_stop_that_is_none_gets_a_sentence_and_the_map(page: Page, served: Served) -> None:
    frame = opened(page, f"{served.url}/?story=99")
    expect(page.locator(".mapapp-notice")).to_contain_text("There is no stop “99”")
    expect(frame.locator(".story")).to_be_hidden()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_choosing_an_event_goes_to_its_day_and_place(open_context, served: Served, screen: str) -> None:
    page = open_context(screen).new_page()
    frame = opened(page, served.url)
    tab = page.get_by_role("tab", name="Events")
    tab.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # the browser sends a click right after a scroll to the frame that was there before
    tab.click()
    event = page.get_by_role("button", name="Three-year siege broken")
    event.focus()
    page.keyboard.press("Enter")
    wait_until(page, lambda: "date=2017-09-05" in page.url)
    expect(frame.locator(".timebar .date")).to_have_text("5 September 2017")
    expect(frame.locator("path.found")).to_be_attached()
    expect(event).to_have_attribute("aria-current", "date")
    expect(page.locator("iframe.pane")).to_be_in_viewport(ratio=0.4)
    middle = "() => { const c = mapapp.map.getCenter(); return [c.lat, c.lng] }"
    wait_until(page, lambda: frame.locator("html").evaluate(middle) == pytest.approx([35.321, 40.023], abs=0.02))


def test_events_are_filtered_by_actor_and_kind(page: Page, served: Served) -> None:
    opened(page, served.url)
    page.get_by_role("tab", name="Events").click()
    items = page.locator("ul[aria-label='Events by date'] > li")
    expect(items.first).to_be_visible()
    every = items.count()
    page.get_by_role("combobox", name="Who took part").click()
    page.get_by_role("option", name="Iran", exact=True).click()
    wait_until(page, lambda: 0 < items.count() < every)
    iran = items.count()
    page.get_by_role("combobox", name="What kind").click()
    page.get_by_role("option", name="strike", exact=True).click()
    wait_until(page, lambda: 0 < items.count() < iran)
