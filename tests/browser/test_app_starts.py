"""However the application is started, it is the same: our routes, our options, nobody told who reads it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.machine import ROOT, own_command
from support.serving import serving

ENTRY = str(ROOT / "mapapp" / "app.py")
WAYS: dict[str, Callable[[int], list[str]]] = {
    "streamlit": lambda port: [
        own_command("streamlit"),
        "run",
        str(ROOT / "mapapp/app.py"),
        "--server.port",
        str(port),
    ],
    "uvicorn": lambda port: [sys.executable, "-m", "uvicorn", "mapapp.app:app", "--port", str(port)],
}


@pytest.mark.parametrize("way", WAYS)
def test_other_ways_to_start(way: str, page: Page, tmp_path: Path) -> None:
    with serving(WAYS[way], tmp_path / "log.txt", cwd=tmp_path) as served:
        page.goto(f"{served.url}/?date=2017-09-05")
        expect(page.locator(".mapapp-heading .date")).to_have_text("5 September 2017", timeout=30_000)
        expect(page.frame_locator("iframe.pane").locator("input[type=range]").first).to_be_visible(timeout=30_000)
        headers = page.request.get(served.url).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        expect(page.get_by_test_id("stMainMenu")).not_to_be_visible()
        page.goto("about:blank")  # before the server goes
