"""The server may end and come back behind an open page: map, panel and address agree again, on the map's day."""

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, expect

from support.machine import free_port, own_command
from support.serving import Served, stop, wait_until_up
from support.waiting import wait_until


def start(port: int, log: Path) -> tuple[Served, subprocess.Popen[bytes]]:
    """Start the application on a port and wait until it answers."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            [own_command(), "serve", "--port", str(port)], stdin=subprocess.DEVNULL, stdout=words, stderr=words
        )
    served = Served(f"http://127.0.0.1:{port}", log)
    wait_until_up(served, process)
    return served, process


def test_after_a_restart_the_map_leads(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page()  # unwatched: a server that is away makes any page complain
    port = free_port()
    served, process = start(port, tmp_path / "first.txt")
    try:
        page.goto(f"{served.url}/?date=2017-09-05")
        slider = page.frame_locator("iframe.pane").locator("input[type=range]").first
        heading = page.locator(".mapapp-heading .date")
        slider.press("ArrowRight")
        expect(heading).to_have_text("6 September 2017", timeout=30_000)
    finally:
        stop(process)
    slider.press("ArrowRight")
    _served, process = start(port, tmp_path / "second.txt")
    try:
        expect(heading).to_have_text("7 September 2017", timeout=60_000)
        wait_until(page, lambda: "date=2017-09-07" in page.url)
    finally:
        stop(process)
        page.close()
