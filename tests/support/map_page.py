"""The map page by itself, answered as /embed answers it, without the app around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Page

from mapapp.render.page import MapPage, Start
from support.waiting import wait_until

DAY = "2017-09-21"
SANDBOX = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads; "


class Shelf(ThreadingHTTPServer):
    """Answers each path with the page put there."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.pages: dict[str, tuple[str, str]] = {}

    @property
    def url(self) -> str:
        """The address of the root, without a slash."""
        return f"http://127.0.0.1:{self.server_port}"

    def put(self, path: str, built: MapPage, start: Start) -> str:
        """Put a map page under a path; return its address."""
        self.pages[path] = (built.html(start), SANDBOX + built.policy)
        return self.url + path


class _Answer(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        """Answer with the page, or with nothing."""
        html, policy = self.server.pages.get(self.path, ("", ""))
        self.send_response(200 if html else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(html.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def shelf() -> Iterator[Shelf]:
    """Run a shelf on a free port until the block ends."""
    server = Shelf()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def visit(page: Page, url: str) -> Page:
    """Open a map page and wait until it is drawn in its own type."""
    page.goto(url)
    wait_until(page, lambda: page.evaluate("document.documentElement.dataset.state") == "ready")
    return page


def shown(page: Page) -> str:
    """Return the day on the map."""
    return str(page.evaluate("window.mapapp.day"))


def look_at(page: Page, latitude: float, longitude: float, zoom: float = 9) -> None:
    """Move the map so that the point is in its middle."""
    page.evaluate("([a, b, z]) => mapapp.map.setView([a, b], z, { animate: false })", [latitude, longitude, zoom])


def click_at(page: Page, latitude: float, longitude: float) -> None:
    """Click on a point of the map and wait for the answer."""
    spot = page.evaluate("([a, b]) => mapapp.map.latLngToContainerPoint([a, b])", [latitude, longitude])
    page.locator(".folium-map").click(position={"x": spot["x"], "y": spot["y"]})
    page.locator(".leaflet-popup").wait_for()


def close_popup(page: Page) -> None:
    """Close the popup and wait until it is gone."""
    page.locator(".leaflet-popup-close-button").click()
    page.locator(".leaflet-popup").wait_for(state="detached")
