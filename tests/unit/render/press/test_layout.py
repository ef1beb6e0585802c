"""Boxes of every text: for each preset and language none meets another, and none leaves the sheet."""

import itertools

import pytest

from mapapp.domain.edition import Edition
from mapapp.render.press.layout import Composition, lay_out
from mapapp.render.press.order import read_options
from mapapp.render.press.presets import presets
from mapapp.resources.languages import LANGUAGES

DAYS = ("2017-05-06", "2017-07-15", "2017-09-05", "2017-09-21", "2017-10-21", "2017-11-20", "2017-12-31")
TITLES = {
    "en": "How the army from the west and the Syrian Democratic Forces from the north"
    " met on the Euphrates, day by day from May to December",
    "ar": "كيف التقى الجيش من الغرب وقوات سوريا الديمقراطية من الشمال"
    " على ضفاف نهر الفرات يوماً بعد يوم بين أيار وكانون الأول 2017 في دير الزور",
    "ru": "Как армия с запада и Сирийские демократические силы с севера"
    " встретились на Евфрате: с мая по декабрь 2017 года, день за днём",
}
LINK = "https://maps.example.org/?dataset=deir-ez-zor-2017&date=2017-09-21&version=0123456789ab&lang=ru"
EXTENTS = ("country", "deir-ez-zor", "deir-ez-zor-city", "zone-idlib", "country", "euphrates-valley", "zone-south")
"""One a day, so that sparse and crowded maps take turns."""


def faults_of(composition: Composition) -> list[object]:
    margin = composition.sheet.frame.grow(-10 * composition.sheet.unit)
    outside = [words for words, box in composition.texts if not margin.holds(box)]
    pairs = itertools.combinations(composition.texts, 2)
    return [*outside, *((one[0], two[0]) for one, two in pairs if one[1].grow(-0.5).meets(two[1].grow(-0.5)))]


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("preset", presets())
def test_no_two_texts_meet_and_none_leaves_the_frame(edition: Edition, preset: str, language: str) -> None:
    asked = {"preset": preset, "lang": language}
    for day in DAYS:
        assert faults_of(lay_out(edition, read_options(edition, asked | {"date": day}), LINK)) == [], day


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("preset", presets())
def test_long_titles_codes_and_parts_of_the_map_fit_as_well(edition: Edition, preset: str, language: str) -> None:
    number = list(presets()).index(preset)
    extra = {"title": TITLES[language], "qr": "1", "north": "1", "extent": EXTENTS[number]}
    options = read_options(edition, {"preset": preset, "lang": language, "date": DAYS[number]} | extra)
    composition = lay_out(edition, options, LINK)
    assert faults_of(composition) == []
    written = " ".join(words for words, _ in composition.texts)
    assert all(word in written for word in TITLES[language].split()[:-1])


@pytest.mark.parametrize(("width", "height"), [("360", "360"), ("640", "360"), ("360", "1200"), ("2000", "400")])
@pytest.mark.parametrize("extent", ["country", "deir-ez-zor"])
def test_own_sizes_hold_too(edition: Edition, width: str, height: str, extent: str) -> None:
    options = read_options(edition, {"width": width, "height": height, "extent": extent})
    assert faults_of(lay_out(edition, options)) == []
