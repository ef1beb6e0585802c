"""The application as a reader meets it: map, panel and address agree, whoever moved last."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from support.app_page import address, open_app
from support.serving import Served
from support.waiting import wait_for_day, wait_until
from support.watching import Watch

OpenContext = Callable[..., BrowserContext]
OPENS = "2017-09-21"


def expect_day(page: Page, frame: Frame, day: str, *, written: bool = True) -> None:
    """Wait until map, panel and address all say the day."""
    wait_for_day(frame, day)
    at = date.fromisoformat(day)
    expect(page.locator(".mapapp-heading .date")).to_have_text(f"{at.day} {at:%B %Y}")
    if written:
        wait_until(page, lambda: address(page).get("date") == [day])


def press(frame: Frame, key: str, times: int = 1) -> None:
    """Press a key on the time bar."""
    slider = frame.locator("input[type=range]").first
    for _ in range(times):
        slider.press(key)


def after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def test_opens_on_the_day_of_the_dataset(page: Page, served: Served) -> None:
    frame = open_app(page, served)
    expect_day(page, frame, OPENS, written=False)
    assert address(page) == {}, "opening writes nothing into the address"
    expect(page.locator(".mapapp-panel .says")).to_contain_text("On 21 September 2017")
    expect(page).to_have_title("Deir ez-Zor 2017: who held what, when")


def test_a_link_opens_on_its_day_with_its_layers(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-06-09&layers=control,zone")
    expect_day(page, frame, "2017-06-09")
    pressed = page.locator(".st-key-choices [aria-checked=true], .st-key-choices [aria-pressed=true]")
    assert address(page)["layers"] == ["control,zone"]
    expect(pressed.or_(page.locator(".st-key-choices button[kind=pillsActive]"))).to_have_count(2)


def test_keys_move_map_panel_and_address_without_a_new_page(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-09-05")
    frame.evaluate("() => { window.stamp = 'same document'; }")
    press(frame, "ArrowRight", 5)
    expect_day(page, frame, "2017-09-10")
    assert frame.evaluate("() => window.stamp") == "same document"


def test_dragging_settles_once(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-09-05")
    before = page.evaluate("() => history.length")
    slider = frame.locator("input[type=range]").first
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(box["x"] + box["width"] * (0.5 + step / 100), box["y"] + box["height"] / 2)
    page.mouse.up()
    day = str(frame.evaluate("() => window.mapapp.day"))
    assert day > "2017-10-01"
    expect_day(page, frame, day)
    assert page.evaluate("() => history.length") == before + 1


def test_buttons_jump_to_the_changes(page: Page, served: Served) -> None:
    frame = open_app(page, served, f"?date={OPENS}")
    page.get_by_role("button", name="Next change").click()
    wait_until(page, lambda: address(page)["date"] > [OPENS])
    there = address(page)["date"][0]
    expect_day(page, frame, there)
    page.get_by_role("button", name="Previous change").click()
    expect_day(page, frame, OPENS)
    assert there in frame.evaluate("() => window.mapapp.changeDays")


def test_the_map_may_return_to_where_a_jump_came_from(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-09-20")
    press(frame, "ArrowRight")
    expect_day(page, frame, OPENS)
    page.get_by_role("button", name="Next change").click()
    wait_until(page, lambda: address(page)["date"] > [OPENS])
    there = address(page)["date"][0]
    expect_day(page, frame, there)
    press(frame, "ArrowLeft", (date.fromisoformat(there) - date.fromisoformat(OPENS)).days)
    expect_day(page, frame, OPENS)


def test_back_and_forward_walk_through_the_days(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-07-01")
    frame.evaluate("() => { window.stamp = 'same document'; }")
    press(frame, "ArrowRight")
    expect_day(page, frame, "2017-07-02")
    press(frame, "ArrowRight")
    expect_day(page, frame, "2017-07-03")
    page.go_back()
    expect_day(page, frame, "2017-07-02")
    page.go_back()
    expect_day(page, frame, "2017-07-01")
    page.go_forward()
    expect_day(page, frame, "2017-07-02")
    assert frame.evaluate("() => window.stamp") == "same document"


def test_layers_are_switched_without_loading_the_map_again(page: Page, served: Served) -> None:
    frame = open_app(page, served, f"?date={OPENS}")
    frame.evaluate("() => { window.stamp = 'same document'; }")
    page.get_by_role("button", name="Positions").click()
    wait_until(page, lambda: address(page).get("layers") == ["control,estimate,zone,place,event,distance"])
    page.go_back()
    wait_until(page, lambda: "layers" not in address(page))
    assert frame.evaluate("() => window.stamp") == "same document"


@pytest.mark.parametrize(
    ("query", "day", "words"),
    [
        ("?date=2019-01-01", "2017-12-31", "lies outside this map"),
        ("?date=2001-01-01", "2017-05-06", "nearest day"),
        ("?date=2017-02-30", OPENS, "is not a day"),
        ("?date=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", OPENS, "<img src=x onerror=alert(1)>"),
        ("?date=![x](http://evil.test/p.png)", OPENS, "![x](http://evil.test/p.png)"),
        ("?dataset=nowhere", OPENS, "There is no dataset “nowhere”"),
        ("?version=000000000000", OPENS, "There is no version"),
        ("?layers=nothing,control", OPENS, "There is no layer “nothing”"),
    ],
)
def test_a_wrong_address_falls_back_and_says_so(page: Page, served: Served, query: str, day: str, words: str) -> None:
    frame = open_app(page, served, query)
    expect_day(page, frame, day, written=False)
    expect(page.get_by_role("status")).to_contain_text(words)
    expect(page.locator(".mapapp-notices img")).to_have_count(0)


def test_a_wrong_address_does_not_hold_the_reader(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-12-01")
    frame = open_app(page, served, "?date=2019-01-01")
    press(frame, "ArrowLeft")
    expect_day(page, frame, "2017-12-30")
    expect(page.locator(".mapapp-notice")).to_have_count(0)
    page.go_back()
    expect(page.locator(".mapapp-notice")).to_have_count(1)
    page.go_back()
    expect(page.locator(".mapapp-heading .date")).to_have_text("1 December 2017")


def test_the_picture_is_drawn_when_asked_for(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-09-05")
    with page.expect_download(timeout=90_000) as started:
        page.get_by_role("button", name="Picture").click()
    name = started.value.suggested_filename
    assert name.startswith("deir-ez-zor-2017_2017-09-05_")
    assert name.endswith("_en_1200x675.png")
    assert started.value.path().read_bytes().startswith(b"\x89PNG")
    assert frame.evaluate("() => window.mapapp.day") == "2017-09-05"


def test_links_lead_to_the_data_and_to_this_very_map(page: Page, served: Served) -> None:
    open_app(page, served, "?date=2017-09-05")
    hrefs = [link.get_attribute("href") or "" for link in page.locator(".mapapp-links a").all()]
    assert len(hrefs) == 5
    for href in hrefs:
        assert page.request.get(f"{served.url}/{href}").ok


def test_streamlits_own_furniture_is_hidden(page: Page, served: Served) -> None:
    open_app(page, served)
    for name in ("stHeader", "stToolbar", "stAppDeployButton", "stMainMenu", "stDecoration"):
        expect(page.get_by_test_id(name)).not_to_be_visible()


def test_nobody_else_is_asked_for_anything(page: Page, served: Served, watch: Watch) -> None:
    frame = open_app(page, served)
    press(frame, "ArrowRight", 3)
    expect_day(page, frame, after(OPENS, 3))
    assert {urlsplit(url).hostname for url in watch.requests if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}


def test_on_a_phone_the_map_is_on_top_and_nothing_is_cut_off(phone: Page, served: Served) -> None:
    open_app(phone, served)
    frame, panel = phone.locator("iframe.pane").bounding_box(), phone.locator(".mapapp-heading").bounding_box()
    assert frame is not None
    assert panel is not None
    assert frame["y"] < 100
    assert frame["width"] > 360
    assert panel["y"] >= frame["y"] + frame["height"]
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_foreign_page_may_not_frame_the_application(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    page.set_content(f'<iframe src="{served.url}/"></iframe>')
    page.wait_for_timeout(1000)
    (inner,) = page.main_frame.child_frames
    assert inner.locator("#root").count() == 0
    page.close()


def view_of(frame: Frame) -> dict[str, float]:
    return dict(frame.evaluate("() => window.mapapp.view"))


def drag(page: Page, frame: Frame, across: int) -> None:
    """Drag the map by some pixels, and let go without a throw."""
    box = frame.locator(".folium-map").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y + 30, steps=6)
    page.wait_for_timeout(250)
    page.mouse.up()


def test_moving_the_map_goes_into_the_address_without_a_step_of_history(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?date=2017-10-01")
    expect_day(page, frame, "2017-10-01")
    steps = page.evaluate("() => history.length")
    for across in (90, -60, 120):
        drag(page, frame, across)
    wait_until(page, lambda: "view" in address(page))
    page.wait_for_timeout(900)
    first = view_of(frame)
    assert address(page)["view"] == ["{lat:.4f},{lng:.4f},{zoom:g}".format(**first)]
    assert page.evaluate("() => history.length") == steps
    press(frame, "ArrowRight")
    expect_day(page, frame, "2017-10-02")
    assert page.evaluate("() => history.length") == steps + 1
    drag(page, frame, 150)
    page.wait_for_timeout(1200)
    assert view_of(frame) != first
    link = page.url
    page.go_back()
    expect_day(page, frame, "2017-10-01")
    wait_until(page, lambda: view_of(frame) == first)
    page.go_forward()
    expect_day(page, frame, "2017-10-02")
    wait_until(page, lambda: "{lat:.4f},{lng:.4f},{zoom:g}".format(**view_of(frame)) in link)
    other = page.context.new_page()
    again = open_app(other, served, link.partition("/?")[2].join(["?", ""]))
    assert "{lat:.4f},{lng:.4f},{zoom:g}".format(**view_of(again)) in link


def test_two_days_in_the_app_are_chosen_moved_linked_and_left(page: Page, served: Served) -> None:
    frame = open_app(page, served, "?compare=2017-09-05")
    page.get_by_role("radio", name="Swipe").click()
    wait_until(page, lambda: frame.evaluate("() => window.mapapp.mode") == "swipe")
    wait_until(page, lambda: address(page).get("mode") == ["swipe"])
    frame.get_by_role("slider", name="Day to compare with").press("ArrowLeft")
    wait_until(page, lambda: address(page).get("compare") == ["2017-09-04"])
    expect(page.locator(".mapapp-compare .says")).to_contain_text("Between 4 and 21 September 2017")
    page.go_back()
    wait_until(page, lambda: frame.evaluate("() => window.mapapp.compare") == "2017-09-05")
    page.go_back()
    wait_until(page, lambda: frame.evaluate("() => window.mapapp.mode") is None)
    page.go_forward()
    wait_until(page, lambda: frame.evaluate("() => window.mapapp.mode") == "swipe")
