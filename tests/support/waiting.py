"""Waiting for a page to become so; Playwright's wait_for_function polls by eval, which our policies refuse."""

import time
from collections.abc import Callable

from playwright.sync_api import Frame, Page

SECONDS = 20.0


def wait_until(page: Page, check: Callable[[], object], seconds: float = SECONDS) -> None:
    """Ask again and again until the answer is true; raise TimeoutError when it never is."""
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not so after {seconds} s")
        page.wait_for_timeout(20)


def wait_for_day(frame: Frame, day: str) -> None:
    """Wait until the map in the frame shows the day."""
    wait_until(frame.page, lambda: frame.evaluate("() => window.mapapp && window.mapapp.day") == day)
