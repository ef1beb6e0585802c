import pytest

from mapapp.render.temporal_layer.elements import Inline, JsonBlock, Verbatim, to_json
from mapapp.render.temporal_layer.layer import leaflet_script, leaflet_style, own_script
from mapapp.render.temporal_layer.places import Dictionary
from support.poison import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_verbatim_gives_its_text_as_it_is(text):
    assert Verbatim(text).render() == text


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_page_cannot_end_its_block(text):
    block = JsonBlock("name", {"text": text}).render()
    assert block.count("<") == 2
    assert "\u2028" not in block
    assert "\u2029" not in block


def test_json_refuses_what_no_reader_reads():
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"valid_to": float("nan")})


def test_code_cannot_end_its_own_element():
    with pytest.raises(ValueError, match="end tag"):
        Inline("script", "'</SCRIPT>'")


def test_nothing_of_leaflet_points_elsewhere():
    assert "sourceMappingURL" not in leaflet_script()
    assert "url(" not in leaflet_style()
    assert ".leaflet-pane" in leaflet_style()


def test_our_scripts_are_one_closed_unit():
    assert own_script().startswith('(() => {\n"use strict";')
    assert own_script().endswith("})();\n")


def test_a_dictionary_keeps_a_text_once():
    texts = Dictionary()
    assert [texts.number(text) for text in ("a", None, "b", "a", "")] == [1, 0, 2, 1, 0]
    assert texts.texts == [None, "a", "b"]
