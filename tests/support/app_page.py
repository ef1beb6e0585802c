"""The application in a browser, opened and read as a reader would."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error, Frame, Page, expect

from support.serving import Served
from support.waiting import wait_until


def open_app(page: Page, served: Served, query: str = "") -> Frame:
    """Open the application and return the map's frame once the map is drawn and the panel filled."""
    page.goto(f"{served.url}/{query}")
    expect(page.locator(".mapapp-panel .shares").first).to_be_visible(timeout=30_000)
    frame = page.locator("iframe.pane").element_handle().content_frame()
    assert frame is not None
    wait_until(page, lambda: is_drawn(frame))
    return frame


def is_drawn(frame: Frame) -> bool:
    """Tell whether the map is in the frame; not yet while the frame is on its way from the empty page to the map's."""
    try:
        return bool(frame.evaluate("() => Boolean(window.mapapp && window.mapapp.day)"))
    except Error:
        return False


def address(page: Page) -> dict[str, list[str]]:
    """Return the parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)
