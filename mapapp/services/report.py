"""The report of a check to take along: every fault as a row of a table, or as JSON."""

import csv
import io
import json
import re

from mapapp.domain.faults import Fault
from mapapp.ingest.check import Examination
from mapapp.resources.messages import Messages
from mapapp.services.check import as_json, repair_label, rule

COLUMNS = ("severity", "kind", "file", "layer", "feature", "id", "property", "line", "found", "expected", "repairs")
FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def report_json(examination: Examination, words: Messages) -> bytes:
    """Return the whole report as `mapapp check --json` prints it."""
    return json.dumps(as_json(examination, words), ensure_ascii=False, indent=1).encode()


def report_csv(examination: Examination, words: Messages) -> bytes:
    """Return a row for each fault; UTF-8 with a mark, so that spreadsheets read it as such."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(_row(fault, words) for fault in examination.report.faults)
    return text.getvalue().encode("utf-8-sig")


def _row(fault: Fault, words: Messages) -> list[str]:
    repairs = "; ".join(repair_label(name, words) for name in fault.repairs)
    place = (fault.file, fault.layer, fault.feature, fault.id, fault.property, fault.line)
    cells = (fault.severity, fault.kind, *place, fault.found, rule(fault, words), repairs)
    return ["" if cell is None else _harmless(str(cell)) for cell in cells]


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
