"""The two sets of colours in the application: address, map, panel and switches agree, and nothing is loaded anew."""

from playwright.sync_api import Page, expect

from mapapp.domain.edition import Edition
from mapapp.render.look import look_of
from support.app_page import address, is_drawn, open_app
from support.serving import Served
from support.waiting import wait_until


def test_a_click_paints_the_map_and_the_panel_in_the_bright_colours(
    page: Page, served: Served, edition: Edition
) -> None:
    frame = open_app(page, served)
    frame.evaluate("window.stamp = 'same document'")
    gov = {palette: look_of(edition, palette).fills["gov"] for palette in ("default", "bright")}
    shown = "[...document.querySelectorAll('.shares .swatch')].map(one => one.style.background)"
    colour = {name: "rgb({}, {}, {})".format(*bytes.fromhex(text[1:])) for name, text in gov.items()}
    assert colour["default"] in page.evaluate(shown)
    page.get_by_text("Bright colours").first.click()
    wait_until(page, lambda: frame.evaluate("mapapp.palette") == "bright")
    wait_until(page, lambda: address(page).get("palette") == ["bright"])
    wait_until(page, lambda: colour["bright"] in page.evaluate(shown))
    frame.locator(".palette input").uncheck()
    wait_until(page, lambda: "palette" not in address(page))
    wait_until(page, lambda: colour["default"] in page.evaluate(shown))
    assert not page.get_by_role("checkbox", name="Bright colours").is_checked()
    assert frame.evaluate("window.stamp") == "same document"


def test_an_address_with_a_palette_opens_in_it_and_a_wrong_one_is_told(page: Page, served: Served) -> None:
    assert open_app(page, served, "?palette=bright").evaluate("mapapp.palette") == "bright"
    frame = open_app(page, served, "?palette=neon")
    wait_until(page, lambda: is_drawn(frame) and frame.evaluate("mapapp.palette") == "default")
    expect(page.locator(".mapapp-notice")).to_contain_text("There is no palette “neon”")
