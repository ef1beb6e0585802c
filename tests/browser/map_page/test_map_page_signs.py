"""What the map page says beyond who holds what: distance, sureness, zones' stages, events; and that it fits."""

import json

import pytest
from PIL import ImageColor

from mapapp.domain.edition import Edition
from mapapp.render.page import Start
from support.map_page import DAY, click_at, close_popup, look_at, visit

ROOM = "document.querySelector('.folium-map').clientHeight"
NEEDS = """select => {
  const style = getComputedStyle(select), context = document.createElement("canvas").getContext("2d");
  context.font = `${style.fontSize} ${style.fontFamily}`;
  return Math.max(...[...select.options].map((option) => context.measureText(option.text).width)) + 28;
}"""


def middle(edition: Edition, day: str) -> tuple[float, float]:
    pair = edition.closest_on(day)
    return (pair.one.lat + pair.other.lat) / 2, (pair.one.lon + pair.other.lon) / 2


def signs(page) -> list[str]:
    return page.locator(".signs li:not([hidden]) .name").all_text_contents()


def test_the_distance_answers_with_both_posts(opened, edition):
    where = middle(edition, DAY)
    look_at(opened, *where, 11.5)
    click_at(opened, *where)
    card, pair = opened.locator(".card").inner_text(), edition.closest_on(DAY)
    assert card.startswith(f"{pair.km:.1f} km apart")
    assert pair.one.name in card
    assert pair.other.name in card
    assert f"{edition.contact_km_on(DAY):.1f} km" in card
    opened.evaluate("mapapp.setDay('2017-09-10')")
    assert edition.closest_on("2017-09-10").other.name in opened.locator(".card").inner_text()


def test_the_distance_can_be_switched_off(opened, edition):
    where = middle(edition, DAY)
    look_at(opened, *where, 11.5)
    assert "Closest posts of the two camps" in signs(opened)
    opened.evaluate("mapapp.setLayers(['control', 'position'])")
    assert "Closest posts of the two camps" not in signs(opened)


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_legend_leaves_the_map_free(open_context, screen, server, built):
    page = visit(open_context(screen).new_page(), server.put("/embed", built, Start(DAY)))
    page.locator(".legend").evaluate("legend => { legend.open = true; }")
    assert not page.locator(".signs").evaluate("signs => signs.open")
    for wide in (False, True):
        page.locator(".signs").evaluate("(signs, wide) => { signs.open = wide; }", wide)
        assert page.locator(".legend").bounding_box()["height"] <= 0.45 * page.evaluate(ROOM) + 28, (
            "with the switch of palettes"
        )


def test_the_signs_are_those_in_view(opened):
    assert "Command post" in signs(opened)
    look_at(opened, 36.6, 41.6, 11)
    assert "Command post" not in signs(opened)


def test_sureness_is_shown_where_it_is_asked_for(opened):
    heads = opened.locator(".legend .heads")
    assert heads.is_visible()
    assert "Place: holder estimated" in signs(opened)
    assert opened.locator(".legend [data-holder=gov] .unsure").inner_text().endswith("%")
    opened.evaluate("mapapp.setLayers(['control', 'place'])")
    assert not heads.is_visible()
    assert "Place: holder estimated" not in signs(opened)


def test_a_popup_says_how_much_is_estimated(opened):
    opened.evaluate("mapapp.setLayers(['control'])")
    click_at(opened, 35.1, 39.6)
    assert "of it on estimates" in opened.locator(".card").inner_text()


def test_a_zone_tells_both_dates_and_the_legend_both_stages(opened, edition):
    opened.evaluate("mapapp.setDay('2017-08-10')")
    assert "De-escalation zone, only named" in signs(opened)
    assert "De-escalation zone, agreed" in signs(opened)
    opened.evaluate("mapapp.setLayers(['control', 'zone'])")
    for zone, dates in {"idlib": ("6 May 2017", "15 September 2017"), "homs": ("6 May 2017", "3 August 2017")}.items():
        rows = edition.slice("zone", "2017-08-10")
        longitude, latitude = rows[rows["zone"] == zone].geometry.iloc[0].exterior.coords[0]
        look_at(opened, latitude, longitude)
        click_at(opened, latitude, longitude)
        card = opened.locator(".card").inner_text()
        assert all(date in card for date in dates)
        close_popup(opened)


def test_major_events_stand_out_on_the_time_bar(opened, edition):
    days = edition.layers["event"].query("major")["day"]
    assert opened.locator(".mark.major").count() == days.nunique()
    assert opened.locator(".mark").count() == edition.layers["event"]["day"].nunique()
    assert all(opened.locator(".mark").evaluate_all("marks => marks.map(mark => mark.title)"))


def test_the_credit_is_one_line_and_all_of_it_at_a_click(open_context, server, built):
    page = visit(open_context("phone").new_page(), server.put("/embed", built, Start(DAY)))
    credit = page.locator(".credit")
    low = credit.bounding_box()["height"]
    assert low < 20
    credit.click()
    assert credit.bounding_box()["height"] > 1.8 * low


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_choices_are_not_cut_off(open_context, screen, server, built):
    page = visit(open_context(screen).new_page(), server.put("/embed", built, Start(DAY)))
    for name in (".speed", ".step"):
        assert page.locator(name).bounding_box()["width"] >= page.locator(name).evaluate(NEEDS)


def test_dark_surroundings_leave_the_map_as_it_is(open_context, server, built):
    url = server.put("/embed", built, Start(DAY, ("control",)))
    seen = {}
    for scheme in ("light", "dark"):
        page = visit(open_context("desktop", color_scheme=scheme).new_page(), url)
        paper = page.evaluate("getComputedStyle(document.querySelector('.timebar')).backgroundColor")
        pixel = "[...document.querySelector('canvas.surface').getContext('2d').getImageData(400, 400, 1, 1).data]"
        seen[scheme] = (sum(ImageColor.getrgb(paper)) > 380, json.dumps(page.evaluate(pixel)))
    assert [bright for bright, _ in seen.values()] == [True, False]
    assert seen["light"][1] == seen["dark"][1]
