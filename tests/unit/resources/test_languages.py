"""Every language says everything, with the same gaps, and in its own letters."""

import ast
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

import mapapp.web.listen
from mapapp.domain.errors import BadOption, MapappError, Phrase, UnknownDataset
from mapapp.resources.bidi import APART, END, set_apart
from mapapp.resources.languages import LANGUAGES, language_of, preferred
from mapapp.resources.messages import messages
from support.machine import ROOT

FOLDER = Path(str(files("mapapp.resources"))) / "locales"
OTHERS = [language.code for language in LANGUAGES if language.code != "en"]
ENGLISH = {file.name: json.loads(file.read_text()) for file in sorted((FOLDER / "en").glob("*.json"))}
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")
LATIN = re.compile(r"[A-Za-z][A-Za-z-]+")
"""A word of two Latin letters or more."""
KNOWN = frozenset(
    {"mapapp", "id", "PNG", "CSV", "JSON", "GeoJSON", "TopoJSON", "API", "YYYY-MM-DD", "Ctrl-C", "Python", "png"}
    | {"svg", "pdf", "base", "url", "side", "swipe", "compare"}
    | {"requirements", "txt", "fontpkg-noto-sans", "fontpkg-noto-sans-arabic"}
    | {"EPSG", "Feature", "FeatureCollection", "GeoPackage", "KML", "RFC", "Shapefile", "UTF-"}
    | {"XML", "actor", "after", "before", "contested", "control", "date", "dbf", "features", "from"}
    | {"geometry", "joint", "null", "parties", "place", "prj", "properties", "shp", "shx", "source"}
    | {"GIF", "MP", "change", "day", "film", "gif", "imageio-ffmpeg", "install", "mp", "pip"}
    | {"status", "to", "valid", "zip", "side", "swipe", "compare"}
    | {
        "CITATION",
        "HTML",
        "LICENCES",
        "QGIS",
        "README",
        "WGS",
        "WKT",
        "cff",
        "csv",
        "geojson",
        "gpkg",
        "html",
        "md",
        "topojson",
    }
)
"""Names and terms that are written in Latin letters in every language."""


def catalogue(code: str, name: str) -> dict[str, str]:
    """Return one file of a language."""
    read: dict[str, str] = json.loads((FOLDER / code / name).read_text())
    return read


def gaps(text: str) -> set[str]:
    """Return the names of the placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def wanted(english: dict[str, str], code: str) -> Iterator[str]:
    """Yield the keys that a language owes: those of English, plural forms as its own grammar has them."""
    for key in english:
        stem = PLURAL.sub("", key)
        if stem == key or not {f"{stem}.one", f"{stem}.other"} <= set(english):
            yield key
        elif key.endswith(".other"):
            yield from (f"{stem}.{form}" for form in language_of(code).plurals)


def english_of(key: str, english: dict[str, str]) -> str:
    return english[key] if key in english else english[PLURAL.sub(".other", key)]


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_files(code: str) -> None:
    assert sorted(path.name for path in (FOLDER / code).iterdir()) == list(ENGLISH)


@pytest.mark.parametrize("name", ENGLISH)
@pytest.mark.parametrize("code", ["en", *OTHERS])
def test_every_language_has_every_key_and_no_other(code: str, name: str) -> None:
    assert sorted(catalogue(code, name)) == sorted(set(wanted(ENGLISH[name], code)))


@pytest.mark.parametrize("name", ENGLISH)
@pytest.mark.parametrize("code", OTHERS)
def test_every_text_has_the_gaps_of_the_english_one(code: str, name: str) -> None:
    wrong = {}
    for key, text in catalogue(code, name).items():
        owed = gaps(english_of(key, ENGLISH[name]))
        free = {"count", "days"} if re.search(r"\.(zero|one|two)$", key) else set()  # some say the number as a word
        if not owed - free <= gaps(text) <= owed:
            wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("name", ENGLISH)
@pytest.mark.parametrize("code", OTHERS)
def test_no_text_is_left_in_english(code: str, name: str) -> None:
    left = {}
    for key, text in catalogue(code, name).items():
        bare = re.sub(r"`[^`]*`|\{\w+\}|MAPAPP_\w+|mapapp:\w+|--\w+", " ", text)  # commands, names of settings, gaps
        if words := set(LATIN.findall(bare)) - KNOWN:
            left[key] = words
    assert left == {}


@pytest.mark.parametrize("name", ENGLISH)
@pytest.mark.parametrize("code", OTHERS)
def test_a_text_that_has_words_is_translated(code: str, name: str) -> None:
    texts = catalogue(code, name)
    same = {key for key, text in texts.items() if text == ENGLISH[name].get(key) and LATIN.search(_bare(text))}
    assert same == set()


def _bare(text: str) -> str:
    return " ".join(word for word in LATIN.findall(re.sub(r"\{\w+\}", " ", text)) if word not in KNOWN)


def test_no_key_is_in_two_files() -> None:
    keys = [key for texts in ENGLISH.values() for key in texts]
    assert len(keys) == len(set(keys))


def _kinds(kind: type[MapappError]) -> Iterator[type[MapappError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("mapapp."):
            yield child
            yield from _kinds(child)


def test_every_error_can_be_said_and_english_says_what_the_code_says() -> None:
    assert mapapp.web.listen.PortTaken in set(_kinds(MapappError))
    said = messages("en").under("error")
    assert {kind.__name__: said.get(kind.__name__) for kind in _kinds(MapappError)} == {
        kind.__name__: kind.sentence for kind in _kinds(MapappError)
    }


def _phrases() -> Iterator[tuple[str, str]]:
    """Yield key and text of every Phrase that the code makes."""
    for path in (ROOT / "mapapp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                key, text = (ast.literal_eval(argument) for argument in node.args)
                yield key, text


def test_every_phrase_can_be_said_and_english_says_what_the_code_says() -> None:
    assert dict(_phrases()) == messages("en").under("phrase")


def test_an_error_speaks_the_language_with_its_phrase() -> None:
    error = BadOption("q", value="", option="q", expected=Phrase("at_most", "at most {n} characters are read", n=80))
    assert str(error).endswith("at most 80 characters are read.")
    assert messages("ru").error(error).endswith("читается не больше 80 знаков.")


def test_plural_forms_follow_the_language() -> None:
    said = [messages("ru").count("app.more", number, count=number) for number in (1, 3, 5, 21)]
    assert said == ["и ещё 1 пункт", "и ещё 3 пункта", "и ещё 5 пунктов", "и ещё 21 пункт"]
    assert messages("ar").count("search.evidence", 2, date="x", days=2).endswith("قبل يومين.")
    assert messages("ar").count("search.evidence", 11, date="x", days=11).endswith("قبل 11 يوماً.")


def test_foreign_words_in_a_sentence_are_set_apart() -> None:
    said = messages("ar").error(UnknownDataset("dataset", name="x-1", known="deir-ez-zor-2017"))
    assert f"{APART}deir-ez-zor-2017{END}" in said
    assert set_apart("2017-09-21", "rtl") == f"{APART}2017-09-21{END}"
    assert set_apart("دير الزور", "ltr") == f"{APART}دير الزور{END}"
    assert set_apart("21 أيلول 2017", "rtl") == "21 أيلول 2017"


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("de-DE,ru;q=0.2,en;q=0.1", "ru"),
        ("en;q=0.4, ar;q=0.5", "ar"),
        ("ru;q=0, ar;q=x, fr", "en"),
        ("*", "en"),
    ],
)
def test_the_reader_gets_the_first_language_of_ours(accepted: str, code: str) -> None:
    assert preferred(accepted) == code


def test_unknown_languages_are_told() -> None:
    with pytest.raises(KeyError):
        messages("xx")
