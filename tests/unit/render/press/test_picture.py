"""The press picture: complete, legible, true to scale, and the same for the same input."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring
from matplotlib.text import Text
from PIL import Image
from pyproj import Geod

from mapapp.domain.edition import Edition
from mapapp.domain.errors import MapappError
from mapapp.domain.extents import extents_of
from mapapp.domain.picture_faults import Faults
from mapapp.render.caption import Caption
from mapapp.render.frame import Extent, Frame, frame_within
from mapapp.render.look import look_of
from mapapp.render.press.layout import Composition, lay_out
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.order import read_options
from mapapp.render.press.picture import Picture, draw_picture, file_name
from mapapp.render.press.plates import round_length
from mapapp.render.press.presets import presets
from mapapp.render.sheet import Box, Sheet
from mapapp.render.typeface import clean
from mapapp.resources.messages import messages

ENGLISH = messages("en")
COUNTRY: Extent = (35.4, 32.1, 42.6, 37.5)
DEIR_EZ_ZOR: Extent = (38.9, 34.15, 41.5, 36.1)
VALLEY = "38.9,34.15,41.5,36.1"
HOSTILE = "$x^2_{$ {{7*7}} <b>&amp; \\frac{1}{2} \u202eevil\u202c\n\t\x00 \U0001f4a5 دير الزور"
LINK = "https://maps.example.org/?date=2017-09-21&version=0123456789ab"
SVG = "{http://www.w3.org/2000/svg}"


def composed(edition: Edition, **asked: str) -> Composition:
    return lay_out(edition, read_options(edition, asked), LINK)


def drawn(edition: Edition, **asked: str) -> Picture:
    return draw_picture(edition, read_options(edition, asked), LINK)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def texts_of(composition: Composition) -> list[str]:
    return [words for words, _ in composition.texts]


def faults_of(edition: Edition, **asked: str) -> list[MapappError]:
    with pytest.raises(Faults) as refused:
        read_options(edition, asked)
    return list(refused.value.faults)


def test_everything_a_newspaper_needs_is_written(edition: Edition) -> None:
    words = " ".join(texts_of(composed(edition)))
    for part in ("Who held what: Deir ez-Zor 2017", "21 September 2017", "Newest evidence", "Share of the country"):
        assert part in words
    for part in (" km", "Source:", edition.dataset.licence, edition.version, LINK):
        assert part in words


def test_legend_names_only_holders_present_with_their_shares(edition: Edition) -> None:
    words = texts_of(composed(edition, bbox=VALLEY))
    shares = Caption(edition, "2017-09-21", ENGLISH).shares
    named = {holder.actor: share for holder, share in shares.items() if holder.actor}
    assert "Opposition" not in words
    for key in ("gov", "sdf", "isis"):
        assert edition.dataset.actor(key).name in words
        assert f"{named[key] * 100:.1f}%" in words


@pytest.mark.parametrize("preset", ["article", "square", "column"])
def test_the_towns_of_the_story_are_named(edition: Edition, preset: str) -> None:
    assert {"Deir ez-Zor", "Raqqa"} <= set(texts_of(composed(edition, preset=preset, bbox=VALLEY)))


def test_a_pixel_of_the_map_has_its_holders_colour(edition: Edition) -> None:
    colours = np.asarray(opened(drawn(edition, bbox=VALLEY)).convert("RGB")).reshape(-1, 3)
    for holder in Caption(edition, "2017-09-21", ENGLISH).shares:
        if holder.actor in {"gov", "sdf", "isis"}:
            fill = look_of(edition).style(holder).colours[0]
            wanted = np.array([int(fill[at : at + 2], 16) for at in (1, 3, 5)])
            assert (colours == wanted).all(axis=1).mean() > 0.02


def test_hostile_texts_stay_text(edition: Edition) -> None:
    places = edition.layers["place"].assign(name=HOSTILE, name_ru=HOSTILE)
    actors = tuple(replace(actor, name=HOSTILE) for actor in edition.dataset.actors)
    dataset = replace(edition.dataset, title=HOSTILE, credit=HOSTILE * 9, licence="$", actors=actors)
    hostile = Edition(dataset, edition.version, {**edition.layers, "place": places})
    composition = composed(hostile, title=HOSTILE)
    assert any("{{7*7}} <b>&amp;" in words for words in texts_of(composition))
    artists = composition.sheet.axes.get_children()
    texts = [artist for artist in artists if isinstance(artist, Text) and artist.get_text()]
    assert [text for text in texts if text.get_parse_math() or text.get_usetex()] == []
    assert opened(drawn(hostile)).size == (1200, 675)
    root = fromstring(drawn(hostile, format="svg", text="live", title=HOSTILE).content)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} & {"script", "b", "foreignObject"} == set()


def test_control_and_direction_characters_are_left_out() -> None:
    assert clean("a\u202eb\x00c\n d\u2028e") == "abc d e"
    assert clean("\U0001f4a5") == "\N{WHITE SQUARE}"


def test_arabic_is_shaped_and_the_page_turned_round(edition: Edition) -> None:
    sheet = Sheet(1200, 675)
    joined = sheet.measure("دير الزور", 40).width
    assert joined < 0.85 * sum(sheet.measure(letter, 40).width for letter in "ديرالزور")
    english, arabic = composed(edition), composed(edition, lang="ar")
    assert english.frame.box.left > 300
    assert arabic.frame.box.right < 900
    assert {"TURKEY", "IRAQ"} <= set(texts_of(english))
    assert {"تركيا", "العراق"} <= set(texts_of(arabic))
    title = arabic.texts[0]
    assert title[1].right == pytest.approx(1200 - english.texts[0][1].left, abs=1)


def test_the_file_tells_what_the_picture_shows(edition: Edition) -> None:
    said = opened(drawn(edition)).text  # type: ignore[attr-defined]  # of PNG alone
    assert said["Title"] == "Who held what: Deir ez-Zor 2017"
    assert (said["Date"], said["Version"], said["URL"]) == ("2017-09-21", edition.version, LINK)
    assert said["Copyright"] == edition.dataset.licence
    assert said["Description"].startswith("Map: Deir ez-Zor 2017, 21 September 2017.")
    assert "Islamic State" in said["Description"]
    pdf = drawn(edition, format="pdf")
    with pypdfium2.PdfDocument(pdf.content) as document:
        assert document.get_metadata_dict()["Title"] == said["Title"]
    assert f"<dc:identifier>{edition.dataset.name} {edition.version}</dc:identifier>".encode() in pdf.content
    root = fromstring(drawn(edition, format="svg").content)
    assert root.findtext(f"{SVG}title") == said["Title"]
    assert root.findtext(f"{SVG}desc") == said["Description"]


def test_file_names_say_what_is_shown(edition: Edition) -> None:
    def named(**asked: str) -> str:
        return file_name(edition, read_options(edition, asked))

    version = edition.version
    assert named() == f"deir-ez-zor-2017_2017-09-21_{version}_en_1200x675.png"
    assert named(scale="2", lang="ru") == f"deir-ez-zor-2017_2017-09-21_{version}_ru_1200x675@2x.png"
    wanted = f"deir-ez-zor-2017_zone-idlib_2017-09-21_{version}_en_90x150mm.pdf"
    assert named(preset="column", format="pdf", extent="zone-idlib") == wanted


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_threads_draw_the_same_bytes(edition: Edition, kind: str) -> None:
    days = ["2017-07-12", "2017-09-21", "2017-07-12", "2017-09-21"]
    asked = {"width": "640", "height": "400", "format": kind}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda day: drawn(edition, date=day, **asked).content, days))
    assert made[0] == made[2]
    assert made[1] == made[3]
    assert made[0] != made[1]


@pytest.mark.parametrize(("scale", "size"), [("1", (640, 400)), ("1.5", (960, 600)), ("2", (1280, 800))])
def test_scale_multiplies_the_pixels(edition: Edition, scale: str, size: tuple[int, int]) -> None:
    assert opened(drawn(edition, width="640", height="400", scale=scale)).size == size


def test_paper_has_its_size_and_density(edition: Edition) -> None:
    png = drawn(edition, preset="column")
    assert opened(png).size == (png.width, png.height) == (1063, 1772)
    assert opened(png).info["dpi"] == pytest.approx((300, 300), abs=0.1)
    with pypdfium2.PdfDocument(drawn(edition, preset="column", format="pdf").content) as document:
        assert document[0].get_size() == pytest.approx((90 / 25.4 * 72, 150 / 25.4 * 72), abs=0.2)
    root = fromstring(drawn(edition, preset="column", format="svg").content)
    assert (root.get("width"), root.get("height")) == ("90mm", "150mm")


@pytest.mark.parametrize("text", ["outlines", "live"])
def test_an_svg_has_a_group_for_each_layer(edition: Edition, text: str) -> None:
    root = fromstring(drawn(edition, format="svg", text=text, qr="1", extent="deir-ez-zor", north="1").content)
    groups = [element.get("id") for element in root if element.tag == f"{SVG}g"]
    wanted = ["background", "land", "areas", "fronts", "positions", "labels", "scale", "north", "locator", "code"]
    assert [name for name in groups if name in wanted] == wanted
    assert groups == list(dict.fromkeys(groups))
    lines = {"".join(element.itertext()) for element in root.iter(f"{SVG}text")}
    assert ("21 September 2017" in lines) == (text == "live")
    assert {element.tag for element in root.iter() if "href" in "".join(element.attrib)} <= {f"{SVG}use"}


def test_a_pdf_is_vector_with_its_fonts_inside(edition: Edition) -> None:
    content = drawn(edition, format="pdf").content
    assert b"/FontFile2" in content
    assert b"/Subtype /Image" not in content
    with pypdfium2.PdfDocument(content) as document:
        assert "21 September 2017" in document[0].get_textpage().get_text_bounded()


def test_transparent_paper_lets_through(edition: Edition) -> None:
    picture = np.asarray(opened(drawn(edition, theme="transparent")))
    assert picture.shape[2] == 4
    assert picture[3, 3, 3] == 0
    assert (picture[..., 3] == 255).mean() > 0.2


def test_black_and_white_has_no_colour_and_a_hatching_for_each(edition: Edition) -> None:
    picture = np.asarray(opened(drawn(edition, palette="mono", layers="control"))).astype(int)
    assert np.ptp(picture[..., :3], axis=2).max() <= 2
    hatches = [(style.hatches, style.lean) for style in composed(edition, palette="mono").look.holders.values()]
    assert len(set(hatches)) == len(hatches)


def test_the_code_is_the_link(edition: Edition) -> None:
    composition = composed(edition, qr="1", theme="dark")
    picture = draw_picture(edition, composition.options, LINK)
    assert picture.content == draw_picture(edition, composition.options, LINK).content
    assert picture.content != drawn(edition, theme="dark").content


def test_every_named_extent_is_shown_whole(edition: Edition) -> None:
    for key, named in extents_of(edition).items():
        frame = composed(edition, extent=key).frame
        corners = frame.place(np.array([named.bbox[:2], named.bbox[2:]]))
        assert frame.box.grow(1e-6).holds(Box(*corners.ravel())), key


def test_places_in_pixels_lead_back_to_degrees(edition: Edition) -> None:
    frame = composed(edition, extent="deir-ez-zor").frame
    points = np.array([[40.14, 35.33], [39.0, 36.0]])
    assert frame.degrees(frame.place(points)) == pytest.approx(points)


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("width", {"width": "8193"}),
        ("width", {"width": "0"}),
        ("height", {"height": "359"}),
        ("height", {"height": "nan"}),
        ("width", {"width": "8000", "height": "5001"}),
        ("width", {"width": "wide"}),
        ("scale", {"scale": "8"}),
        ("scale", {"scale": "0.5"}),
        ("dpi", {"preset": "a4", "dpi": "601"}),
        ("dpi", {"preset": "a4", "unit": "mm", "width": "500", "height": "500", "dpi": "600"}),
        ("unit", {"preset": "a4", "unit": "px"}),
        ("preset", {"preset": "poster"}),
        ("format", {"format": "gif"}),
        ("theme", {"theme": "sepia"}),
        ("palette", {"palette": "../default"}),
        ("lang", {"lang": "de"}),
        ("layers", {"layers": "control,tanks"}),
        ("north", {"north": "maybe"}),
        ("extent", {"extent": "mars"}),
        ("bbox", {"bbox": "41,34,39,36"}),
        ("bbox", {"bbox": "39,34,nan,36"}),
        ("bbox", {"bbox": "39,34,39.001,36"}),
        ("bbox", {"bbox": "1,2,3"}),
        ("bbox", {"bbox": "1,2,3,4"}),
        ("bbox", {"bbox": VALLEY, "extent": "country"}),
        ("title", {"title": "x" * 10_000}),
        ("date", {"date": "2017-02-30"}),
        ("date", {"date": "2018-01-01"}),
        ("marks", {"marks": "[1]"}),
    ],
)
def test_what_cannot_be_drawn_is_refused(edition: Edition, option: str, wrong: dict[str, str]) -> None:
    found = faults_of(edition, **wrong)
    assert [fault.parameter for fault in found] == [option]
    for language in ("en", "ar", "ru"):
        assert "{" not in messages(language).error(found[0])


def test_all_that_is_wrong_is_said_at_once(edition: Edition) -> None:
    found = faults_of(edition, width="9", theme="x", bbox="1,2,3,4", title="y" * 161, lang="xx")
    assert {fault.parameter for fault in found} == {"width", "theme", "bbox", "title", "lang"}
    assert len(str(Faults(found)).split(". ")) >= 5


def test_each_preset_has_its_size(edition: Edition) -> None:
    pixels = {name: read_options(edition, {"preset": name}).pixels for name in presets()}
    assert pixels == {
        "article": (1200, 675), "square": (1080, 1080), "portrait": (1080, 1350), "story": (1080, 1920),
        "social": (1200, 630), "column": (1063, 1772), "a4": (2480, 3508),
    }  # fmt: skip
    assert hash(PictureOptions("2017-09-21")) == hash(PictureOptions("2017-09-21"))


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
