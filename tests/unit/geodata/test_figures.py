"""The figures on the method page are those that the data give."""

import re

import pytest

from geodata.build.__main__ import METHOD
from geodata.build.sources import SOURCES
from geodata.build.validation.figures import BLOCK, MEASURED, figures, write_figures
from mapapp.ingest.theatre.derivation import derive


@pytest.fixture(scope="module")
def made():
    return derive(SOURCES)


@pytest.fixture(scope="module")
def page():
    return METHOD.read_text(encoding="utf-8")


def test_the_page_says_what_the_data_give(made, page):
    written = write_figures(page, made, "2000-01-01")
    assert written == page, "run python -m geodata.build --validate --write"


def test_every_block_has_its_place(made, page):
    names = [match[2] for match in BLOCK.finditer(page)]
    assert sorted(names) == sorted(figures(made))


def test_a_changed_figure_changes_the_day_too(made, page):
    stale = page.replace("Mean error of the", "Mean mistake of the")
    assert stale != page
    mended = write_figures(stale, made, "2000-01-01")
    assert MEASURED.search(mended)[1] == "2000-01-01"
    assert MEASURED.sub("", mended) == MEASURED.sub("", page)


def test_text_between_the_blocks_names_the_rules_as_they_are(made, page):
    for rule in ("follow_km", "near_km", "back_km"):
        told = re.search(rf"(\d+) km\s+\(`{rule}`\)", page)
        assert int(told[1]) == made.theatre.rules[rule]
