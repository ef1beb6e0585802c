"""The colours of the palettes as eyes see them: neighbours are told apart, lines stand out."""

from functools import cache
from itertools import combinations

import pytest
from coloraide import Color

from mapapp.domain.actors import Holder
from mapapp.domain.measure import fronts, holders_of
from mapapp.render.look import PALETTES, Look, look_of

TOLD_APART, STANDS_OUT = 12, 3
EYES = ["", *(f"{eyes} {method}" for eyes in ("protan", "deutan", "tritan") for method in ("machado", "brettel"))]
"""Full sight, and each of the three kinds without one sort of cones, as two models of it say."""

ESTIMATE_SHARE = 0.15
"""How much white the dots of an estimate bring at most: 18 % of the ground, at 80 %."""

LAND = "land around the country"


@pytest.fixture(scope="module", params=PALETTES)
def look(edition, request) -> Look:
    return look_of(edition, request.param)


@pytest.fixture(scope="module")
def default(edition) -> Look:
    return look_of(edition)


@pytest.fixture(scope="module")
def neighbours(edition) -> set[tuple[Holder, Holder]]:
    """Every two holders that touch on some day."""
    slices = [edition.slice("control", day) for day in (edition.dataset.first_day, *edition.change_days)]
    holder = {holder.key: holder for rows in slices for holder in holders_of(rows)}
    pairs = {pair for rows in slices for pair in _touching(rows)}
    return {(holder[one], holder[other]) for one, other in pairs if one != other}


def _touching(rows) -> set[tuple[str, str]]:
    lines = fronts(rows)
    return set(zip(lines["holder_a"], lines["holder_b"], strict=True))


@cache
def seen(colour: str, eyes: str) -> Color:
    """Return a colour as eyes see it, within what a screen shows."""
    name, _, method = eyes.partition(" ")
    shown = Color(colour).filter(name, 1, method=method) if name else Color(colour)
    return shown.convert("srgb").clip()


def apart(one: str, other: str, eyes: str) -> float:
    return seen(one, eyes).delta_e(seen(other, eyes), method="2000")


def contrast(one: str, other: str) -> float:
    return Color(one).contrast(other, method="wcag21")


def over(colour: str, under: str, opacity: float) -> str:
    return Color(under).mix(colour, opacity, space="srgb").to_string(hex=True)


def as_drawn(colours: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the colours of an area as they land on the map: plain, and dotted with white where it is estimated."""
    return [colours, tuple(over("#FFFFFF", colour, ESTIMATE_SHARE) for colour in colours)]


def unlike(one: tuple[str, ...], other: tuple[str, ...], eyes: str) -> float:
    """Return how far the most telling stripe of either area is from everything in the other."""
    stripes = [min(apart(mine, theirs, eyes) for theirs in other) for mine in one]
    return max(stripes + [min(apart(theirs, mine, eyes) for mine in one) for theirs in other])


@pytest.mark.parametrize("eyes", EYES)
def test_all_who_hold_ground_alone_are_told_apart_from_each_other_and_from_the_land_around(default, eyes):
    fills = {holder.key: style.colours for holder, style in default.holders.items() if holder.status == "control"}
    for one, other in combinations([*fills, LAND], 2):
        theirs = as_drawn(fills[other]) if other != LAND else [(default.ground["land"],)]
        least = min(unlike(a, b, eyes) for a in as_drawn(fills[one]) for b in theirs)
        assert least >= TOLD_APART, f"{one} and {other}: {least:.1f}"


@pytest.mark.parametrize("eyes", EYES)
def test_neighbours_of_every_day_are_told_apart(default, neighbours, eyes):
    assert len(neighbours) > 40
    for one, other in neighbours:
        if set(one.members) == set(other.members):
            assert default.style(one).lean != default.style(other).lean
            continue
        mine, theirs = (as_drawn(default.style(holder).colours) for holder in (one, other))
        least = min(unlike(a, b, eyes) for a in mine for b in theirs)
        assert least >= TOLD_APART, f"{one.key} and {other.key}: {least:.1f}"


@pytest.mark.parametrize("eyes", EYES)
def test_the_stripes_of_one_area_are_told_apart(default, eyes):
    for holder, style in default.holders.items():
        for one, other in combinations(style.colours, 2):
            assert apart(one, other, eyes) >= TOLD_APART, holder.key


def fills_of(look: Look) -> list[str]:
    """Return everything a line may run over."""
    stripes = {colour for style in look.holders.values() for drawn in as_drawn(style.colours) for colour in drawn}
    return [*sorted(stripes), look.ground["land"], look.ground["no_data"]]


def stands_out(line: str, casing: str, under: str) -> float:
    """Return the contrast of a line with what is beside it, or of the weaker edge of its casing where that is more."""
    return max(contrast(line, under), min(contrast(line, casing), contrast(casing, under)))


def test_a_front_stands_out_even_without_its_casing(look):
    for under in fills_of(look):
        assert contrast(look.ground["front"], under) >= STANDS_OUT, under


@pytest.mark.parametrize(("line", "opacity"), [("zone", 0.95), ("river", 0.95), ("event", 1.0), ("label", 0.88)])
def test_a_cased_line_stands_out_on_every_ground(look, line, opacity):
    for under in fills_of(look):
        casing = over(look.ground["casing"], under, opacity)
        assert stands_out(look.ground[line], casing, under) >= STANDS_OUT, under


def test_a_glyph_stands_out_on_every_ground(look):
    for actor, colour in look.lines.items():
        for under in [*look.fills.values(), look.ground["land"]]:
            assert stands_out(colour, look.ground["casing"], under) >= STANDS_OUT, (actor, under)


def test_names_are_read_off_their_halo(look):
    for under in fills_of(look):
        halo = over("#FFFFFF", under, 0.88)
        assert all(contrast(look.ground[key], halo) >= 4.5 for key in ("label", "zone", "river_name")), under
    assert contrast(look.ground["faint"], look.ground["land"]) >= 4.5


def test_the_edge_of_the_country_and_of_water_stands_out(look):
    for around in (look.ground["land"], look.ground["sea"]):
        assert contrast(look.ground["country"], around) >= STANDS_OUT
    assert contrast(look.ground["river"], look.ground["lake"]) >= STANDS_OUT
