from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from mapapp.render.fonts import script_of, static_font, web_font


def letters_of(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


@pytest.mark.parametrize(("family", "letters"), [("sans", "Azé0Жя"), ("arabic", "دير")])
@pytest.mark.parametrize("weight", [400, 700])
def test_a_static_font_is_one_weight_with_its_letters(family, letters, weight):
    font = TTFont(static_font(family, weight))
    assert set(letters) <= letters_of(font)
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == weight


def test_families_have_names_of_their_own():
    names = {TTFont(static_font(family, 400))["name"].getDebugName(1) for family in ("sans", "arabic")}
    assert len(names) == 2


def test_a_web_font_is_small_and_has_what_is_asked_for():
    font = web_font("sans", "Дейр-эз-Зор ʿ")
    assert len(font) < 40_000
    assert {"Д", "a", "7"} <= letters_of(TTFont(BytesIO(font)))


def test_a_web_font_has_figures_of_one_width():
    font = TTFont(BytesIO(web_font("sans")))
    cmap, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[cmap[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_a_web_font_joins_arabic_letters():
    font = TTFont(BytesIO(web_font("arabic")))
    assert {"init", "medi", "fina"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_same_letters_give_the_same_bytes():
    assert web_font("sans", "abc") == web_font("sans", "cba")


def test_each_letter_has_its_script():
    assert script_of("د") == "arabic"
    assert script_of("Д") == "sans"
