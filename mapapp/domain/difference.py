"""What a version changes: single features, and the days on which the map is another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from mapapp.domain.edition import Edition
from mapapp.domain.fingerprint import fingerprints, properties_of
from mapapp.domain.periods import each_day, shift_day
from mapapp.domain.slicing import change_days, slice_on


@dataclass(frozen=True)
class FeatureChanges:
    """The ids that a layer has more, has no more, and the changed ones with what changed (`geometry` included)."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.added or self.removed or self.changed)

    @property
    def touched(self) -> frozenset[str]:
        """Return every id that was added, removed or changed."""
        return frozenset((*self.added, *self.removed, *self.changed))


@dataclass(frozen=True)
class DifferentDays:
    """Days from `first` to `last`, both included, on which two versions differ, all of them in the same way."""

    first: str
    last: str


def feature_changes(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> FeatureChanges:
    """Return which features of a layer differ between two versions of it. Cost: one fingerprint a feature."""
    old, new = (dict(zip(layer["id"], fingerprints(layer), strict=True)) for layer in (before, after))
    differ = [name for name in new if name in old and new[name] != old[name]]
    was, now = before.set_index("id").loc[differ], after.set_index("id").loc[differ]
    return FeatureChanges(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed={name: _changed(was.loc[name], now.loc[name]) for name in differ},
    )


def _changed(was: Any, now: Any) -> tuple[str, ...]:
    """Return the names of the properties in which two rows differ."""
    one, other = (properties_of(row.drop("geometry").to_dict()) for row in (was, now))
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return tuple(names) if shapely.equals_identical(was.geometry, now.geometry) else (*names, "geometry")


def layer_changes(before: Edition, after: Edition) -> dict[str, FeatureChanges]:
    """Return the changes of every layer that differs, by its name."""
    names = sorted(before.layers.keys() | after.layers.keys())
    found = {name: feature_changes(_layer(before, after, name), _layer(after, before, name)) for name in names}
    return {name: changes for name, changes in found.items() if changes}


def _layer(edition: Edition, other: Edition, name: str) -> gpd.GeoDataFrame:
    """Return a layer, an empty one where only the other edition has it."""
    return edition.layers[name] if name in edition.layers else other.layers[name].iloc[:0]


def different_days(before: Edition, after: Edition, layer: str = "control") -> list[DifferentDays]:
    """Return the days, in runs that hold one pair of slices, on which a layer of periods differs.

    Features count as equal when they differ in nothing but id and period. Days that only one version covers differ.
    Cost: one fingerprint a feature, and one comparison of sets for each change day.
    """
    marks = [(edition, _marks(edition.layers[layer])) for edition in (before, after)]
    first = min(before.dataset.first_day, after.dataset.first_day)
    last = max(before.dataset.last_day, after.dataset.last_day)
    starts = sorted({first, *_starts(before, layer, first, last), *_starts(after, layer, first, last)})
    found: list[DifferentDays] = []
    for start, following in zip(starts, [*starts[1:], shift_day(last, 1)], strict=True):
        one, other = (_shown(edition, layer, prints, start) for edition, prints in marks)
        if one != other:
            found.append(DifferentDays(start, shift_day(following, -1)))
    return found


def shown_on(layer: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Return by row what a feature is on any of its days: its ground and its holder, whatever its id and period."""
    columns = [column for column in ("status", "actor", "parties") if column in layer]
    return pd.Series(fingerprints(layer[[*columns, "geometry"]]), index=layer.index, dtype=object)


def _marks(layer: gpd.GeoDataFrame) -> dict[Any, str]:
    return dict(shown_on(layer).items())


def _shown(edition: Edition, layer: str, prints: Mapping[Any, str], day: str) -> frozenset[str] | None:
    """Return what a layer shows on a day, None on a day that the edition does not cover."""
    if not edition.dataset.first_day <= day <= edition.dataset.last_day:
        return None
    return frozenset(prints[row] for row in slice_on(edition.layers[layer], day).index)


def _starts(edition: Edition, layer: str, first: str, last: str) -> Iterator[str]:
    """Yield the days from which a layer may show something else."""
    yield from change_days(edition.layers[layer], first, last)
    for day in (edition.dataset.first_day, shift_day(edition.dataset.last_day, 1)):
        if first <= day <= last:
            yield day


def days_of(runs: list[DifferentDays]) -> list[str]:
    """Return every single day of some runs."""
    return [day for run in runs for day in each_day(run.first, run.last)]
