from dataclasses import replace

import pytest

from mapapp.domain.actors import Actor, Holder
from mapapp.domain.errors import UnknownPalette
from mapapp.render.look import PALETTES, Look, contrast, look_of, mix, short_name


@pytest.fixture(scope="module")
def look(edition) -> Look:
    return look_of(edition)


def test_a_colour_says_whose_area_it_is(look):
    colours = [colour for style in look.holders.values() for colour in style.colours]
    assert len(colours) == len(set(colours))


def test_contested_and_shared_lean_to_different_sides(look):
    leans = {holder.status: style.lean for holder, style in look.holders.items()}
    assert leans == {"control": 0, "contested": 1, "joint": -1}


def test_single_actors_come_first_in_the_order_of_the_dataset(edition, look):
    single = [holder.actor for holder in look.holders if holder.status == "control"]
    assert single == [actor.key for actor in edition.dataset.actors if actor.key in single]
    assert list(look.holders)[: len(single)] == [Holder("control", actor) for actor in single]


def test_every_kind_of_position_has_a_glyph_of_its_own(edition, look):
    kinds = set(edition.layers["position"]["kind"])
    assert kinds <= set(look.glyphs)
    assert len({look.glyph(kind) for kind in kinds}) == len(kinds)
    assert look.glyph("something new") == look.glyph("other")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("Raqqa", "settlement", 30), ("Mayadin", "settlement", 10)),
        (("Mayadin", "settlement", 10), ("al-Qusour (Deir ez-Zor)", "settlement", 10)),
        (("Abu Kamal", "settlement", 11), ("Hamdan Air Base", "air_base", 11)),
    ],
)
def test_the_more_important_place_is_named_sooner(look, earlier, later):
    assert look.label_zoom(*earlier) < look.label_zoom(*later)


def test_a_mix_lies_between_its_colours():
    assert mix("#000000", "#FF8000", 0.5) == "#804000"


def test_a_short_name_has_no_brackets():
    assert short_name("al-Qusour (Deir ez-Zor)") == "al-Qusour"


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_has_a_colour_for_everything(edition, look, palette):
    other = look_of(edition, palette)
    assert set(other.ground) == set(look.ground)
    assert set(other.lines) == set(look.lines)
    assert all(len(style.colours) == len(holder.members) for holder, style in other.holders.items())


def test_the_palettes_differ(edition):
    fills = [tuple(look_of(edition, palette).fills.values()) for palette in PALETTES]
    assert len(set(fills)) == len(PALETTES)


def test_an_unknown_palette_is_named_with_those_there_are(edition):
    with pytest.raises(UnknownPalette, match=r"no palette “neon”; the palettes are default, bright"):
        look_of(edition, "neon")


def test_colours_that_came_with_a_dataset_are_kept_as_far_as_lines_stand_out(edition):
    own = {"quiet": ("#AABBCC", "#102030"), "dark": ("#101010", "#FFFFFF")}
    actors = tuple(Actor(key, key, "", "", fill, line, may_hold=True) for key, (fill, line) in own.items())
    dataset, none = replace(edition.dataset, actors=actors), edition.layers["control"].iloc[:0]
    look = look_of(replace(edition, dataset=dataset, layers={"control": none}))
    assert (look.fills["quiet"], look.lines["quiet"]) == own["quiet"]
    assert contrast(look.ground["front"], look.fills["dark"]) >= 3
    assert contrast(look.lines["dark"], look.ground["casing"]) >= 3
