"""Weigh the pages as a slow line gets them: bytes over the wire, and how long until the first map is painted.

    make bench
    python benchmarks/weight.py

Starts the application, opens `/embed` and the application's own page in a fresh Chromium each time (nothing cached),
on a line of 1.6 Mbit/s with 150 ms to and fro. The first map is painted when a frame after `mapapp:painted` is
committed. Ends with code 1 when `/embed` is heavier than 450 kB or slower than 5 s.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, Frame, Page, Request, sync_playwright

from support.serving import own_app

HERE = Path(__file__).parent
MOST_BYTES, MOST_SECONDS = 450_000, 5.0
BITS_A_SECOND, LATENCY_MS = 1.6e6, 150
RUNS = 5
DEADLINE_SECONDS = 180
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
SCREENS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
OURS = ("/embed", "/fonts/", "/api/", "/_stcore/bidi-components/mapapp")


@dataclass(frozen=True)
class Load:
    """One page, loaded once: when its first map was painted, and the bytes of each address and of the websocket."""

    seconds: float
    bytes_of: dict[str, int]
    told: int

    @property
    def total(self) -> int:
        return sum(self.bytes_of.values()) + self.told

    @property
    def ours(self) -> int:
        return sum(size for path, size in self.bytes_of.items() if path.startswith(OURS))


def load(browser: Browser, url: str, screen: str) -> Load:
    """Open a page in a context of its own on the slow line, wait for its map, count what came."""
    context = browser.new_context(viewport=SCREENS[screen])
    page = context.new_page()
    finished: list[Request] = []
    frames: list[int] = []
    context.on("requestfinished", lambda request: note(finished, request))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    page.add_init_script(path=HERE / "support/watch.js")
    slow_down(page)
    page.goto(url, timeout=DEADLINE_SECONDS * 1000, wait_until="commit")
    seconds = wait_until_painted(page)
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = {}
    for request in finished:
        told = request.sizes()
        path = urlsplit(request.url).path
        sizes[path] = sizes.get(path, 0) + told["responseBodySize"] + told["responseHeadersSize"]
    context.close()
    return Load(seconds, sizes, sum(frames))


def note(finished: list[Request], request: Request) -> None:
    """Keep a request that ended; Playwright takes no built-in method as a listener."""
    finished.append(request)


def slow_down(page: Page) -> None:
    """Put the page on the slow line, with nothing in its cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line = {"downloadThroughput": BITS_A_SECOND / 8, "uploadThroughput": BITS_A_SECOND / 8, "latency": LATENCY_MS}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})


def wait_until_painted(page: Page) -> float:
    """Return the seconds from the beginning of the navigation to the first committed frame with a map."""
    for _ in range(DEADLINE_SECONDS * 20):
        for frame in page.frames:
            if at := painted_at(frame):
                return (at - float(page.evaluate("performance.timeOrigin"))) / 1000
        page.wait_for_timeout(50)
    raise TimeoutError(f"no map within {DEADLINE_SECONDS} s")


def painted_at(frame: Frame) -> float:
    """Return when the frame painted a map, in milliseconds of the clock; 0 while it has not."""
    return float(frame.evaluate("() => (window.ownPaint ? window.ownPaint.at : 0)"))


def line_of(name: str, loads: list[Load]) -> str:
    seconds = [load.seconds for load in loads]
    heaviest = max(load.total for load in loads)
    ours = max(load.ours for load in loads)
    return (
        f"{name:<20}{len(loads):>5}{heaviest / 1000:>12.0f}{ours / 1000:>10.0f}"
        f"{np.median(seconds):>10.2f}{max(seconds):>10.2f}"
    )


def heaviest_of(load: Load, count: int = 8) -> list[str]:
    """Return the heaviest addresses of a page, one a line."""
    rows = sorted(load.bytes_of.items(), key=lambda row: -row[1])[:count]
    return [f"{size / 1000:>10.0f}  {path}" for path, size in rows]


def report(embeds: dict[str, list[Load]], app: list[Load]) -> tuple[str, bool]:
    every = [load for loads in embeds.values() for load in loads]
    within = max(load.total for load in every) <= MOST_BYTES and max(load.seconds for load in every) <= MOST_SECONDS
    one = app[0]
    lines = [
        f"A line of {BITS_A_SECOND / 1e6:g} Mbit/s and {LATENCY_MS} ms, nothing cached, {os.cpu_count()} processors,",
        "Chromium without GPU.",
        "kB (1,000 bytes) over the wire, headers counted; seconds from the click to the first painted map.",
        "",
        f"{'':<20}{'runs':>5}{'kB, most':>12}{'ours':>10}{'median s':>10}{'most s':>10}",
        *(line_of(f"/embed, {screen}", loads) for screen, loads in embeds.items()),
        line_of("/ (the application)", app),
        "",
        f"/embed is {'within' if within else 'NOT WITHIN'} its limits: {MOST_BYTES / 1000:g} kB, {MOST_SECONDS:g} s.",
        f"Of the application's page {one.ours / one.total:.0%} is ours: map, fonts, pane; the rest is Streamlit's.",
        f"{one.told / 1000:.0f} kB of it came over the websocket, counted before compression. The heaviest, in kB:",
        *heaviest_of(one),
    ]
    return "\n".join(lines) + "\n", within


def main() -> int:
    with own_app() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        embeds = {screen: [load(browser, f"{url}/embed", screen) for _ in range(RUNS)] for screen in SCREENS}
        app = [load(browser, f"{url}/", "desktop") for _ in range(2)]
        browser.close()
    text, within = report(embeds, app)
    print(text)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
