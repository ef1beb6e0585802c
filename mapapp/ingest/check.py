"""Files checked like an editor would: every fault at once, and the features that are good all the same."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np

from mapapp.domain.faults import WHOLE_FILE, Fault, Report
from mapapp.domain.schema import LAYERS
from mapapp.ingest.changes import change_faults
from mapapp.ingest.features import Table, box_of
from mapapp.ingest.frames import Laid, frames_of
from mapapp.ingest.intake import Intake, Source, take_in
from mapapp.ingest.limits import Limits
from mapapp.ingest.mapping import Mapping
from mapapp.ingest.prepare import Prepared, Purpose, prepare
from mapapp.ingest.repairs import repair
from mapapp.ingest.requirements import CHANGES
from mapapp.ingest.rules import Rules
from mapapp.ingest.shapes import Shapes, examine_shapes
from mapapp.ingest.standing import standing_faults
from mapapp.ingest.whereabouts import misplaced

THE_WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class Examination:
    """What a check found: the tables in our words, the report, and the layers that the good features make.

    `layers` are GeoDataFrames in EPSG:4326 with every property of the schema; `changes` are rows of changes of hands.
    `good` of `features` features have no error of their own.
    """

    prepared: Prepared
    intake_faults: tuple[Fault, ...]
    purpose: Purpose
    report: Report
    layers: dict[str, gpd.GeoDataFrame]
    changes: tuple[dict[str, object], ...]
    features: int
    good: int

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """Return how columns and values were read."""
        return self.prepared.mappings

    def repaired(self, chosen: Iterable[tuple[Fault, str]]) -> "Examination":
        """Return the examination after the chosen repairs; every fault that they do not mend is still in it."""
        chosen = list(chosen)
        by_file: dict[tuple[str, str], list[tuple[Fault, str]]] = {}
        for fault, name in chosen:
            by_file.setdefault((fault.file, fault.layer), []).append((fault, name))
        tables = tuple(repair(table, by_file.get((table.file, table.name), ())) for table in self.prepared.tables)
        return _examine(replace(self.prepared, tables=tables), self.intake_faults, self.purpose)


def examine(sources: Sequence[Source], purpose: Purpose, limits: Limits) -> Examination:
    """Read files and check them. Cost: about three times what reading alone takes."""
    with without_collecting():
        return examine_intake(take_in(sources, limits), purpose, limits)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Put the collection of garbage off: looking through millions of fresh positions takes longer than they do."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def examine_intake(intake: Intake, purpose: Purpose, limits: Limits | None = None) -> Examination:
    """Check what was taken in."""
    most = limits.vertices if limits else None
    return _examine(prepare(intake.tables, purpose), intake.faults, purpose, most)


def _examine(
    prepared: Prepared, more: Sequence[Fault], purpose: Purpose, most_vertices: int | None = None
) -> Examination:
    faults: list[Fault] = list(more)
    laid: list[Laid] = []
    vertices = 0
    for table, layer, day in zip(prepared.tables, prepared.layers, prepared.days, strict=True):
        found, shapes = _table_faults(table, layer, purpose)
        vertices += shapes.vertices
        faults += found
        laid.append(Laid(table, layer, day, shapes, _bad_features(found)))
        if most_vertices is not None and vertices > most_vertices:
            over = Fault("vertices-many", found=str(vertices), values={"most": most_vertices})
            return Examination(prepared, tuple(more), purpose, Report.of([*more, over]), {}, (), 0, 0)
    if not purpose.form_only:
        faults += standing_faults(laid, prepared.is_series, purpose)
    return _finished(prepared, more, purpose, laid, faults)


def _finished(
    prepared: Prepared, more: Sequence[Fault], purpose: Purpose, laid: Sequence[Laid], faults: list[Fault]
) -> Examination:
    """Make the layers of what is good, and add what only their making shows."""
    bad = {(fault.file, fault.layer, fault.feature) for fault in faults if fault.severity == "error"}
    laid = [replace(part, bad=part.bad | _named(part.table, bad)) for part in laid]
    layers, notes = ({}, []) if purpose.form_only else frames_of(laid, is_series=prepared.is_series)
    count = sum(len(part.table.features) for part in laid)
    changes = tuple(
        feature.properties
        for part in laid
        if part.layer == CHANGES
        for feature in part.table.features
        if feature.number not in part.bad
    )
    good = count - sum(len(part.bad) for part in laid)
    return Examination(prepared, tuple(more), purpose, Report.of([*faults, *notes]), layers, changes, count, good)


def _named(table: Table, bad: set[tuple[str, str, int | None]]) -> frozenset[int]:
    return frozenset(
        feature.number for feature in table.features if (feature.file or table.file, table.name, feature.number) in bad
    )


def _table_faults(table: Table, layer: str, purpose: Purpose) -> tuple[list[Fault], Shapes]:
    """Return what is wrong with one table: its form, its place, its properties."""
    faults = list(table.faults)
    if layer == CHANGES:
        nothing = Shapes(
            np.full(len(table.features), None, dtype=object), np.full((len(table.features), 4), np.nan), [], 0
        )
        faults += Rules(layer, purpose.dataset).faults_of(table)
        return [*faults, *change_faults(table, purpose)], nothing
    shapes = examine_shapes(table, LAYERS[layer].geometry if layer in LAYERS else None)
    extent = purpose.dataset.extent if purpose.dataset is not None and not purpose.form_only else THE_WORLD
    faults += [*shapes.faults, *misplaced(table, shapes, extent, layer)]
    if not purpose.form_only:
        faults += Rules(layer, purpose.dataset).faults_of(table)
    return (_with_zooms(faults, table, shapes) if faults else faults), shapes


def _with_zooms(faults: Iterable[Fault], table: Table, shapes: Shapes) -> list[Fault]:
    """Point faults at their features, where they do not point at something smaller."""
    place = {feature.number: at for at, feature in enumerate(table.features)}
    pointed = []
    for fault in faults:
        at = place.get(fault.feature) if fault.feature is not None and fault.zoom is None else None
        there = at is not None and not np.isnan(shapes.bounds[at]).any()
        pointed.append(replace(fault, zoom=box_of(shapes.bounds[at])) if there else fault)
    return pointed


def _bad_features(faults: Iterable[Fault]) -> frozenset[int]:
    """Return the features that have an error of their own."""
    return frozenset(
        fault.feature
        for fault in faults
        if fault.feature is not None and fault.severity == "error" and fault.kind not in WHOLE_FILE
    )
