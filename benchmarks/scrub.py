"""Compare, in one run, how fast a day is on screen: this project's page against st_folium rebuilt at each step.

    make bench
    python benchmarks/scrub.py

Both are driven by the right arrow key in the same Chromium. A step lasts from `keydown` to the first message after
the animation frame that follows the drawing: a frame committed, not light on the glass. Days on which no area
changes are left out, for there st_folium has nothing to draw. Ends with code 1
when the page is not ten times as fast at the median.
"""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import CDPSession, Page, sync_playwright
from xstatic.pkg import leaflet

from mapapp.domain.edition import Edition
from mapapp.domain.periods import shift_day
from mapapp.ingest.layers import load_edition
from mapapp.render.page import Start, build_page
from mapapp.resources.messages import messages
from support.serving import free_port, wait_for

HERE = Path(__file__).parent
FIRST_DAY, STEPS, TIMES_FASTER = "2017-09-01", 36, 10
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
VIEW = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Run:
    """The milliseconds of each step, and the script time a step takes in the browser."""

    name: str
    steps: list[float]
    script: float

    @property
    def line(self) -> str:
        median, late = np.median(self.steps), np.percentile(self.steps, 95)
        return f"{self.name:<28}{len(self.steps):>6}{median:>10.1f}{late:>10.1f}{self.script:>14.1f}"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def own_page(edition: Edition) -> Iterator[str]:
    """Serve the page as a file; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        html = build_page(edition, messages("en")).html(Start(day=FIRST_DAY))
        (Path(folder) / "index.html").write_text(html, encoding="utf-8")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/index.html"
        finally:
            server.shutdown()
            server.server_close()


@contextlib.contextmanager
def rebuilt_page() -> Iterator[str]:
    """Serve the alternative with Streamlit, Leaflet beside it; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "support" / "rebuilt_map.py", folder)
        (Path(folder) / "static").mkdir()
        for name in ("leaflet.js", "leaflet.css"):
            shutil.copy(Path(leaflet.BASE_DIR) / name, Path(folder) / "static")
        port = free_port()
        options = {
            "server.port": port, "server.address": "127.0.0.1", "server.headless": "true",
            "server.enableStaticServing": "true", "browser.gatherUsageStats": "false", "server.fileWatcherType": "none",
        }  # fmt: skip
        command = [sys.executable, "-m", "streamlit", "run", "rebuilt_map.py"]
        command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
        paths = [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}/?first={FIRST_DAY}"
        finally:
            server.terminate()
            server.wait(20)


def script_seconds(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float({row["name"]: row["value"] for row in metrics}["ScriptDuration"])


def painted(page: Page, day: str) -> None:
    page.wait_for_function(
        "day => window.lastPaint && window.lastPaint.day === day", arg=day, polling=20, timeout=60_000
    )


def measure(page: Page, name: str, url: str, slider: str, counted: set[str]) -> Run:
    """Open a page, press the right arrow STEPS times, wait for each day's frame."""
    page.add_init_script(path=HERE / "support/watch.js")
    page.goto(url)
    painted(page, FIRST_DAY)
    page.focus(slider)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before, steps = script_seconds(session), []
    for number in range(1, STEPS + 1):
        page.wait_for_timeout(150)
        day = shift_day(FIRST_DAY, number)
        page.keyboard.press("ArrowRight")
        painted(page, day)
        if day in counted:
            steps.append(page.evaluate("window.lastPaint.at - window.keyAt"))
    return Run(name, steps, (script_seconds(session) - before) / STEPS * 1000)


def compare(edition: Edition) -> tuple[Run, Run]:
    """Measure both in one browser, one after the other."""
    counted = set(edition.change_days)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with own_page(edition) as url:
            page = browser.new_page(viewport=VIEW)
            own = measure(page, "this page", url, "input[type=range]", counted)
            page.close()
        with rebuilt_page() as url:
            page = browser.new_page(viewport=VIEW)
            other = measure(
                page,
                "st_folium, rebuilt each step",
                url,
                ".stSlider input[type=range], .stSlider [role=slider]",
                counted,
            )
        browser.close()
    return own, other


def report(own: Run, other: Run) -> tuple[str, float]:
    ratio = float(np.median(other.steps) / np.median(own.steps))
    lines = [
        f"Scrubbing {STEPS} days from {FIRST_DAY} by keyboard, {VIEW['width']} x {VIEW['height']} pixels,",
        f"Chromium without GPU, {os.cpu_count()} processors. Milliseconds from keydown to the committed frame,",
        "steps on which areas change.",
        "",
        f"{'':<28}{'steps':>6}{'median':>10}{'p95':>10}{'script/step':>14}",
        own.line,
        other.line,
        "",
        f"The page is {ratio:.1f} times as fast at the median (at least {TIMES_FASTER} are asked for).",
        "script/step: JavaScript in the browser per step, by its own account (CDP ScriptDuration).",
    ]
    return "\n".join(lines) + "\n", ratio


def main() -> int:
    text, ratio = report(*compare(load_edition()))
    print(text)
    return 0 if ratio >= TIMES_FASTER else 1


if __name__ == "__main__":
    sys.exit(main())
