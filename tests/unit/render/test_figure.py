"""The press picture: complete, legible, true to scale, and the same for the same input."""

import io
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image
from pyproj import Geod

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, DayOutsideDataset, NotADay
from mapapp.render.caption import Caption
from mapapp.render.figure import compose, draw_png
from mapapp.render.frame import Extent, Frame, frame_within
from mapapp.render.furniture import round_length
from mapapp.render.look import look_of
from mapapp.render.sheet import Box, Sheet, clean
from mapapp.resources.messages import messages
from support.poison import poisoned

ENGLISH = messages("en")
COUNTRY: Extent = (35.4, 32.1, 42.6, 37.5)
DEIR_EZ_ZOR: Extent = (38.9, 34.15, 41.5, 36.1)
HOSTILE = "$x^2_{$ {{7*7}} <b>&amp; \\frac{1}{2} \u202eevil\u202c\n\t\x00 \U0001f4a5 دير الزور"
SIZES = [(1200, 675), (1080, 1080), (800, 1200), (640, 360), (360, 360)]


def composed(edition: Edition, day: str, size: tuple[int, int], extent: Extent = COUNTRY) -> Sheet:
    sheet, _ = compose(edition, day, ENGLISH, Sheet(*size), extent)
    return sheet


def texts_of(sheet: Sheet) -> list[str]:
    return [words for words, _ in sheet.texts]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("extent", [COUNTRY, DEIR_EZ_ZOR], ids=["country", "part"])
@pytest.mark.parametrize("day", ["2017-05-06", "2017-09-21", "2017-12-31"])
def test_no_two_texts_meet_and_none_leaves_the_frame(
    edition: Edition, day: str, extent: Extent, size: tuple[int, int]
) -> None:
    sheet = composed(edition, day, size, extent)
    margin = sheet.frame.grow(-10 * sheet.unit)
    assert [words for words, box in sheet.texts if not margin.holds(box)] == []
    pairs = itertools.combinations(sheet.texts, 2)
    assert [(one[0], other[0]) for one, other in pairs if one[1].grow(-0.5).meets(other[1].grow(-0.5))] == []


def test_everything_a_newspaper_needs_is_written(edition: Edition) -> None:
    words = " ".join(texts_of(composed(edition, "2017-09-21", (1200, 675))))
    for part in ("Deir ez-Zor 2017", "21 September 2017", "Newest evidence", "Share of the country", "km", "Source:"):
        assert part in words
    assert edition.dataset.licence in words
    assert edition.version in words


def test_legend_names_only_holders_present_with_their_shares(edition: Edition) -> None:
    words = texts_of(composed(edition, "2017-09-21", (1200, 675), DEIR_EZ_ZOR))
    shares = Caption(edition, "2017-09-21", ENGLISH).shares
    named = {holder.actor: share for holder, share in shares.items() if holder.actor}
    assert "Opposition" not in words
    for key in ("gov", "sdf", "isis"):
        assert edition.dataset.actor(key).name in words
        assert f"{named[key] * 100:.1f}%" in words


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_towns_of_the_story_are_named(edition: Edition, size: tuple[int, int]) -> None:
    assert {"Deir ez-Zor", "Raqqa"} <= set(texts_of(composed(edition, "2017-09-21", size, DEIR_EZ_ZOR)))


def test_a_pixel_of_the_map_has_its_holders_colour(edition: Edition) -> None:
    day = "2017-09-21"
    picture = Image.open(io.BytesIO(draw_png(edition, day, messages=ENGLISH, extent=DEIR_EZ_ZOR))).convert("RGB")
    colours = np.asarray(picture).reshape(-1, 3)
    for holder in (
        holder for holder in Caption(edition, day, ENGLISH).shares if holder.actor in {"gov", "sdf", "isis"}
    ):
        fill = look_of(edition).style(holder).colours[0]
        wanted = np.array([int(fill[at : at + 2], 16) for at in (1, 3, 5)])
        assert (colours == wanted).all(axis=1).mean() > 0.02


def test_hostile_texts_stay_text(edition: Edition) -> None:
    places = edition.layers["place"].assign(name=HOSTILE, name_ru=HOSTILE)
    actors = tuple(replace(actor, name=HOSTILE) for actor in edition.dataset.actors)
    dataset = replace(edition.dataset, title=HOSTILE, credit=HOSTILE * 9, licence="$", actors=actors)
    hostile = Edition(dataset, edition.version, {**edition.layers, "place": places})
    sheet = composed(hostile, "2017-09-21", (1200, 675))
    assert any("$x^2_{$ {{7*7}} <b>&amp;" in words for words in texts_of(sheet))
    drawn = [artist for artist in sheet.axes.get_children() if isinstance(artist, Text) and artist.get_text()]
    assert [text for text in drawn if text.get_parse_math() or text.get_usetex()] == []
    for poison in (hostile, poisoned(edition)):
        picture = draw_png(poison, "2017-09-21", messages=ENGLISH)
        assert Image.open(io.BytesIO(picture)).size == (1200, 675)


def test_control_and_direction_characters_are_left_out() -> None:
    assert clean("a\u202eb\x00c\n d\u2028e") == "abc d e"
    assert clean("\U0001f4a5") == "\N{WHITE SQUARE}"


def test_arabic_is_shaped() -> None:
    sheet = Sheet(1200, 675)
    joined = sheet.measure("دير الزور", 40).width
    apart = sum(sheet.measure(letter, 40).width for letter in "ديرالزور")
    assert joined < 0.85 * apart


def test_metadata_tell_what_the_picture_shows(edition: Edition) -> None:
    picture = Image.open(io.BytesIO(draw_png(edition, "2017-09-21", messages=ENGLISH)))
    said = picture.text
    assert said["Title"] == edition.dataset.title
    assert said["Date"] == "2017-09-21"
    assert said["Version"] == edition.version
    assert said["Description"].startswith("Map: Deir ez-Zor 2017, 21 September 2017.")
    assert "Islamic State" in said["Description"]
    assert said["Software"].startswith("mapapp ")


def test_threads_draw_the_same_bytes(edition: Edition) -> None:
    days = ["2017-07-12", "2017-09-21", "2017-07-12", "2017-09-21"]
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda day: draw_png(edition, day, messages=ENGLISH, width=640, height=400), days))
    assert drawn[0] == drawn[2]
    assert drawn[1] == drawn[3]
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize(("scale", "size"), [(1, (640, 400)), (1.5, (960, 600)), (2, (1280, 800))])
def test_scale_multiplies_the_pixels(edition: Edition, scale: float, size: tuple[int, int]) -> None:
    drawn = draw_png(edition, "2017-09-21", messages=ENGLISH, width=640, height=400, scale=scale)
    assert Image.open(io.BytesIO(drawn)).size == size


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("width", {"width": 8193}),
        ("width", {"width": 0}),
        ("height", {"height": 359}),
        ("width", {"width": 8000, "height": 5001}),
        ("scale", {"scale": 8}),
        ("scale", {"scale": 0.5}),
        ("scale", {"scale": float("nan")}),
        ("bbox", {"extent": (41.0, 34.0, 39.0, 36.0)}),
        ("bbox", {"extent": (39.0, 34.0, float("nan"), 36.0)}),
        ("bbox", {"extent": (39.0, 34.0, 39.001, 36.0)}),
        ("bbox", {"extent": (39.0, -90.0, 40.0, 90.0)}),
    ],
)
def test_what_cannot_be_drawn_is_refused(edition: Edition, option: str, wrong: dict[str, float]) -> None:
    with pytest.raises(BadOption) as refused:
        draw_png(edition, "2017-09-21", messages=ENGLISH, **wrong)
    assert refused.value.parameter == option


def test_days_that_are_none_or_outside_are_refused(edition: Edition) -> None:
    with pytest.raises(NotADay):
        draw_png(edition, "2017-02-30", messages=ENGLISH)
    with pytest.raises(DayOutsideDataset):
        draw_png(edition, "2018-01-01", messages=ENGLISH)


@pytest.mark.parametrize("extent", [COUNTRY, DEIR_EZ_ZOR, (10.0, 60.0, 12.0, 62.0), (-5.0, -1.0, 5.0, 1.0)])
def test_a_pixel_has_its_true_length_in_the_middle(extent: Extent) -> None:
    frame = Frame(Box(0, 0, 800, 600), extent, (20.0, -10.0))
    middle = (extent[0] + extent[2]) / 2
    ends = np.array([[middle, frame.latitude], [middle + 0.1, frame.latitude]])
    pixels = float(np.diff(frame.place(ends)[:, 0])[0])
    metres = Geod(ellps="WGS84").line_length(ends[:, 0], ends[:, 1])
    assert frame.metres_per_pixel * pixels == pytest.approx(metres, rel=0.004)


def test_the_map_is_moved_rather_than_shown_without_ground() -> None:
    box, ground = Box(0, 0, 1000, 600), (34.0, 31.0, 44.5, 38.5)
    frame = frame_within(box, COUNTRY, ground)
    west, _ = frame.place(np.array([[34.0, 35.0]]))[0]
    assert west <= box.left + 1e-6
    corners = frame.place(np.array([COUNTRY[:2], COUNTRY[2:]], dtype=float))
    assert box.grow(1e-6).holds(Box(*corners.ravel()))


def test_lengths_of_the_scale_bar_are_round() -> None:
    assert [round_length(most) for most in (0.7, 1, 4.99, 5, 49, 200)] == [0.5, 1, 2, 5, 20, 200]


def test_words_too_long_end_in_an_ellipsis() -> None:
    sheet = Sheet(1200, 675)
    assert sheet.wrap("one two three", 12, 1000) == ["one two three"]
    lines = sheet.wrap("word " * 60, 12, 200, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(sheet.measure(line, 12).width <= 200 for line in lines)
    assert sheet.measure(sheet.shorten("x" * 500, 12, 90), 12).width <= 90
