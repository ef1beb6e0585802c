"""What readers ask their system for: less motion, less light, a small screen; the page follows."""

import pytest

from mapapp.render.page import Start, build_page
from mapapp.resources.messages import messages
from support.map_page import DAY, visit

SMALL = """() => [...document.querySelectorAll(".timebar :is(button, select, input), .leaflet-bar a, .views button")]
  .map((one) => [one.getAttribute("aria-label") || one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.width)
  .filter(([, box]) => box.height < 44 || box.width < 36).map(([name]) => name)"""


def test_the_time_bar_lies_under_the_thumb(phone, server, built):
    visit(phone, server.put("/thumb", built, Start(DAY)))
    assert phone.evaluate(SMALL) == []
    bar = phone.locator(".timebar").bounding_box()
    assert bar["y"] + bar["height"] == 844
    assert bar["y"] > 844 / 2
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_the_choice_of_languages_widens_no_phone(phone, server, edition, language):
    page = build_page(edition, messages(language))
    visit(phone, server.put(f"/{language}", page, Start(DAY, lang=language, languages=True)))
    assert phone.locator(".tongues a").count() == 3
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.locator(".icon.play").bounding_box()["x"] > 0


def test_less_motion_is_followed(open_context, server, built):
    page = visit(open_context("desktop", reduced_motion="reduce").new_page(), server.put("/still", built, Start(DAY)))
    options = "({ zoomAnimation, fadeAnimation, inertia }) => [zoomAnimation, fadeAnimation, inertia]"
    assert page.evaluate(f"({options})(mapapp.map.options)") == [False, False, False]
    moving = visit(open_context("desktop").new_page(), server.put("/moving", built, Start(DAY)))
    assert moving.evaluate(f"({options})(mapapp.map.options)") == [True, True, True]


def test_forced_colours_leave_the_slider_and_the_map(open_context, server, built):
    page = visit(open_context("desktop", forced_colors="active").new_page(), server.put("/forced", built, Start(DAY)))
    assert page.locator(".slider:not(.other)").evaluate("one => getComputedStyle(one).appearance") == "auto"
    page.locator(".palette input").focus()
    page.keyboard.press("Space")
    assert page.evaluate("mapapp.palette") == "bright"
