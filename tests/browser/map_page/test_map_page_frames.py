"""The map page in another page's frame, and as a file."""

import pytest

from mapapp.render.page import Start, build_page
from mapapp.resources.messages import messages
from mapapp.resources.pages import fill
from support.map_page import DAY
from support.waiting import wait_until

EMBEDDING = """<!DOCTYPE html><title>A newspaper</title><iframe src="{path}" width="800" height="600"></iframe>"""


def told(page) -> list[str]:
    """Return the kinds of messages that the page around heard, but for those on its height and view."""
    kinds = page.evaluate("heard.map(told => told.type)")
    return [kind for kind in kinds if kind not in {"mapapp:height", "mapapp:view"}]


@pytest.mark.parametrize(("parents", "day"), [((), DAY), (("self",), "2017-07-12"), (("https://example.org",), DAY)])
def test_only_parents_on_the_list_may_command(page, server, built, parents, day):
    server.put("/framed", built, Start(DAY, parents=parents))
    server.pages["/paper"] = (EMBEDDING.format(path="/framed"), "")
    heard = "window.heard = []; addEventListener('message', event => heard.push(event.data))"
    page.add_init_script(heard)
    page.goto(server.url + "/paper")
    wait_until(page, lambda: page.evaluate("heard.length"))
    assert page.evaluate("heard[0]") == {"type": "mapapp:ready", "day": DAY}
    page.evaluate("frames[0].postMessage({ type: 'mapapp:setDay', day: '2017-07-12' }, '*')")
    page.wait_for_timeout(400)
    assert page.frames[1].evaluate("mapapp.day") == day
    assert told(page) == ["mapapp:ready"]


def test_a_parent_hears_where_the_reader_comes_to_rest_and_only_that(page, server, built):
    server.put("/framed", built, Start(DAY))
    server.pages["/paper"] = (EMBEDDING.format(path="/framed"), "")
    page.add_init_script("window.heard = []; addEventListener('message', event => heard.push(event.data))")
    page.goto(server.url + "/paper")
    wait_until(page, lambda: page.evaluate("heard.length"))
    frame = page.frames[1]
    frame.locator(".slider:not(.other)").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wait_until(page, lambda: "mapapp:day" in told(page))
    assert page.evaluate("heard.find(told => told.type === 'mapapp:day')") == {
        "type": "mapapp:day",
        "day": "2017-09-26",
    }
    frame.evaluate("mapapp.play()")
    wait_until(page, lambda: frame.evaluate("mapapp.day") >= "2017-09-28")
    assert told(page).count("mapapp:day") == 1
    frame.evaluate("mapapp.pause()")
    wait_until(page, lambda: told(page).count("mapapp:day") == 2)
    assert page.evaluate("heard.findLast(told => told.type === 'mapapp:day').day") == frame.evaluate("mapapp.day")


def test_the_downloaded_page_works_from_a_file_and_asks_no_one(page, edition, tmp_path, watch):
    file = tmp_path / "map.html"
    file.write_text(build_page(edition, messages("en"), standalone=True).html(Start(DAY)), encoding="utf-8")
    page.goto(file.as_uri())
    wait_until(page, lambda: page.evaluate("document.documentElement.dataset.state") == "ready")
    page.evaluate("mapapp.setDay('2017-12-31')")
    assert page.locator(".date").inner_text() == "31 December 2017"
    assert [url for url in watch.requests if not url.startswith("data:")] == [file.as_uri()]


@pytest.mark.parametrize(("width", "least", "most"), [(1000, 625 + 60, 625 + 220), (390, 487 + 100, 488 + 320)])
def test_the_frame_takes_the_height_that_suits_its_width(page, server, built, width, least, most):
    server.put("/framed", built, Start(DAY))
    paper = EMBEDDING.format(path="/framed").replace('width="800"', f'width="{width}"')
    server.pages["/paper"] = (paper + fill("embed_height"), "")
    page.set_viewport_size({"width": 1100, "height": 900})
    page.goto(server.url + "/paper")
    tall = lambda: page.evaluate("Number(document.querySelector('iframe').height)")  # noqa: E731  (asked again and again)
    wait_until(page, lambda: tall() != 600)
    assert least < tall() < most
    page.wait_for_timeout(300)
    first = tall()
    page.evaluate("document.querySelector('iframe').width = 700")
    wait_until(page, lambda: tall() != first)
    assert page.frames[1].evaluate("document.documentElement.scrollHeight <= innerHeight")
