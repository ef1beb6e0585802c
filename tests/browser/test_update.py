"""An analyst's day in a browser: take a layer, change it, upload, read the difference, publish, look, restore."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from support.axe import violations
from support.serving import Served
from support.theatre_files import serving_theatre
from support.waiting import wait_until

OpenContext = Callable[..., BrowserContext]
UPLOADERS_OWN = "presentation-role-conflict"
"""Streamlit's uploader names its drop zone, which has the role of none; axe rates it minor."""

SLOW = 40_000


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application with the small theatre."""
    with serving_theatre(tmp_path_factory.mktemp("theatre")) as running:
        yield running


def upload(page: Page, served: Served, name: str, content: bytes) -> None:
    """Open the first step and bring a file."""
    page.goto(f"{served.url}/?page=update&lang=en")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    read = page.get_by_role("button", name="Read and check")
    expect(read).to_be_enabled(timeout=SLOW)
    read.click()
    expect(page.get_by_role("heading", name="What should it do?")).to_be_visible(timeout=SLOW)


def to_faults(page: Page) -> None:
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.get_by_role("heading", name="Their columns, our properties")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Go on to the faults").click()
    expect(page.get_by_role("heading", name="Faults", exact=True)).to_be_visible(timeout=SLOW)


def axe(page: Page) -> list[list[object]]:
    return [found for found in violations(page) if found[0] != UPLOADERS_OWN]


def taken(page: Page, served: Served) -> dict[str, Any]:
    """Return the control layer as the page gives it to take along."""
    page.goto(f"{served.url}/?page=update&lang=en")
    with page.expect_download() as download:
        page.get_by_role("button", name="This layer with all its days").click(timeout=SLOW)
    layer: dict[str, Any] = json.loads(download.value.path().read_bytes())
    return layer


def test_from_the_layer_taken_along_to_a_version_restored(page: Page, theatre: Served) -> None:
    layer = taken(page, theatre)
    assert axe(page) == []
    (west,) = [feature for feature in layer["features"] if feature["id"] == "red-0"]
    west["properties"]["actor"] = "blue"
    upload(page, theatre, "control.geojson", json.dumps(layer).encode())
    assert axe(page) == []
    to_faults(page)
    tick = page.get_by_text("I have looked at the warnings")
    if tick.count():
        tick.click()
    page.get_by_role("button", name="See the difference").click()
    day = page.locator(".mapapp-update-day")
    expect(day).to_contain_text("have another holder", timeout=SLOW)
    expect(day.locator("table").first).to_contain_text("Blue")
    expect(page.locator("iframe.pane")).to_be_visible()
    hatched = "() => Boolean(window.mapapp?.overlay)"
    wait_until(
        page, lambda: any(frame.evaluate(hatched) for frame in page.frames if "draft=" in frame.url), SLOW / 1000
    )
    assert axe(page) == []
    page.get_by_role("button", name="Go on to publish").press("Enter")
    publish = page.get_by_role("button", name="Publish", exact=True)
    expect(publish).to_be_visible(timeout=SLOW)
    publish.click()
    expect(page.get_by_text("Write in a sentence what changed")).to_be_visible(timeout=SLOW)
    page.get_by_label("What changed and why").fill("The west is blue")
    page.get_by_label("Sources").fill("https://example.org/report")
    publish.click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible(timeout=SLOW)
    assert axe(page) == []
    reader = page.context.new_page()
    reader.goto(f"{theatre.url}/?lang=en&date=2020-01-05")
    expect(reader.locator(".mapapp-panel .shares", has_text="West")).to_contain_text("Blue", timeout=SLOW)
    reader.close()
    page.get_by_role("button", name="Restore version 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_text("Version 3 is published.")).to_be_visible(timeout=SLOW)
    expect(page.locator(".mapapp-version")).to_have_count(3)


def test_a_broken_file_tells_every_fault_and_goes_no_further(page: Page, theatre: Served) -> None:
    layer = taken(page, theatre)
    layer["features"][0]["properties"]["actor"] = "reds"
    layer["features"][1]["properties"]["valid_from"] = "2020-01-32"
    layer["features"][2]["geometry"]["coordinates"][0].pop()
    upload(page, theatre, "control.geojson", json.dumps(layer).encode())
    to_faults(page)
    for found in ("No actor of the dataset", "A day is written", "A ring ends where it begins"):
        expect(page.locator("summary", has_text=found)).to_be_visible()
    expect(page.locator(".mapapp-fault")).not_to_have_count(0)
    expect(page.get_by_role("button", name="See the difference")).to_be_disabled()
    assert axe(page) == []


def test_what_is_no_map_data_is_one_sentence(page: Page, theatre: Served) -> None:
    upload(page, theatre, "notes.geojson", b"\x00\x01nothing")
    to_faults(page)
    expect(page.locator(".mapapp-fault")).to_have_count(1)
    expect(page.get_by_text("Go on with the good features alone:")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_the_first_step_and_the_history_in_other_languages_on_a_phone(
    open_context: OpenContext, theatre: Served, language: str
) -> None:
    phone = open_context("phone").new_page()
    for step in ("upload", "history"):
        phone.goto(f"{theatre.url}/?page=update&step={step}&lang={language}")
        expect(phone.locator(".mapapp-update-title").first).to_be_visible(timeout=SLOW)
        assert axe(phone) == []
        assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
