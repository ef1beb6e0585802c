"""Files that nobody in the project wrote, and some written to hurt: each ends in one of three answers."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapapp.ingest.check import Examination, examine
from mapapp.ingest.intake import Source
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from mapapp.resources.messages import messages
from mapapp.services.check import lines
from support.hostile import OWN, SHARED, own_files

LIMITS = command_limits()


def check(name: str, content: bytes) -> Examination:
    started = time.monotonic()
    found = examine([Source(name, content)], Purpose(form_only=True), LIMITS)
    assert time.monotonic() - started < 10
    assert list(lines(found, messages()))
    return found


def answer(found: Examination) -> str:
    if found.report.errors:
        return "refuse"
    return "repair" if found.report.warnings else "accept"


@pytest.mark.parametrize(("name", "content", "wanted"), own_files(), ids=[name for name, _, _ in own_files()])
def test_own_hostile_file(name: str, content: bytes, wanted: str) -> None:
    """`wanted` is the kind of the first fault; empty where the file is good."""
    found = check(name, content)
    kinds = [fault.kind for fault in found.report.faults]
    assert wanted in kinds if wanted else kinds == []


def test_there_are_own_files_of_every_family() -> None:
    assert len(own_files()) >= 40
    assert OWN.is_dir()


def listed(folder: str, pattern: str) -> Iterator[Path]:
    """Yield files of the shared folder; none where it is absent, for then the own files above do the work."""
    if SHARED is not None:
        yield from (path for path in sorted((SHARED / folder).glob(pattern)) if path.name != "LIST.md")


def answers(folder: str, pattern: str) -> Iterator[tuple[Path, Examination, str]]:
    for path in listed(folder, pattern):
        found = check(path.name, path.read_bytes())
        yield path, found, answer(found)


STRICTER = {
    "bigint.geojson": "accept",  # a number of 30 digits is kept to the last of them, as text where it is an id
    "badname.gpkg": "accept",  # a strange name of a layer is data: it never reaches a query
    "dates.geojson": "refuse",
    "mixedtypes.geojson": "refuse",
    "utf16.geojson": "accept",  # its mark says what it is
    "netlink.kml": "repair",  # the link is not followed and that is said
    "srs_name.geojson": "repair",  # it is moved as it says, which is said; where it then lies is the map's question
    "ok.geojson": "accept",
    "description_with_xml.kml": "accept",
    "bom.geojson": "accept",
    "crs3857.geojson": "repair",
    "nullgeometry.geojson": "refuse",  # until the repair on offer, leaving it out, is chosen
    "different-first-size.geojson": "repair",  # heights are dropped, then its ends are the same
    "polygon_winding_order.geojson": "repair",  # a shape wound the other way is whole: the repair loses nothing
    "issue82.geojson": "refuse",  # its latitudes go down to -158
    "good-featurecollection-bbox3d.geojson": "repair",  # heights are not kept
    "good-point-3d.geojson": "repair",
}
"""Where the answer is not what the list of the folder says, and why; or what it says where that cannot be derived."""


def test_trials() -> None:
    wrong = {
        path.name: given for path, _, given in answers("trials", "*.*") if given != STRICTER.get(path.name, "refuse")
    }
    assert wrong == {}


def test_geojsonhint() -> None:
    wrong = {}
    for path, _, given in answers("geojsonhint", "*/*.geojson"):
        usual = {"accept"} if path.parent.name == "good" else {"refuse", "repair"}
        wanted = {STRICTER[path.name]} if path.name in STRICTER else usual
        if given not in wanted:
            wrong[path.name] = given
    assert wrong == {}


NO_JSON = {"json-syntax", "json-depth", "json-number", "file-encoding", "file-empty", "file-kind"}


def test_json_that_parsers_disagree_on() -> None:
    """None of them is GeoJSON, so all are refused; what is no JSON at all is refused for that."""
    wrong = {}
    for path, found, given in answers("jsontestsuite", "*.json"):
        kinds = {fault.kind for fault in found.report.faults}
        right = given == "refuse"
        if path.name.startswith("n_"):
            right &= bool(kinds & NO_JSON)
        if path.name.startswith("y_"):
            right &= kinds <= {"geojson-root", "json-key-twice"}
        if not right:
            wrong[path.name] = kinds
    assert wrong == {}


def test_gdal_autotest() -> None:
    wrong = {
        path.name: given
        for path, _, given in answers("gdal-autotest", "*.*")
        if given != STRICTER.get(path.name, "refuse")
    }
    assert wrong == {}


def test_invalid_polygons_are_all_found() -> None:
    for path, found, _ in answers("invalid-polygons", "*.geojson"):
        count = len(json.loads(path.read_text())["features"])
        wrong = {fault.feature for fault in found.report.faults if fault.kind != "coordinates-outside-world"}
        assert len(wrong) == count


def test_shapefiles() -> None:
    wrong = {
        path.name: given
        for path, _, given in answers("pyshp-shapefiles", "*.*")
        if given != ("repair" if path.name == "REL.zip" else "refuse")
    }
    assert wrong == {}


def test_kml() -> None:
    """Every file is answered; what has points or areas is taken, with a word where links are not followed."""
    given = {path.name: answer for path, _, answer in answers("togeojson-kml", "[bnp]*o*.kml")}
    taken = ("point.kml", "polygon.kml", "noname.kml")
    assert all(given[name] in ("accept", "repair") for name in taken if given)
    assert given.get("bad.kml", "refuse") == "refuse"
