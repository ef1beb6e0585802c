"""The guided tour in the page itself: by keyboard, by link, in a sandbox, on a phone, in a parent's frame."""

import pytest
from playwright.sync_api import Page, expect

from mapapp.domain.edition import Edition
from mapapp.render.page import MapPage, Start
from mapapp.resources.messages import messages
from mapapp.services.story import story_block
from support.map_page import SANDBOX, Shelf, look_at, shown, visit
from support.waiting import wait_until


@pytest.fixture
def told(server: Shelf, built: MapPage, edition: Edition):
    """Put the page with its story under a path: told(stop) returns the address."""

    def put(stop: str | None = None, day: str | None = None, parents: tuple[str, ...] = ()) -> str:
        story = edition.dataset.story
        opened = story.find(stop) if stop else None
        start = Start(
            day or (opened.day if opened else "2017-09-21"), parents=parents, story=True, stop=opened and opened.id
        )
        html = built.html(start, story_block(edition, messages("en")))
        server.pages["/told"] = (html, SANDBOX + built.policy)
        return f"{server.url}/told"

    return put


def in_view(page: Page, extent: tuple[float, float, float, float]) -> bool:
    """Say whether the map shows the whole extent."""
    west, south, east, north = page.evaluate(
        "(() => { const b = mapapp.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()] })()"
    )
    return west <= extent[0] and south <= extent[1] and east >= extent[2] and north >= extent[3]


def test_the_whole_tour_by_keyboard_alone(page: Page, told, edition: Edition) -> None:
    visit(page, told())
    page.locator("button.launch").focus()
    page.keyboard.press("Enter")
    for number, stop in enumerate(edition.dataset.story.stops, 1):
        expect(page.locator(".story h2")).to_have_text(stop.title["en"])
        expect(page.locator(".story .progress")).to_have_text(f"Step {number} of {len(edition.dataset.story.stops)}")
        assert shown(page) == stop.day
        wait_until(page, lambda stop=stop: in_view(page, stop.extent))
        assert set(page.evaluate("mapapp.layers")) == set(stop.layers)
        page.keyboard.press("Enter")  # the focus has stayed on Next
    expect(page.locator(".story")).to_be_hidden()
    assert shown(page) == edition.dataset.story.stops[-1].day
    assert len(page.evaluate("mapapp.layers")) == 7
    assert page.evaluate("document.activeElement.matches('.launch')")


def test_a_hasty_reader_ends_at_the_view_of_the_last_stop(page: Page, told, edition: Edition) -> None:
    visit(page, told("1"))
    page.evaluate("for (let i = 0; i < 7; i += 1) document.querySelector('.story .next').click()")
    last = edition.dataset.story.stops[7]
    wait_until(page, lambda: not page.evaluate("mapapp.map._animatingZoom") and in_view(page, last.extent))
    assert shown(page) == last.day
    assert page.evaluate("mapapp.map.getZoom()") > 10


def test_escape_skips_the_rest(page: Page, told) -> None:
    visit(page, told("2"))
    page.locator(".story .next").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".story")).to_be_hidden()
    expect(page.locator("button.launch")).to_be_visible()
    assert page.evaluate("mapapp.story") is None


def test_a_link_opens_its_stop_on_a_day_of_its_own(page: Page, told, edition: Edition) -> None:
    third = edition.dataset.story.stops[2]
    visit(page, told("3"))
    assert page.evaluate("mapapp.story") == third.id
    assert shown(page) == third.day
    visit(page, told("3", day="2017-09-08"))
    assert shown(page) == "2017-09-08"
    page.locator(".stop-date").click()
    assert shown(page) == third.day


def test_back_goes_back_and_sources_are_named(page: Page, told, edition: Edition) -> None:
    visit(page, told("5"))
    page.locator(".story .back").click()
    expect(page.locator(".story h2")).to_have_text(edition.dataset.story.stops[3].title["en"])
    page.locator(".story summary").click()
    expect(page.locator(".story .sources li").first).to_be_visible()
    assert "Wikipedia: Deir ez-Zor campaign" in page.locator(".story .sources").inner_text()
    assert "Meduza" in page.locator(".story .remark").inner_text()


def test_a_page_without_a_story_has_nothing_of_it(page: Page, server: Shelf, built: MapPage) -> None:
    visit(page, server.put("/embed", built, Start("2017-09-21")))
    assert page.locator(".story, .launch").count() == 0


@pytest.mark.parametrize("number", [1, 9])
def test_on_a_phone_card_map_and_time_bar_share_the_page(phone: Page, told, number: int) -> None:
    visit(phone, told(str(number)))
    card, area, bar = (phone.locator(name).bounding_box() for name in (".story", ".folium-map", ".timebar"))
    assert card is not None
    assert area is not None
    assert bar is not None
    assert area["height"] >= 240
    assert area["y"] + area["height"] <= card["y"] + 1
    assert card["y"] + card["height"] <= bar["y"] + 1
    assert bar["y"] + bar["height"] <= 845
    before = shown(phone)
    look_at(phone, 35.3, 40.1)
    phone.locator(".icon.play").click()
    wait_until(phone, lambda: shown(phone) != before or number == 9)
    for name in (".story .next", ".story .back", ".story .close"):
        box = phone.locator(name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 32


def test_a_parent_learns_the_stop_and_may_choose_one(page: Page, server: Shelf, told, edition: Edition) -> None:
    address = told(parents=("self",))
    script = "addEventListener('message', (e) => { window.heard = [...(window.heard || []), e.data]; })"
    server.pages["/around"] = (f"<script>{script}</script><iframe src='{address}' width=900 height=700></iframe>", "")
    page.goto(f"{server.url}/around")
    frame = page.frame_locator("iframe")
    frame.locator("button.launch").click()
    first = edition.dataset.story.stops[0]
    tells = {"type": "mapapp:story", "stop": first.id, "number": 1, "day": first.day}
    wait_until(page, lambda: tells in page.evaluate("window.heard"))
    page.evaluate("frames[0].postMessage({ type: 'mapapp:setStory', stop: 'siege' }, '*')")
    expect(frame.locator(".story h2")).to_have_text(edition.dataset.story.find("siege").title["en"])
    page.evaluate("frames[0].postMessage({ type: 'mapapp:setStory', stop: null }, '*')")
    expect(frame.locator(".story")).to_be_hidden()


def test_less_motion_is_no_flight(open_context, told, edition: Edition) -> None:
    page = visit(open_context("desktop", reduced_motion="reduce").new_page(), told("1"))
    page.locator(".story .next").click()
    assert in_view(page, edition.dataset.story.stops[1].extent)
