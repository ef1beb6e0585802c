"""The files to begin with pass the check that they show the form for."""

import pytest

from mapapp.ingest.intake import Source
from mapapp.ingest.limits import page_limits
from mapapp.resources.messages import messages
from mapapp.services.catalog import open_edition
from mapapp.services.check import check_sources, purpose_for
from mapapp.services.report import report_csv
from mapapp.services.templates import Download, templates, whole_layer


def offered() -> list[Download]:
    edition = open_edition()
    return [*templates(edition), whole_layer(edition, "control")]


@pytest.mark.parametrize("at", range(4))
def test_what_is_offered_passes_the_check(at: int) -> None:
    each = offered()[at]
    found = check_sources([Source(each.name, each.make())], purpose_for(open_edition()), page_limits())
    assert found.features
    assert found.report.errors == []


def test_no_cell_of_a_report_is_a_formula() -> None:
    rows = b"place,date,before,after,source\n=cmd(),2017-09-05,gov,isis,x\n"
    found = check_sources([Source("changes.csv", rows)], purpose_for(open_edition()), page_limits())
    table = report_csv(found, messages("en")).decode("utf-8-sig")
    assert "'=cmd()" in table
    assert ",=cmd()" not in table
