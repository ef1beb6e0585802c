"""The packaged component holds the sandboxed page under the final policies, from the work tree and from a wheel.

Streamlit finds the component through the installed distribution, which is where a wheel and an editable install differ.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Frame, Page, expect

from support.installing import build_wheel, install_wheel, run
from support.machine import own_command
from support.serving import Served, serving
from support.waiting import wait_for_day

START = "2017-09-21"


@pytest.fixture(scope="module", params=["editable", "wheel"])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, started from the work tree and from a wheel."""
    folder = tmp_path_factory.mktemp("installed")
    command = own_command() if request.param == "editable" else command_of_wheel(folder)
    with serving(lambda port: [command, "serve", "--port", str(port)], folder / "log.txt", cwd=folder) as running:
        yield running


def command_of_wheel(folder: Path) -> str:
    bin_folder = install_wheel(build_wheel(folder), folder / "venv")
    imported = run([str(bin_folder / "python"), "-c", "import mapapp; print(mapapp.__file__)"], cwd=folder)
    assert Path(imported).is_relative_to(folder), "the work tree hides the wheel"
    return str(bin_folder / "mapapp")


@pytest.fixture
def opened(installed: Served, page: Page) -> Page:
    """The app's page on 21 September, its map drawn."""
    page.goto(f"{installed.url}/?date={START}")
    wait_for_day(find_frame(page), START)
    return page


def find_frame(page: Page) -> Frame:
    """Return the map's frame."""
    frame = page.locator("iframe").first.element_handle().content_frame()
    assert frame is not None
    return frame


def wait_for_address(page: Page, day: str) -> None:
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("date") == [day])


def move_by_key(page: Page, key: str) -> None:
    frame = find_frame(page)
    frame.locator("input[type=range]").first.focus()
    page.keyboard.press(key)


def test_map_tells_python(opened: Page) -> None:
    move_by_key(opened, "ArrowRight")
    wait_for_address(opened, "2017-09-22")


def test_python_tells_map(opened: Page) -> None:
    move_by_key(opened, "ArrowRight")
    wait_for_address(opened, "2017-09-22")
    opened.go_back()
    wait_for_day(find_frame(opened), START)


def test_rerun_keeps_the_page(opened: Page) -> None:
    find_frame(opened).evaluate("() => { window.stamp = 'the same document' }")
    move_by_key(opened, "ArrowRight")
    wait_for_address(opened, "2017-09-22")
    opened.go_back()  # Streamlit runs the whole script again
    frame = find_frame(opened)
    wait_for_day(frame, START)
    assert frame.evaluate("() => window.stamp") == "the same document"
    expect(opened.locator("iframe")).to_have_count(1)


def test_focus_stays_in_the_map(opened: Page) -> None:
    move_by_key(opened, "ArrowRight")
    wait_for_address(opened, "2017-09-22")
    opened.keyboard.press("ArrowRight")
    wait_for_address(opened, "2017-09-23")
    assert find_frame(opened).evaluate("() => document.activeElement.type") == "range"


def test_links_open_a_free_tab(opened: Page) -> None:
    with opened.context.expect_page() as opening:
        find_frame(opened).evaluate(
            """() => {
                const link = document.createElement("a");
                Object.assign(link, { href: "/healthz", target: "_blank", rel: "noopener" });
                document.body.append(link);
                link.click();
            }"""
        )
    tab = opening.value
    tab.wait_for_load_state()
    assert tab.url.endswith("/healthz")
    assert tab.evaluate("() => window.origin") != "null"


def test_map_goes_fullscreen(opened: Page) -> None:
    asked = "async () => { await document.documentElement.requestFullscreen(); return !!document.fullscreenElement }"
    assert find_frame(opened).evaluate(asked)


def test_frame_cannot_touch_the_app(opened: Page) -> None:
    frame = find_frame(opened)
    assert frame.evaluate("() => window.origin") == "null"
    touch = "() => { try { return parent.document.title } catch (error) { return error.name } }"
    assert frame.evaluate(touch) == "SecurityError"


def test_policies_are_the_final_ones(installed: Served) -> None:
    with urlopen(f"{installed.url}/embed?date={START}") as answer:
        frame = answer.headers["Content-Security-Policy"]
    with urlopen(installed.url) as answer:
        app = answer.headers["Content-Security-Policy"]
    assert "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads" in frame
    assert "default-src 'none'" in frame
    assert "default-src 'none'" in app
    for loose in ("unsafe-inline", "unsafe-eval", "blob:", "http:", "*"):
        assert loose not in directive(app, "script-src").replace("'wasm-unsafe-eval'", "")
        assert loose not in directive(frame, "script-src")


def directive(policy: str, name: str) -> str:
    """Return the sources of one directive."""
    return next(part for part in policy.split(";") if part.strip().startswith(name + " "))
