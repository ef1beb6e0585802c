"""The map as a file: it opens from a disk, its slider works, it asks no one, and what the data say stays text."""

from pathlib import Path

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services import export_html
from mapapp.services.export_html import order_html
from support.poison import poisoned
from support.waiting import wait_until


def saved(edition: Edition, folder: Path, language: str = "en", **asked: str) -> str:
    made = export_html.export_html(edition, order_html(edition, asked, messages(language)))
    file = folder / made.name
    file.write_bytes(made.content)
    return file.as_uri()


def open_saved(page, address: str) -> None:
    page.goto(address)
    wait_until(page, lambda: page.evaluate("document.documentElement.dataset.state") == "ready")


def asked_for(watch) -> list[str]:
    return [url for url in watch.requests if not url.startswith(("data:", "blob:"))]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_opens_from_a_disk_and_its_slider_works(page, edition, tmp_path, watch, language) -> None:
    address = saved(edition, tmp_path, language, date="2017-09-05", palette="bright", view="35.3,40.1,8")
    open_saved(page, address)
    assert page.evaluate("mapapp.day") == "2017-09-05"
    before = page.locator(".date").inner_text()
    page.locator(".slider").first.focus()
    page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")  # time runs as the language is written
    wait_until(page, lambda: page.evaluate("mapapp.day") == "2017-09-06")
    assert page.locator(".date").inner_text() != before
    page.mouse.click(640, 300)
    assert asked_for(watch) == [address]


def test_hostile_names_stay_text(page, edition, tmp_path, watch) -> None:
    address = saved(poisoned(edition), tmp_path)
    open_saved(page, address)
    for x in range(300, 1000, 100):
        page.mouse.click(x, 350)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hurt") is None
    assert "{{7*7}}" in page.content()
    assert asked_for(watch) == [address]
