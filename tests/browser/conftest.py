"""A real Chromium, the real app behind a real port, and a watch over what the pages do."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.machine import find_program, own_command
from support.serving import Served, serving
from support.watching import Watch

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True},
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

OpenContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, cut off from every host but this machine."""
    program = find_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test when a page complains in the console or asks any other host; `allow` lets words pass."""
    watch = Watch()
    yield watch
    assert not watch.complaints, "\n".join(watch.complaints)


@pytest.fixture
def open_context(chromium: Browser, watch: Watch) -> Iterator[OpenContext]:
    """Open watched browser contexts: open_context("phone", reduced_motion="reduce")."""
    opened: list[BrowserContext] = []

    def open_one(screen: str = "desktop", **options: Any) -> BrowserContext:
        context = chromium.new_context(**{**SCREENS[screen], "locale": "en-GB", **options})
        opened.append(context)
        watch.follow(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    """A page on a desktop screen, 1280 x 800."""
    return open_context("desktop").new_page()


@pytest.fixture
def phone(open_context: OpenContext) -> Page:
    """A page on a phone's screen, 390 x 844, with touch."""
    return open_context("phone").new_page()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real app, started once as `mapapp serve` on a free port."""
    log = tmp_path_factory.mktemp("served") / "log.txt"
    with serving(lambda port: [own_command(), "serve", "--port", str(port)], log) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the app's log with the failure of a test that used it."""
    report = yield
    running = getattr(item, "funcargs", {}).get("served")
    if report.failed and isinstance(running, Served):
        report.sections.append(("the app's log", running.last_words()))
    return report
