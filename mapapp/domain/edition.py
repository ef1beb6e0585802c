"""A dataset and one version of it: what every page, picture and figure is made from."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import shapely

from mapapp.domain.actors import Actor
from mapapp.domain.contact import ClosestPair, closest_pairs
from mapapp.domain.errors import DayOutsideDataset
from mapapp.domain.measure import Stats, measure
from mapapp.domain.periods import parse_day
from mapapp.domain.slicing import change_days, slice_on

Layers = dict[str, gpd.GeoDataFrame]


@dataclass(frozen=True)
class Dataset:
    """One theatre over a span of days, both ends included; coordinates are EPSG:4326.

    `camps` are none, or two sets of actors whose distance is a question of the theatre.
    """

    name: str
    title: str
    first_day: str
    last_day: str
    default_day: str
    extent: tuple[float, float, float, float]
    centre: tuple[float, float]
    zoom: float
    basis: str
    actors: tuple[Actor, ...]
    credit: str
    licence: str
    camps: tuple[tuple[str, ...], ...] = ()

    def actor(self, key: str) -> Actor:
        """Return the actor of that key; KeyError when there is none."""
        return {actor.key: actor for actor in self.actors}[key]

    def check_day(self, text: str, parameter: str = "date") -> str:
        """Return the day if it is one and the dataset covers it.

        Raises NotADay or DayOutsideDataset, each with a sentence that names the span.
        """
        day = parse_day(text, parameter)
        if not self.first_day <= day <= self.last_day:
            raise DayOutsideDataset(parameter, day=day, first_day=self.first_day, last_day=self.last_day)
        return day


@dataclass(frozen=True)
class Edition:
    """A version of a dataset: its layers by name, as GeoDataFrames in EPSG:4326, never changed in place."""

    dataset: Dataset
    version: str
    layers: Layers

    @cached_property
    def change_days(self) -> list[str]:
        """Days on which the control slice differs from the day before (the first day is not one)."""
        return change_days(self.layers["control"], self.dataset.first_day, self.dataset.last_day)

    @cached_property
    def stats(self) -> Stats:
        """What every holder had on each day, in km²."""
        layers, frame = self.layers, self.dataset
        return measure(layers["control"], layers["bank"], layers.get("estimate"), frame.first_day, frame.last_day)

    @cached_property
    def closest(self) -> dict[str, ClosestPair]:
        """The two nearest posts of the two camps on the banks' ground, by the day from which they are."""
        if not self.dataset.camps:
            return {}
        one, other = self.dataset.camps
        ground = shapely.union_all(self.layers["bank"].geometry.to_numpy())
        first, last = self.dataset.first_day, self.dataset.last_day
        days = sorted({first, *self.change_days, *change_days(self.layers["position"], first, last)})
        return {pair.day: pair for pair in closest_pairs(self.layers, (one, other), days, ground)}

    def closest_on(self, day: str) -> ClosestPair | None:
        """Return the two nearest posts of the two camps on a checked day, None where there are no camps."""
        return self.closest.get(max((start for start in self.closest if start <= day), default=""))

    def slice(self, layer: str, day: str) -> gpd.GeoDataFrame:
        """Return the features of `layer` valid on `day`, a checked day."""
        return slice_on(self.layers[layer], day)
