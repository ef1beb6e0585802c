"""Tiles under the fills: shown from the one server named, and quietly done without when it fails."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image, ImageColor
from playwright.sync_api import expect

from mapapp.render.page import Start
from mapapp.render.tiles import Tiles
from support.map_page import DAY, SANDBOX, look_at, visit
from support.tile_server import INK, tile_server
from support.waiting import wait_until

CREDIT = (("© a mapper", "https://example.org/copyright"), (" and others", ""))
SEA = (33.6, 35.2)


@pytest.fixture
def tiles():
    """A running tile server."""
    with tile_server() as server:
        yield server


@pytest.fixture
def laid(server, built, tiles):
    """Put the page with these tiles on the shelf; return its address."""
    base = Tiles("own", "Our tiles", tiles.template, CREDIT)
    server.put("/laid?base=own", built, Start(DAY, base=base, bases=(("own", "Our tiles"), ("other", "Others"))))
    html, _ = server.pages["/laid?base=own"]
    server.pages["/laid?base=own"] = html, SANDBOX + built.policy_with(base)
    return server.url + "/laid?base=own"


def test_tiles_are_seen_through_the_fills_and_credited(page, laid, tiles, watch):
    visit(page, laid)
    wait_until(page, lambda: page.evaluate("mapapp.tiles") >= 8)
    assert all(path.endswith(".png") for path, _ in tiles.asked)
    assert {referer for _, referer in tiles.asked} == {None}, "a page in a sandbox tells nobody where it stands"
    look_at(page, *SEA, 8)
    wait_until(page, lambda: page.evaluate("mapapp.tiles") >= 8)
    page.wait_for_timeout(200)
    assert count_of(page, ImageColor.getrgb(INK)) > 300, "the tiles' own ink, where nothing is held"
    line = page.locator(".tiles")
    expect(line).to_contain_text("© a mapper and others")
    assert line.locator("a").get_attribute("href") == "https://example.org/copyright"
    asked = {url for url in watch.requests if not url.startswith("data:")}
    assert all(url == laid or url.startswith(tiles.template.partition("{")[0]) for url in asked)


def count_of(page, colour) -> int:
    """Count the pixels of the screen that have a colour."""
    picture = np.asarray(Image.open(BytesIO(page.locator(".folium-map").screenshot())).convert("RGB"))
    return int((picture == np.array(colour)).all(axis=2).sum())


def test_when_the_server_dies_the_bundled_ground_stays_and_a_line_says_so(page, laid, tiles, watch):
    watch.allow("503")
    visit(page, laid)
    wait_until(page, lambda: page.evaluate("mapapp.tiles") > 0)
    tiles.dead = True
    look_at(page, *SEA, 8.5)
    expect(page.locator(".tiles [role=status]")).to_contain_text("does not answer")
    wait_until(page, lambda: page.evaluate("mapapp.tiles") == 0)
    expect(page.locator(".tiles a")).to_be_hidden()
    assert count_of(page, ImageColor.getrgb(INK)) == 0
    asked = len(tiles.asked)
    look_at(page, 35.3, 40.1, 8)
    page.wait_for_timeout(400)
    assert len(tiles.asked) == asked, "it is not asked again"
    assert page.evaluate("mapapp.setDay('2017-12-01')")


def test_a_server_that_never_answers_is_done_without(page, laid, tiles):
    tiles.may_answer.clear()
    visit(page, laid)
    assert "Deir ez-Zor" in [name["words"] for name in page.evaluate("mapapp.names")], "nothing waits for tiles"
    expect(page.locator(".tiles [role=status]")).to_contain_text("does not answer", timeout=12_000)
    assert page.evaluate("mapapp.tiles") == 0


def test_the_policy_lets_no_other_host_in(page, server, built, tiles, watch):
    watch.allow("Content Security Policy")
    base = Tiles("own", "Our tiles", tiles.template, CREDIT)
    server.put("/strict", built, Start(DAY, base=base))  # under the policy without tiles
    visit(page, server.url + "/strict")
    expect(page.locator(".tiles [role=status]")).to_contain_text("does not answer")
    assert tiles.asked == []


def test_another_map_is_asked_for_with_day_and_view_of_the_one_on_show(page, laid, watch):
    visit(page, laid)
    page.evaluate("mapapp.setDay('2017-06-01')")
    look_at(page, 34.5, 38.25, 9)
    page.locator(".tiles select").select_option("")
    wait_until(page, lambda: "view=" in watch.requests[-1])
    asked = parse_qs(urlsplit(watch.requests[-1]).query)
    assert set(asked) == {"date", "view"}
    assert asked["date"] == ["2017-06-01"]
    assert [float(part) for part in asked["view"][0].split(",")] == pytest.approx([34.5, 38.25, 9], abs=0.005)


def test_without_background_maps_there_is_no_line_about_them(opened):
    expect(opened.locator(".tiles")).to_be_hidden()
    assert opened.evaluate("mapapp.tiles") == 0
