"""Faults planted in a good file: exactly those come back, in one pass, and each repair leaves the others."""

from collections import Counter

import pytest

from mapapp.domain.faults import Fault, report_from
from mapapp.ingest.check import Examination, examine
from mapapp.ingest.intake import Source
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from mapapp.resources.messages import messages
from mapapp.services.check import as_json, lines
from support.planting import PLANTED, Planted, good_file, planted_file, small_dataset, written

PURPOSE = Purpose(small_dataset(), {}, "control")


def check(content: bytes) -> Examination:
    return examine([Source("board.geojson", content)], PURPOSE, command_limits())


@pytest.fixture(scope="module")
def found() -> Examination:
    return check(written(planted_file()))


def told(examination: Examination) -> Counter[tuple[str, int | None]]:
    return Counter((fault.kind, fault.feature) for fault in examination.report.faults)


def wanted(planted: tuple[Planted, ...] = PLANTED) -> Counter[tuple[str, int | None]]:
    return Counter((each.kind, each.cell + 1) for each in planted)


def fault_of(examination: Examination, planted: Planted) -> Fault:
    return next(f for f in examination.report.faults if (f.kind, f.feature) == (planted.kind, planted.cell + 1))


def test_the_good_file_is_good() -> None:
    examination = check(written(good_file()))
    assert examination.report.faults == ()
    assert len(examination.layers["control"]) == 100


def test_there_are_forty_faults_of_thirty_kinds_and_more() -> None:
    assert len(PLANTED) >= 40
    assert len({each.kind for each in PLANTED}) >= 30


def test_exactly_the_planted_faults_come_back(found: Examination) -> None:
    assert told(found) == wanted()


def test_each_names_its_file_feature_and_line(found: Examination) -> None:
    for fault in found.report.faults:
        assert (fault.file, fault.line) == ("board.geojson", (fault.feature or 0) + 1)
        assert fault.found
    boxed = [fault for fault in found.report.faults if fault.zoom]
    assert len(boxed) > 30
    crossed = fault_of(found, next(each for each in PLANTED if each.kind == "ring-crosses"))
    assert crossed.zoom == (40.8, 35.2, 40.9, 35.3)


def test_good_features_go_on_alone(found: Examination) -> None:
    bad = {fault.feature for fault in found.report.errors}
    ids = set(found.layers["control"]["id"])
    assert found.good == len(ids) == 100 - len(bad)
    assert f"cell-{1}" in ids
    assert f"cell-{28}" not in ids


@pytest.mark.parametrize("planted", PLANTED, ids=lambda each: f"{each.kind}-{each.cell}")
def test_a_repair_mends_its_fault_and_leaves_the_others(found: Examination, planted: Planted) -> None:
    fault = fault_of(found, planted)
    assert planted.repair in fault.repairs
    mended = found.repaired([(fault, planted.repair)])
    assert told(mended) == wanted() - wanted((planted,))


def test_all_repairs_together_leave_a_clean_file(found: Examination) -> None:
    mended = found.repaired([(fault_of(found, each), each.repair) for each in PLANTED])
    assert mended.report.faults == ()
    left_out = sum(each.repair == "leave-out" for each in PLANTED)
    assert len(mended.layers["control"]) == 100 - left_out
    assert mended.layers["control"].geometry.is_valid.all()


def test_a_repair_that_is_not_on_offer_does_nothing(found: Examination) -> None:
    fault = fault_of(found, PLANTED[0])
    assert told(found.repaired([(fault, "swap")])) == wanted()


def test_the_report_survives_json(found: Examination) -> None:
    assert report_from(found.report.plain()) == found.report


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_every_fault_is_a_sentence_in_every_language(found: Examination, language: str) -> None:
    say = messages(language)
    text = "\n".join(lines(found, say))
    assert all(f"({count})" in text for count in Counter(each.kind for each in PLANTED).values())
    rows = as_json(found, say)["faults"]
    assert len(rows) == len(PLANTED)
    assert all(row["message"] and row["expected"] and row["repairs"] for row in rows)
