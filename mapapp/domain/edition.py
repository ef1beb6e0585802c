"""A dataset and one version of it: what every page, picture and figure is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.domain.absent import complete
from mapapp.domain.actors import Actor, Holder
from mapapp.domain.contact import ClosestPair, Post, closest_pairs, contact_lengths
from mapapp.domain.errors import DayOutsideDataset
from mapapp.domain.measure import Stats, holders_of, measure
from mapapp.domain.periods import parse_day
from mapapp.domain.slicing import change_days, slice_on
from mapapp.domain.story import Story, read_story

Layers = dict[str, gpd.GeoDataFrame]


@dataclass(frozen=True)
class NamedExtent:
    """A piece of the map with a name: west, south, east, north in degrees."""

    key: str
    name: str = ""
    name_ar: str = ""
    name_ru: str = ""
    bbox: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Dataset:
    """One theatre over a span of days, both ends included; coordinates are EPSG:4326.

    `camps` are none, or two sets of actors whose distance is a question of the theatre; `extents` are
    the pieces of the map that pictures are often made of. `story` is a guided tour.
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
    title_ar: str = ""
    title_ru: str = ""
    credit_ar: str = ""
    credit_ru: str = ""
    extents: tuple[NamedExtent, ...] = ()
    story: Story | None = field(default=None, hash=False)

    def titled(self, language: str) -> str:
        """Return the title in a language (ar, ru), else in English."""
        return {"ar": self.title_ar, "ru": self.title_ru}.get(language) or self.title

    def credited(self, language: str) -> str:
        """Return the credit in a language (ar, ru), else in English."""
        return {"ar": self.credit_ar, "ru": self.credit_ru}.get(language) or self.credit

    @classmethod
    def of(cls, frame: Mapping[str, Any]) -> "Dataset":
        """Make a dataset from what dataset.json holds; TypeError or KeyError when a member is missing or unknown."""
        listed = {name: tuple(frame[name]) for name in ("extent", "centre")}
        camps = tuple(tuple(camp) for camp in frame.get("camps", ()))
        actors = tuple(Actor(**actor) for actor in frame["actors"])
        named = (NamedExtent(**{**extent, "bbox": tuple(extent["bbox"])}) for extent in frame.get("extents", ()))
        story = read_story(frame["story"]) if frame.get("story") else None
        parts = {"camps": camps, "actors": actors, "extents": tuple(named), "story": story}
        return cls(**{**frame, **listed, **parts})

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
    """A version of a dataset: its layers by name, as GeoDataFrames in EPSG:4326, never changed in place.

    A layer of the schema that it is not given is there all the same, without features.
    """

    dataset: Dataset
    version: str
    layers: Layers
    language: str = "en"

    def speaking(self, language: str) -> "Edition":
        """Return this edition with `name` and `title` of every layer in a language (ar, ru) where it has them.

        `name_other` then is the name in another script, None where there is none. Cost: a moment, once a language.
        """
        if language not in self._translated:
            layers = {name: _in_language(layer, language) for name, layer in self.layers.items()}
            other = replace(self, layers=layers, language=language)
            shared = {name: getattr(self, name) for name in ("stats", "change_days", "contact_km", "contact_days")}
            vars(other).update(shared, closest={day: _named(pair, layers) for day, pair in self.closest.items()})
            self._translated[language] = other
        return self._translated[language]

    @cached_property
    def _translated(self) -> dict[str, "Edition"]:
        return {}

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", complete(self.layers))

    @cached_property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the ground that is drawn: the boundaries, the extent where there are none."""
        boundary = self.layers["boundary"]
        west, south, east, north = self.dataset.extent if boundary.empty else boundary.total_bounds.tolist()
        return west, south, east, north

    @cached_property
    def change_days(self) -> list[str]:
        """Days on which the control slice differs from the day before (the first day is not one)."""
        return change_days(self.layers["control"], self.dataset.first_day, self.dataset.last_day)

    @cached_property
    def stats(self) -> Stats:
        """What every holder had on each day, in km²."""
        layers, frame = self.layers, self.dataset
        return measure(layers["control"], layers["bank"], layers.get("estimate"), frame.first_day, frame.last_day)

    def estimated_by_holder(self, day: str) -> dict[Holder, float]:
        """Return how many km² of each holder rest on estimates on a checked day."""
        areas, rows = self.stats.areas_on(day), self.slice("control", day)
        parts = zip(holders_of(rows), rows["share_estimated"], strict=True)
        return {holder: areas[holder] * float(share) for holder, share in parts}

    @cached_property
    def closest(self) -> dict[str, ClosestPair]:
        """The two nearest posts of the two camps on the banks' ground, by the day from which they are."""
        if not self.dataset.camps:
            return {}
        one, other = self.dataset.camps
        first, last = self.dataset.first_day, self.dataset.last_day
        days = sorted({first, *self.change_days, *change_days(self.layers["position"], first, last)})
        return {pair.day: pair for pair in closest_pairs(self.layers, (one, other), days, self._ground())}

    def closest_on(self, day: str) -> ClosestPair | None:
        """Return the two nearest posts of the two camps on a checked day, None where there are no camps."""
        return self.closest.get(max((start for start in self.closest if start <= day), default=""))

    @cached_property
    def contact_km(self) -> dict[str, float]:
        """The km of front between the first actors of the two camps on the banks' ground, by the day from which."""
        if not self.dataset.camps:
            return {}
        one, other = (camp[0] for camp in self.dataset.camps)
        days = [self.dataset.first_day, *self.change_days]
        return dict(contact_lengths(self.layers["control"], one, other, days, self._ground()))

    def contact_km_on(self, day: str) -> float:
        """Return the km of front between the two camps on a checked day; 0 where they do not touch."""
        return self.contact_km.get(max((start for start in self.contact_km if start <= day), default=""), 0.0)

    @cached_property
    def contact_days(self) -> list[str]:
        """The days from which the closest posts of the two camps, or their front, differ; none without camps."""
        days = sorted({*self.closest, *self.contact_km})
        told = [(self.closest_on(day), self.contact_km_on(day)) for day in days]
        facts = [pair and (pair.one, pair.other, km) for pair, km in told]
        return [day for day, fact, before in zip(days, facts, [None, *facts], strict=False) if fact and fact != before]

    def _ground(self) -> BaseGeometry:
        """Return the ground of all banks together."""
        return shapely.union_all(self.layers["bank"].geometry.to_numpy())

    def slice(self, layer: str, day: str) -> gpd.GeoDataFrame:
        """Return the features of `layer` valid on `day`, a checked day."""
        return slice_on(self.layers[layer], day)


def _named(pair: ClosestPair, layers: Layers) -> ClosestPair:
    """Return a pair of posts with the names that the layers give them."""
    return replace(pair, one=_named_post(pair.one, layers), other=_named_post(pair.other, layers))


def _named_post(post: Post, layers: Layers) -> Post:
    layer = layers["place" if post.kind == "place" else "position"]
    return replace(post, name=str(layer.loc[layer["id"] == post.id, "name"].iloc[0]))


def _in_language(layer: gpd.GeoDataFrame, language: str) -> gpd.GeoDataFrame:
    """Return a layer with the names of a language; ids and geometry stay."""
    if "name" not in layer.columns:
        return layer
    english, own = layer["name"].tolist(), _column(layer, f"name_{language}")
    second = english if language == "ar" else _column(layer, "name_ar")
    shown = [mine or name for mine, name in zip(own, english, strict=True)]
    other = [name if name != told else None for name, told in zip(second, shown, strict=True)]
    columns = {"name": shown, "name_other": other} | ({"title": shown} if "title" in layer and any(own) else {})
    return layer.assign(**{name: pd.Series(texts, layer.index, object) for name, texts in columns.items()})


def _column(layer: gpd.GeoDataFrame, name: str) -> list[str | None]:
    """Return a column of texts, None where there is none."""
    return [text if isinstance(text, str) and text else None for text in layer.get(name, [None] * len(layer))]
