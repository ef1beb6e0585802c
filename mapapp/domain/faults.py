"""What can be wrong with a file that an analyst brings: the kinds, one fault, and the report of all of them.

Words belong to the catalogues: `fault.<kind>` names a kind, `fault.<kind>.expected` says what is expected.
"""

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

LONGEST = 120
"""Characters of what was found that are told."""

WHOLE_FILE = (
    "file-empty",
    "file-large",
    "file-kind",
    "file-unreadable",
    "file-encoding",
    "files-many",
    "archive-broken",
    "archive-path",
    "archive-bomb",
    "archive-nested",
    "archive-empty",
    "json-syntax",
    "json-depth",
    "geojson-root",
    "geojson-features",
    "crs-link",
    "crs-unknown",
    "crs-missing",
    "topology-broken",
    "xml-doctype",
    "xml-syntax",
    "gpkg-object",
    "layers-none",
    "shapefile-part",
    "reader-stopped",
    "features-none",
    "features-many",
    "vertices-many",
    "table-header",
    "table-row",
)
"""Kinds of errors that concern a file as a whole or a row of a table."""

FEATURE_ERRORS = (
    "json-key-twice",
    "json-number",
    "json-text",
    "feature-form",
    "feature-twice",
    "properties-form",
    "id-form",
    "id-twice",
    "key-twice",
    "geometry-null",
    "geometry-empty",
    "geometry-form",
    "geometry-kind",
    "position-form",
    "line-short",
    "ring-short",
    "ring-open",
    "ring-crosses",
    "hole-outside",
    "parts-overlap",
    "coordinates-swapped",
    "coordinates-projected",
    "coordinates-outside-world",
    "outside-extent",
    "property-missing",
    "property-value",
    "actor-unknown",
    "actor-holds-nothing",
    "holder-inconsistent",
    "day-impossible",
    "days-reversed",
    "days-equal",
    "history-broken",
    "ground-held-twice",
    "place-unknown",
)
WARNINGS = (
    "file-name",
    "link-ignored",
    "member-ignored",
    "member-misplaced",
    "bbox-form",
    "crs-changed",
    "id-missing",
    "geometry-collection",
    "position-height",
    "position-precision",
    "ring-winding",
    "vertex-twice",
    "beyond-extent",
    "property-unknown",
    "text-controls",
    "text-long",
    "day-with-time",
    "day-outside",
    "days-missing",
    "ground-overlaps-slightly",
    "ground-lost",
    "ground-sliver",
    "area-jumps",
    "before-differs",
    "vertices-snapped",
)

KINDS: dict[str, Severity] = {
    **dict.fromkeys((*WHOLE_FILE, *FEATURE_ERRORS), "error"),
    **dict.fromkeys(WARNINGS, "warning"),
}
"""Every kind of fault and whether it stops a file or only asks for a tick, in the order in which they are told."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it is, what was found, and the names of the repairs on offer.

    `feature` counts from 1 within the file; `line` is where the feature begins; `values` fill the sentence of what
    is expected; a repair is a name, or a name and its argument with a colon between them.
    """

    kind: str
    file: str = ""
    layer: str = ""
    feature: int | None = None
    id: str | None = None
    property: str | None = None
    line: int | None = None
    found: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    zoom: Box | None = None
    repairs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        KINDS[self.kind]
        object.__setattr__(self, "found", shorten(self.found))

    @builtins.property
    def severity(self) -> Severity:
        """Say whether it stops the file or asks for a tick."""
        return KINDS[self.kind]

    @builtins.property
    def key(self) -> tuple[object, ...]:
        """Return what makes it the same fault in two checks of one file."""
        return (self.kind, self.file, self.feature, self.property, self.found)


def shorten(text: str) -> str:
    """Return a text in one line, cut where it gets long, with nothing in it that a terminal would obey."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST]).strip()
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


@dataclass(frozen=True)
class Report:
    """Every fault of one check, errors first, in the order of kinds, files and features."""

    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> "Report":
        """Put faults in order, each once."""
        order = {kind: number for number, kind in enumerate(KINDS)}
        once = {fault.key: fault for fault in faults}.values()
        return cls(tuple(sorted(once, key=lambda fault: (order[fault.kind], fault.file, fault.feature or 0))))

    @property
    def errors(self) -> list[Fault]:
        """Return what stops the file."""
        return [fault for fault in self.faults if fault.severity == "error"]

    @property
    def warnings(self) -> list[Fault]:
        """Return what needs a tick."""
        return [fault for fault in self.faults if fault.severity == "warning"]

    @property
    def stops_all(self) -> bool:
        """Say whether an error concerns a file as a whole, so that its good features cannot go on alone."""
        return any(fault.kind in WHOLE_FILE for fault in self.faults)

    @property
    def groups(self) -> dict[str, list[Fault]]:
        """Return the faults by kind."""
        grouped: dict[str, list[Fault]] = {}
        for fault in self.faults:
            grouped.setdefault(fault.kind, []).append(fault)
        return grouped

    def plain(self) -> dict[str, Any]:
        """Return the report as JSON has it, without words."""
        faults = [{**asdict(fault), "values": dict(fault.values), "severity": fault.severity} for fault in self.faults]
        return {"errors": len(self.errors), "warnings": len(self.warnings), "faults": faults}


def report_from(plain: Mapping[str, Any]) -> Report:
    """Return the report that `Report.plain` wrote."""
    faults = []
    for row in plain["faults"]:
        known = {name: value for name, value in row.items() if name != "severity"}
        zoom = None if row["zoom"] is None else tuple(row["zoom"])
        faults.append(Fault(**{**known, "zoom": zoom, "repairs": tuple(row["repairs"])}))
    return Report(tuple(faults))
