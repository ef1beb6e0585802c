"""The application offers the background maps of its settings, and opens the map's page anew for another one."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from support.machine import own_command
from support.serving import Served, serving
from support.tile_server import TileServer, tile_server
from support.waiting import wait_until


@pytest.fixture(scope="module")
def tiles() -> Iterator[TileServer]:
    """A running tile server."""
    with tile_server() as server:
        yield server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, tiles: TileServer) -> Iterator[Served]:
    """The real app with tiles of its own in the settings."""
    env = {**os.environ, "MAPAPP_BASE_MAP_URL": tiles.template, "MAPAPP_BASE_MAP_CREDIT": "© a mapper"}
    log = tmp_path_factory.mktemp("served") / "log.txt"
    with serving(lambda port: [own_command(), "serve", "--port", str(port)], log, env=env) as running:
        yield running


def test_a_reader_chooses_tiles_and_the_address_follows(page: Page, served: Served, tiles: TileServer) -> None:
    page.goto(f"{served.url}/?date=2017-09-05")
    box = page.locator(".st-key-base-map")
    expect(box).to_be_visible(timeout=30_000)
    expect(page.frame_locator("iframe.pane").locator(".date")).to_have_text("5 September 2017", timeout=20_000)
    assert tiles.asked == [], "nobody is asked before the reader says so"
    expect(page.frame_locator("iframe.pane").locator(".tiles")).to_be_hidden()
    box.get_by_role("combobox").click()
    page.get_by_role("option").last.click()
    wait_until(page, lambda: "base=own" in page.url)
    line = page.frame_locator("iframe.pane").locator(".tiles")
    expect(line).to_contain_text("© a mapper")
    expect(page.frame_locator("iframe.pane").locator(".date")).to_have_text("5 September 2017")
    wait_until(page, lambda: len(tiles.asked) > 4)
    page.evaluate("history.back()")
    wait_until(page, lambda: "base=" not in page.url)
    expect(line).to_be_hidden()
