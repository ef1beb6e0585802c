from itertools import combinations

import numpy as np
import pytest

from mapapp.domain.actors import Holder
from mapapp.domain.errors import UnknownPalette
from mapapp.render.look import PALETTES, Look, look_of, mix, short_name

# How people with full sight, without green and without red cones see linear light (Machado et al. 2009, severity 1).
EYES = {
    "all colours": np.eye(3),
    "no green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "no red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
EASILY_TOLD_APART = 12


@pytest.fixture(scope="module")
def look(edition) -> Look:
    return look_of(edition)


def lab(colour: str, eyes: np.ndarray) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    light = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(eyes @ light, 0, 1) / WHITE
    curve = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * curve[1] - 16, 500 * (curve[0] - curve[1]), 200 * (curve[1] - curve[2])])


@pytest.mark.parametrize("eyes", EYES)
def test_areas_and_neighbours_differ_for_every_eye(look, eyes):
    fills = {holder.key: style.colours[0] for holder, style in look.holders.items() if holder.status == "control"}
    fills["land"] = look.ground["land"]
    for (one, colour), (other, against) in combinations(fills.items(), 2):
        apart = np.linalg.norm(lab(colour, EYES[eyes]) - lab(against, EYES[eyes]))
        assert apart > EASILY_TOLD_APART, (one, other, apart)


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
