"""Two changes to one version: the second put on top of the first, as long as they touch different features."""

from dataclasses import dataclass

import geopandas as gpd

from mapapp.domain.difference import FeatureChanges, feature_changes
from mapapp.domain.edition import Layers
from mapapp.domain.updating import patch


@dataclass(frozen=True)
class Conflict:
    """A feature that both changes touch, each in another way."""

    layer: str
    id: str


def conflicts(base: Layers, theirs: Layers, mine: Layers) -> list[Conflict]:
    """Return the features that two changes of one version treat differently, by layer and id.

    The same change made twice is no conflict. Cost: one fingerprint a feature and version.
    """
    found: list[Conflict] = []
    for name in sorted(base.keys() | theirs.keys() | mine.keys()):
        ours, other = (feature_changes(*_pair(base, layers, name)) for layers in (mine, theirs))
        both = ours.touched & other.touched
        apart = feature_changes(*_pair(theirs, mine, name)).touched
        found.extend(Conflict(name, key) for key in sorted(both & apart))
    return found


def rebase(base: Layers, theirs: Layers, mine: Layers) -> Layers:
    """Return what two changes of one version give together: theirs, with mine on top.

    Layers that I did not touch are theirs. Where both touch one feature mine counts; ask `conflicts` first.
    """
    return {name: _rebased(base, theirs, mine, name) for name in sorted(theirs.keys() | mine.keys())}


def _rebased(base: Layers, theirs: Layers, mine: Layers, name: str) -> gpd.GeoDataFrame:
    if name not in theirs or name not in mine:
        return theirs.get(name, mine.get(name))
    changes: FeatureChanges = feature_changes(*_pair(base, mine, name))
    if not changes:
        return theirs[name]
    fresh = mine[name][mine[name]["id"].isin({*changes.added, *changes.changed})]
    return patch(theirs[name], fresh, changes.removed)


def _pair(one: Layers, other: Layers, name: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return one layer of two versions, an empty one where a version does not have it."""
    like = one.get(name, other.get(name))
    assert like is not None
    return one.get(name, like.iloc[:0]), other.get(name, like.iloc[:0])
