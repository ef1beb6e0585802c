"""Comparing two days from a link: see what is hatched, move on."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Page, expect

from support.serving import Served
from support.waiting import wait_for_day, wait_until

REMEMBER = """() => addEventListener(
    "mapapp:painted", () => { window.hatchedThen = window.mapapp.overlay; }, { once: true })"""


def open_app(page: Page, served: Served, query: str) -> Frame:
    page.goto(f"{served.url}/{query}")
    expect(page.locator(".mapapp-panel .shares").first).to_be_visible(timeout=30_000)
    frame = page.locator("iframe.pane").element_handle().content_frame()
    assert frame is not None
    wait_until(page, lambda: frame.url != "about:blank")
    frame.wait_for_load_state()
    return frame


def hatched(frame: Frame) -> int:
    return int(frame.evaluate("() => window.mapapp ? window.mapapp.overlay : 0"))


def compared(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("compare", [])


def test_a_link_opens_hatched_and_follows_the_map(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-09-21&compare=2017-09-05")
    wait_until(page, lambda: hatched(frame) > 2)
    expect(frame.locator(".legend .gained")).to_contain_text("Taken since 5 September 2017")
    says = page.locator(".mapapp-compare .says")
    expect(says).to_contain_text("Between 5 and 21 September 2017")
    frame.evaluate(REMEMBER)
    frame.locator("input[type=range]").first.press("ArrowLeft")
    wait_until(page, lambda: frame.evaluate("() => window.hatchedThen !== undefined"))
    assert frame.evaluate("() => window.hatchedThen") == 0, "another day is not hatched with what belongs to this one"
    wait_for_day(frame, "2017-09-20")
    expect(says).to_contain_text("Between 5 and 20 September 2017")
    wait_until(page, lambda: hatched(frame) > 2)
    assert compared(page) == ["2017-09-05"]


def test_a_wrong_day_gives_a_notice(page: Page, served: Served) -> None:
    open_app(page, served, "?compare=2019-09-05")
    expect(page.locator(".mapapp-notice")).to_contain_text("compared with no other day")
