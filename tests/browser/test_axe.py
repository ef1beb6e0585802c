"""axe-core finds nothing, of any impact, on any page or in the map's frame, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from support.app_page import open_app
from support.axe import violations
from support.serving import Served
from support.waiting import wait_until
from support.watching import Watch

OpenContext = Callable[..., BrowserContext]
STATES = "?place=mayadin&compare=2017-09-01&date=2017-10-14"
PAGES = ["embed", "embed?palette=bright&lang=ar", "embed?date=2019-01-01", "method", "licences"]


@pytest.fixture(params=["light", "dark"])
def seen(request: pytest.FixtureRequest, open_context: OpenContext) -> Page:
    """A page for a reader who asks for that scheme."""
    return open_context("desktop", color_scheme=request.param).new_page()


def test_the_application_and_its_frame(seen: Page, served: Served) -> None:
    frame = open_app(seen, served)
    assert violations(seen) == []
    assert violations(frame) == []
    seen.get_by_role("textbox", name="Search a place").fill("deir")
    seen.keyboard.press("Enter")
    expect(seen.get_by_role("list", name="Places found")).to_be_visible()
    assert violations(seen) == []


def test_the_application_with_everything_open(seen: Page, served: Served) -> None:
    open_app(seen, served, STATES)
    expect(seen.get_by_role("region", name="Who held Mayadin")).to_be_visible()
    seen.get_by_text("Charts, changes and figures").click()
    expect(seen.locator(".mapapp-changes table").first).to_be_visible(timeout=20_000)
    wait_until(
        seen,
        lambda: seen.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").count() > 2,
    )
    assert violations(seen) == []
    seen.get_by_role("button", name="Embed").click()
    expect(seen.get_by_role("dialog")).to_be_visible()
    assert violations(seen) == []


def test_the_application_on_a_phone(open_context: OpenContext, served: Served) -> None:
    phone = open_context("phone").new_page()
    frame = open_app(phone, served)
    assert violations(phone) == []
    assert violations(frame) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_other_page(seen: Page, served: Served, watch: Watch, path: str) -> None:
    watch.allow("status of 400")
    seen.goto(f"{served.url}/{path}")
    assert violations(seen) == []
