"""The palettes in the page: what is drawn, the legend and the switch agree."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from mapapp.render.look import look_of
from mapapp.render.page import Start
from support.map_page import DAY, look_at, visit

SHOWN = (
    "[...document.querySelectorAll('.holders [data-colours]')].map(row => [row.dataset.holder, row.dataset.colours])"
)


def colours_on(page: Page) -> set[str]:
    """Return the colours of the map that many pixels have."""
    page.wait_for_timeout(100)
    picture = np.asarray(Image.open(BytesIO(page.locator(".folium-map").screenshot())).convert("RGB"))
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    return {"#" + bytes(colour).hex().upper() for colour, count in zip(colours, counts, strict=True) if count > 3000}


@pytest.mark.parametrize("palette", ["default", "bright"])
def test_the_page_opens_in_the_palette_asked_for(page, server, built, edition, palette):
    visit(page, server.put("/palette", built, Start(DAY, palette=palette)))
    look_at(page, 35.0, 38.5, 6.5)
    look = look_of(edition, palette)
    legend = {holder.key: " ".join(style.colours) for holder, style in look.holders.items()}
    assert dict(page.evaluate(SHOWN)) == legend
    assert {look.fills[key] for key in ("gov", "sdf", "isis", "opposition")} <= colours_on(page)
    assert page.locator(".palette input").is_checked() == (palette == "bright")


def test_the_switch_paints_the_same_page_anew(opened, edition):
    look_at(opened, 35.0, 38.5, 6.5)
    before, view = colours_on(opened), opened.evaluate("mapapp.map.getCenter()")
    opened.locator(".palette input").focus()
    opened.keyboard.press("Space")
    fills = {palette: look_of(edition, palette).fills for palette in ("default", "bright")}
    assert {fills["bright"][key] for key in ("gov", "sdf", "isis")} <= colours_on(opened)
    assert opened.evaluate("[mapapp.palette, mapapp.day]") == ["bright", DAY]
    assert opened.evaluate("mapapp.map.getCenter()") == view
    assert opened.evaluate("mapapp.setPalette('neon')") is False
    opened.keyboard.press("Space")
    assert colours_on(opened) == before
