"""Names never lie over one another, nor over the sign of a position or an event."""

import random

import pytest

from mapapp.render.page import Start
from support.map_page import DAY, look_at, visit

VIEWS = 40
ZOOMS = (5.5, 6, 6.75, 7.5, 8, 8.25, 8.75, 9.5, 10, 11, 12, 13)
DRAWN = "({ names: mapapp.names, glyphs: mapapp.glyphs })"


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def collisions(drawn: dict) -> list[tuple[str, str]]:
    """Return the pairs that lie over one another: two names, or a name and a sign."""
    names = drawn["names"]
    pairs = [(one, other) for number, one in enumerate(names) for other in names[number + 1 :]]
    met = [(one["words"], other["words"]) for one, other in pairs if overlap(one["box"], other["box"])]
    signs = [(name["words"], "a sign") for name in names for sign in drawn["glyphs"] if overlap(name["box"], sign)]
    return met + signs


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_names_meet_nothing_in_any_view_on_any_day(open_context, screen, server, built, edition):
    page = visit(open_context(screen).new_page(), server.put("/embed", built, Start(DAY)))
    chance = random.Random(20170921)
    west, south, east, north = edition.dataset.extent
    seen = 0
    for _ in range(VIEWS):
        day, zoom = chance.choice(edition.change_days), chance.choice(ZOOMS)
        page.evaluate("day => mapapp.setDay(day)", day)
        look_at(page, chance.uniform(south, north), chance.uniform(west, east), zoom)
        drawn = page.evaluate(DRAWN)
        seen += len(drawn["names"])
        assert collisions(drawn) == [], (day, zoom)
    assert seen > 8 * VIEWS, "there was something to collide"


@pytest.mark.parametrize("day", ["2017-05-06", DAY, "2017-12-31"])
def test_the_town_that_the_map_is_about_is_always_named(opened, edition, day):
    opened.evaluate("day => mapapp.setDay(day)", day)
    longitude, latitude = edition.dataset.centre
    for zoom in (6.5, 7.5, 8.25, 9, 10):
        look_at(opened, latitude, longitude, zoom)
        assert "Deir ez-Zor" in [name["words"] for name in opened.evaluate("mapapp.names")], zoom
