"""How the map page moves through time and space."""

import pytest
from playwright.sync_api import expect

from mapapp.render.page import Start
from support.map_page import DAY, shown, visit
from support.waiting import wait_until

SCRUB = """async () => {
  const slider = document.querySelector(".slider:not(.other)"), canvas = document.querySelector("canvas.surface");
  const context = canvas.getContext("2d");
  const frame = () => new Promise(requestAnimationFrame);
  const blank = () => context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data.slice(0, 3).every((c) => !c);
  let painted = 0, blanks = 0, watching = true;
  addEventListener("mapapp:painted", () => { painted += 1; });
  (async () => { while (watching) { await frame(); if (blank()) blanks += 1; } })();
  const first = Number(slider.value);
  for (let step = 1; step <= 60; step += 1) {
    slider.value = first - step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (step < 60) await new Promise((next) => setTimeout(next, 33));
  }
  await frame(); await frame();
  watching = false;
  return { day: mapapp.day, painted, blanks, shown: document.querySelector(".date").textContent };
}"""
VIEW = "[mapapp.map.getZoom(), mapapp.map.getCenter().lat, mapapp.map.getCenter().lng]"
COVERED = """() => {
  const [c, m] = ["canvas.surface", ".folium-map"].map((name) => document.querySelector(name).getBoundingClientRect());
  return c.left <= m.left && c.right >= m.right && c.top <= m.top && c.bottom >= m.bottom;
}"""
WIDTHS = """(days) => days.map((day) => {
  mapapp.setDay(day);
  return document.querySelector(".date").getBoundingClientRect().width;
})"""


def test_sixty_steps_at_thirty_a_second_end_within_two_frames(opened, watch):
    before = len(watch.requests)
    view = opened.evaluate(VIEW)
    seen = opened.evaluate(SCRUB)
    assert seen["day"] == "2017-07-23"
    assert seen["shown"] == "23 July 2017"
    assert seen["blanks"] == 0
    assert seen["painted"] > 30
    assert len(watch.requests) == before
    assert opened.evaluate(VIEW) == view


def test_a_drag_keeps_the_map_painted_to_its_edges(opened):
    opened.mouse.move(500, 300)
    opened.mouse.down()
    for step in range(1, 9):
        opened.mouse.move(500 - 45 * step, 300 - 20 * step)
        assert opened.evaluate(COVERED)
    opened.mouse.up()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("ArrowRight", "2017-09-22"),
        ("ArrowLeft", "2017-09-20"),
        ("Home", "2017-05-06"),
        ("End", "2017-12-31"),
    ],
)
def test_keys_move_the_day(opened, key, day):
    opened.locator(".slider:not(.other)").focus()
    opened.keyboard.press(key)
    wait_until(opened, lambda: shown(opened) == day)


def test_page_keys_go_from_change_to_change(opened, edition):
    later = next(day for day in edition.change_days if day > DAY)
    earlier = next(day for day in reversed(edition.change_days) if day < later)
    opened.locator(".slider:not(.other)").focus()
    opened.keyboard.press("PageDown")
    wait_until(opened, lambda: shown(opened) == later)
    opened.keyboard.press("PageUp")
    wait_until(opened, lambda: shown(opened) == earlier)


def test_the_map_keeps_its_own_keys(opened):
    opened.locator(".folium-map").focus()
    centre = opened.evaluate("mapapp.map.getCenter().lng")
    opened.keyboard.press("ArrowRight")
    wait_until(opened, lambda: opened.evaluate("mapapp.map.getCenter().lng") > centre)
    assert shown(opened) == DAY


def test_space_plays_and_pauses(opened):
    opened.locator(".slider:not(.other)").focus()
    opened.keyboard.press(" ")
    wait_until(opened, lambda: shown(opened) > DAY)
    assert opened.locator(".icon.play").get_attribute("aria-label") == "Pause"
    opened.keyboard.press(" ")
    assert opened.locator(".icon.play").get_attribute("aria-label") == "Play"


def test_playing_by_change_steps_from_change_to_change(opened, edition):
    opened.locator(".step").select_option("change")
    opened.get_by_role("button", name="Step forward").click()
    assert shown(opened) == next(day for day in edition.change_days if day > DAY)


def test_the_slider_says_the_date_and_nothing_speaks_by_itself(opened):
    slider = opened.locator(".slider:not(.other)")
    assert slider.get_attribute("aria-valuetext") == "21 September 2017"
    assert slider.get_attribute("aria-label")
    slider.focus()
    for _ in range(3):
        opened.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "24 September 2017")
    assert "".join(opened.locator("[aria-live], output, [role=status]").all_inner_texts()) == ""


@pytest.mark.parametrize(
    ("typed", "day", "fault"),
    [
        ("2017-10-22", "2017-10-22", ""),
        ("2018-01-01", DAY, "2018-01-01 lies outside this map, which covers 2017-05-06 to 2017-12-31."),
        ("2017-02-30", DAY, "“2017-02-30” is not a day; write it as YYYY-MM-DD, for example 2017-09-21."),
        ("21/09/2017", DAY, "“21/09/2017” is not a day; write it as YYYY-MM-DD, for example 2017-09-21."),
    ],
)
def test_a_day_can_be_typed(opened, typed, day, fault):
    opened.locator(".typed").fill(typed)
    opened.keyboard.press("Enter")
    assert shown(opened) == day
    assert opened.locator(".fault").inner_text() == fault


def test_the_date_never_changes_its_width(opened):
    widths = opened.evaluate(WIDTHS, ["2017-05-06", "2017-09-30", "2017-11-11", "2017-12-28"])
    assert len(set(widths)) == 1


def test_less_motion_is_respected(open_context, server, built):
    page = visit(open_context("desktop", reduced_motion="reduce").new_page(), server.put("/embed", built, Start(DAY)))
    assert page.evaluate("mapapp.map.options.zoomAnimation || mapapp.map.options.inertia") is False
