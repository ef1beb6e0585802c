"""The picture of what changed hands between two days: its table adds up, and nothing in it meets."""

import io
import itertools

import numpy as np
import pytest
from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.domain.picture_faults import Faults
from mapapp.render.press.change import ChangeCaption, ChangeScene
from mapapp.render.press.layout import Composition, lay_out
from mapapp.render.press.order import read_options
from mapapp.render.press.picture import draw_picture
from mapapp.render.press.presets import presets
from mapapp.resources.languages import LANGUAGES
from mapapp.services.compare import compare
from mapapp.services.picture import map_link

LINK = "https://maps.example.org/?dataset=deir-ez-zor-2017&date=2017-09-21&version=0123456789ab&lang=ru"
SPANS = (("2017-05-06", "2017-12-31"), ("2017-08-05", "2017-09-21"), ("2017-09-20", "2017-09-21"))


def laid_out(edition: Edition, first: str, last: str, **asked: str) -> Composition:
    return lay_out(edition, read_options(edition, {"date": last, "compare": first, **asked}), LINK)


def faults_of(composition: Composition) -> list[object]:
    margin = composition.sheet.frame.grow(-10 * composition.sheet.unit)
    outside = [words for words, box in composition.texts if not margin.holds(box)]
    pairs = itertools.combinations(composition.texts, 2)
    return [*outside, *((one[0], two[0]) for one, two in pairs if one[1].grow(-0.5).meets(two[1].grow(-0.5)))]


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("preset", presets())
def test_no_two_texts_meet_and_none_leaves_the_frame(edition: Edition, preset: str, language: str) -> None:
    for number, (first, last) in enumerate(SPANS):
        extent = "deir-ez-zor" if number % 2 else ""
        assert faults_of(laid_out(edition, first, last, preset=preset, lang=language, extent=extent)) == [], (
            first,
            last,
        )


def test_the_table_is_the_comparison_of_the_service(edition: Edition) -> None:
    composition = laid_out(edition, "2017-08-05", "2017-09-21")
    caption, found = composition.caption, compare(edition, "2017-08-05", "2017-09-21")
    assert isinstance(caption, ChangeCaption)
    assert [(each.winner, each.loser, each.km2) for each in caption.changes] == [
        (pair.winner, pair.loser, pair.km2) for pair in found.pairs
    ]
    assert dict(caption.nets) == {net.holder: pytest.approx(net.net) for net in found.nets}
    written = [words for words, _ in composition.texts]
    figures = [caption.area(each.km2) for each in caption.changes if each.km2 >= 1]
    assert set(figures) <= set(written)
    assert "What changed between 5 August and 21 September 2017" in " ".join(written)


def test_the_table_numbers_what_the_map_numbers(edition: Edition) -> None:
    composition = laid_out(edition, "2017-08-05", "2017-09-21", width="1600", height="900", palette="mono")
    written = [words for words, _ in composition.texts]
    assert isinstance(composition.scene, ChangeScene)
    large = [str(change.number) for change, shape in composition.scene.seen if change.km2 > 100 and shape.area > 400]
    assert large
    assert all(written.count(number) >= 2 for number in large)


def test_where_nothing_changed_it_says_so(edition: Edition) -> None:
    quiet = next(
        (first, last)
        for first, last in itertools.pairwise(f"2017-05-{day:02}" for day in range(6, 32))
        if not compare(edition, first, last).pairs
    )
    written = " ".join(words for words, _ in laid_out(edition, *quiet).texts)
    assert "No ground changed hands." in written


def test_the_days_may_be_given_either_way_but_not_twice_the_same(edition: Edition) -> None:
    one = read_options(edition, {"date": "2017-08-05", "compare": "2017-09-21"})
    assert (one.compare, one.day) == ("2017-08-05", "2017-09-21")
    with pytest.raises(Faults, match="Both days are 2017-09-21") as refused:
        read_options(edition, {"date": "2017-09-21", "compare": "2017-09-21"})
    assert [fault.parameter for fault in refused.value.faults] == ["compare"]
    with pytest.raises(Faults, match="lies outside this map"):
        read_options(edition, {"compare": "2018-09-21"})


def test_file_and_link_name_both_days_and_black_and_white_has_no_colour(edition: Edition) -> None:
    options = read_options(
        edition, {"date": "2017-09-21", "compare": "2017-08-05", "palette": "mono", "theme": "light"}
    )
    drawn = draw_picture(edition, options, LINK)
    assert "_2017-08-05_2017-09-21_" in drawn.file_name
    assert "compare=2017-08-05" in map_link(edition, options, "https://maps.example.org")
    pixels = np.asarray(Image.open(io.BytesIO(drawn.content)).convert("RGB")).astype(int)
    assert np.abs(pixels - pixels[:, :, :1]).max() <= 12  # the paper's own greys, nothing more
    assert "13,253 km²" in drawn.alternative
