"""From layers that passed the checks, and what they are meant to do, to the version that would come of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np

from mapapp.domain.absent import present
from mapapp.domain.difference import feature_changes
from mapapp.domain.edition import Dataset, Edition, Layers
from mapapp.domain.errors import NoPeriods, NothingChanged, Phrase, UnknownLayer
from mapapp.domain.faults import Fault
from mapapp.domain.history import Content
from mapapp.domain.periods import parse_day, shift_day
from mapapp.domain.rebase import conflicts
from mapapp.domain.rebase import rebase as put_on_top
from mapapp.domain.update_errors import BadUpdate
from mapapp.domain.updates import Frame, Meaning, Mode, Proposal
from mapapp.domain.updating import append_days, patch, replace_span
from mapapp.ingest.check import Examination
from mapapp.ingest.ground import SLIGHT, box_around, overlaps
from mapapp.ingest.standing import frame_held
from mapapp.services.update import derive

AROUND = 0.05
"""Ground shown around a new dataset, as a share of its longer side."""

DATED = ("valid_from", "day")


def meanings_for(base: Edition, examination: Examination) -> tuple[Mode, ...]:
    """Return what an upload can mean for a dataset, the likeliest first."""
    if examination.changes and not examination.layers:
        return ("changes",)
    layer = next(iter(examination.layers), "control")
    dated = any(column in base.layers[layer] for column in DATED)
    first = proposed_meaning(base, examination).mode
    others: tuple[Mode, ...] = ("replace", "span", "append", "patch") if dated else ("replace", "patch")
    return first, *(mode for mode in others if mode != first)


def proposed_meaning(base: Edition, examination: Examination) -> Meaning:
    """Return what an upload most likely means, with its days.

    Rows of changes are added; days after the last are appended; a layer with most of the ids that there are takes
    the layer's place, one with a few of them patches it; daily files replace their span.
    """
    if examination.changes and not examination.layers:
        return Meaning("changes")
    layer, rows = next(iter(examination.layers.items()), ("control", base.layers["control"].iloc[:0]))
    first, last = span_of(rows, examination)
    known = set(base.layers[layer]["id"]) if layer in base.layers else set()
    shared = len(known & set(rows["id"]))
    mode: Mode = "replace"
    if first and first > base.dataset.last_day:
        mode = "append"
    elif examination.prepared.is_series:
        mode = "span"
    elif known and shared and shared < 0.5 * len(known):
        mode = "patch"
    return Meaning(mode, layer, first, last)


def span_of(rows: gpd.GeoDataFrame, examination: Examination | None = None) -> tuple[str, str]:
    """Return the first and last day that rows or the names of daily files speak of; empty for layers without days."""
    days = [day for day in examination.prepared.days if day] if examination else []
    if "valid_from" in rows:
        days += [str(day) for day in rows["valid_from"]]
        days += [shift_day(str(day), -1) for day in rows["valid_to"] if isinstance(day, str)]
    elif "day" in rows:
        days += [str(day) for day in rows["day"]]
    return (min(days), max(days)) if days else ("", "")


def propose(
    base: Edition,
    documents: Mapping[str, bytes],
    meaning: Meaning,
    layers: Layers,
    changes: Sequence[Mapping[str, Any]] = (),
) -> Proposal:
    """Return the version that checked layers, or rows of changes of hands, would make of a dataset.

    Raises BadUpdate, NothingChanged, NoPeriods, UnknownLayer, CannotAddChanges, BadTable, DayOutsideDataset.
    """
    if meaning.mode == "changes":
        return _with_changes(base, documents, meaning, changes)
    if not any(len(layer) for layer in layers.values()) and not meaning.removed:
        raise BadUpdate("uploads", reason=Phrase("nothing_good", "There is no feature without errors to take."))
    dataset = _longer(base.dataset, meaning)
    made = dict(base.layers)
    for name in layers or (meaning.layer,):
        if name not in base.layers:
            raise UnknownLayer("layer", name=name[:60], known=", ".join(base.layers))
        made[name] = _changed(base, name, layers.get(name, base.layers[name].iloc[:0]), meaning)
    if "control" in layers and feature_changes(base.layers["control"], made["control"]):
        dataset = replace(dataset, basis="drawn")
    return _checked(base, Content(dataset, present(made), documents), meaning)


def _changed(base: Edition, name: str, new: gpd.GeoDataFrame, meaning: Meaning) -> gpd.GeoDataFrame:
    old = base.layers[name]
    if meaning.mode in ("span", "append") and not any(column in old for column in DATED):
        raise NoPeriods("mode", layer=name)
    if meaning.mode == "replace" or (old.empty and meaning.mode != "patch"):
        return new
    if meaning.mode == "patch":
        return patch(old, new, meaning.removed)
    first = parse_day(meaning.first, "first")
    if meaning.mode == "append":
        return append_days(old, new, first)
    last = parse_day(meaning.last, "last")
    if last < first:
        raise BadUpdate("last", reason=Phrase("span_reversed", "The last day of the span is before its first."))
    return replace_span(old, new, first, last)


def _longer(dataset: Dataset, meaning: Meaning) -> Dataset:
    """Return the dataset with the days that are appended; raises BadUpdate for days that are no addition."""
    if meaning.mode != "append":
        return dataset
    if not meaning.first > dataset.last_day:
        reason = Phrase(
            "not_after",
            "Days to append begin after {last_day}; these begin on {first}. Replace a span instead.",
            last_day=dataset.last_day,
            first=meaning.first,
        )
        raise BadUpdate("first", reason=reason)
    return replace(dataset, last_day=max(parse_day(meaning.last, "last"), meaning.first))


def _with_changes(
    base: Edition, documents: Mapping[str, bytes], meaning: Meaning, changes: Sequence[Mapping[str, Any]]
) -> Proposal:
    """Derive the areas anew with rows added; what a layer has beside its tables stays on top."""
    derive.check_derivable(base, documents)
    if not changes:
        raise BadUpdate("changes", reason=Phrase("no_rows", "There is no row of a change of hands to add."))
    derive.frame_with(base.dataset, changes)
    return rederive(base, documents, derive.with_rows(documents, changes, base), meaning)


def rederive(base: Edition, old: Mapping[str, bytes], new: Mapping[str, bytes], meaning: Meaning) -> Proposal:
    """Return the version that follows from other tables; raises BadUpdate where they meet what was patched by hand."""
    before, after = derive.derived(old), derive.derived(new)
    stand = {name: base.layers[name] for name in before}
    met = conflicts(before, stand, after)
    if met:
        reason = Phrase(
            "patched",
            "The changes meet what was patched by hand: {ids}.",
            ids=", ".join(f"{one.layer} {one.id}" for one in met[:5]),
        )
        raise BadUpdate("changes", reason=reason)
    patched = any(feature_changes(before[name], stand[name]) for name in before)
    fresh = put_on_top(before, stand, after) if patched else after
    content = Content(base.dataset, present({**base.layers, **fresh}), new)
    return _checked(base, content, meaning, covers=not patched)


def _checked(base: Edition, content: Content, meaning: Meaning, *, covers: bool = False) -> Proposal:
    """Return the proposal with the faults of the whole; raises NothingChanged. What was derived alone `covers`."""
    whole = Edition(content.dataset, "", dict(content.layers))
    changed = [
        name
        for name, layer in whole.layers.items()
        if layer is not base.layers.get(name) and feature_changes(base.layers[name], layer)
    ]
    if not changed and content.dataset == base.dataset:
        raise NothingChanged("version", head=base.version)
    drawn = "control" in changed and not covers
    faults = overlap_faults(whole.layers["control"], base.layers["control"]) if drawn else []
    return Proposal(content, base, meaning, tuple(faults))


def overlap_faults(control: gpd.GeoDataFrame, before: gpd.GeoDataFrame | None = None) -> list[Fault]:
    """Return a fault for each pair of areas that hold the same ground on a day, but for pairs that there were."""
    known = set() if before is None else {frozenset(pair) for pair in _pairs(before)}
    found = []
    for (one, other), both in _pairs(control).items():
        if frozenset((one, other)) not in known:
            told = f"{both.km2:.4g} km²: {one}, {other}; {both.day}"
            kind = "ground-held-twice" if both.km2 >= SLIGHT else "ground-overlaps-slightly"
            found.append(Fault(kind, layer="control", id=other, found=told, zoom=box_around(both.shape)))
    return found


def _pairs(control: gpd.GeoDataFrame) -> dict[tuple[str, str], Any]:
    ids = control["id"].tolist()
    return {(ids[both.one], ids[both.other]): both for both in overlaps(frame_held(control))}


def merged(mine: Proposal, newest: Edition, documents: Mapping[str, bytes]) -> Proposal:
    """Return a proposal put on top of a newer version than the one it was made for; raises NothingChanged.

    Ask `rebase.conflicts` first: where both changed one feature, the proposal's counts.
    """
    assert mine.base is not None
    made = put_on_top(mine.base.layers, newest.layers, mine.edition.layers)
    own, dataset = mine.content.dataset, newest.dataset
    drawn = "drawn" in (own.basis, dataset.basis)
    longer = replace(dataset, last_day=max(own.last_day, dataset.last_day), basis="drawn" if drawn else dataset.basis)
    return _checked(newest, Content(longer, present(made), documents), mine.meaning)


def propose_new(frame: Frame, layers: Layers) -> Proposal:
    """Return the first version of a dataset that is not there yet; raises BadUpdate without areas of control."""
    control = layers.get("control")
    if control is None or control.empty:
        raise BadUpdate("uploads", reason=Phrase("no_control", "A new dataset begins with areas of control."))
    if not frame.name or not frame.title:
        raise BadUpdate("title", reason=Phrase("no_title", "A new dataset needs a name and a title."))
    dataset = dataset_of(frame, layers)
    faults = overlap_faults(control)
    return Proposal(Content(dataset, present(layers)), None, Meaning("replace"), tuple(faults))


def dataset_of(frame: Frame, layers: Layers) -> Dataset:
    """Return what a frame and layers say of a dataset; raises NotADay, DayOutsideDataset or BadUpdate."""
    first, last = span_of(layers["control"])
    extent = frame.extent or _extent(layers["control"])
    first, last = frame.first_day or first, frame.last_day or last
    if parse_day(last, "last_day") < parse_day(first, "first_day"):
        raise BadUpdate("last_day", reason=Phrase("days_reversed", "The last day is before the first."))
    west, south, east, north = extent
    dataset = Dataset(
        name=frame.name,
        title=frame.title,
        first_day=first,
        last_day=last,
        default_day=frame.default_day or last,
        extent=extent,
        centre=(round((west + east) / 2, 4), round((south + north) / 2, 4)),
        zoom=_zoom(extent),
        basis="drawn",
        actors=frame.actors,
        credit=frame.credit,
        licence=frame.licence,
        title_ar=frame.title_ar,
        title_ru=frame.title_ru,
    )
    dataset.check_day(dataset.default_day, "default_day")
    return dataset


def whole_time(frame: Frame) -> Dataset:
    """Return what a frame says of a new dataset before its layers are known: any day, any place."""
    west, south, east, north = frame.extent or (-180.0, -90.0, 180.0, 90.0)
    return Dataset(
        name=frame.name,
        title=frame.title,
        first_day=frame.first_day or "0001-01-01",
        last_day=frame.last_day or "9999-12-31",
        default_day=frame.default_day or frame.last_day or "9999-12-31",
        extent=(west, south, east, north),
        centre=((west + east) / 2, (south + north) / 2),
        zoom=2,
        basis="drawn",
        actors=frame.actors,
        credit=frame.credit,
        licence=frame.licence,
    )


def _extent(control: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    west, south, east, north = control.total_bounds
    side = AROUND * max(east - west, north - south)
    found = np.round([west - side, south - side, east + side, north + side], 4).tolist()
    return (*found,)


def _zoom(extent: tuple[float, float, float, float]) -> float:
    """Return the zoom at which an extent fills a map of about a thousand pixels."""
    west, south, east, north = extent
    degrees = max(east - west, 1.6 * (north - south), 1e-4)
    return round(min(14.0, max(2.0, math.log2(360 / degrees * 1000 / 256))), 1)
