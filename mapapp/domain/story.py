"""A guided tour through a dataset: stops with a day, a view and sentences, each with what it rests on.

A tour is data of its dataset. Sentences stand in every language; figures in them are placeholders, measured in the
edition that is told, so that no figure can differ from the map.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mapapp.domain.errors import MapappError, UnknownStop

if TYPE_CHECKING:
    from mapapp.domain.edition import Edition

LANGUAGES = ("en", "ar", "ru")
LAYERS_OF_SOURCES = ("event", "place", "position", "zone")
LONGEST_ID = 40

Texts = Mapping[str, str]
Kind = Literal["share", "closest_km", "front_km"]


@dataclass(frozen=True)
class Figure:
    """A figure of an edition on `day`, the stop's own when None.

    `share` is the part (0-1) of the country, or of `bank`, that the actor `holder` holds; `closest_km` the distance of
    the two camps' closest posts; `front_km` the length of the front between them.
    """

    kind: Kind
    day: str | None = None
    holder: str | None = None
    bank: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence by language, with the figures it names; `sources` are written `layer:id`."""

    texts: Texts
    sources: tuple[str, ...]
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Stop:
    """A stop: the day, the extent to show (west, south, east, north; degrees), the layers to draw."""

    id: str
    day: str
    extent: tuple[float, float, float, float]
    layers: tuple[str, ...]
    title: Texts
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Story:
    """A tour: title, whom it follows, the stops in order."""

    title: Texts
    credit: Texts
    stops: tuple[Stop, ...]

    def number(self, stop: Stop) -> int:
        """Return the number of a stop, counted from 1."""
        return self.stops.index(stop) + 1

    def find(self, name: str, parameter: str = "story") -> Stop:
        """Return the stop of that id or number, counted from 1; UnknownStop when there is none."""
        for number, stop in enumerate(self.stops, 1):
            if name in (stop.id, str(number)):
                return stop
        raise UnknownStop(parameter, name=name[:LONGEST_ID], count=len(self.stops))


def read_story(data: Mapping[str, Any]) -> Story:
    """Return the story that a JSON object describes; KeyError, TypeError or ValueError when it is not one."""
    stops = tuple(
        Stop(
            id=stop["id"],
            day=stop["day"],
            extent=_extent(stop["extent"]),
            layers=tuple(stop["layers"]),
            title=dict(stop["title"]),
            sentences=tuple(_sentence(sentence) for sentence in stop["sentences"]),
        )
        for stop in data["stops"]
    )
    return Story(dict(data["title"]), dict(data["credit"]), stops)


def _extent(values: Any) -> tuple[float, float, float, float]:
    west, south, east, north = map(float, values)
    return west, south, east, north


def _sentence(data: Mapping[str, Any]) -> Sentence:
    figures = {name: Figure(**figure) for name, figure in data["figures"].items()}
    return Sentence(dict(data["texts"]), tuple(data["sources"]), figures)


def measure_figure(edition: "Edition", figure: Figure, stop_day: str) -> float:
    """Return a figure as a share (0-1) or in km; 0.0 for a holder that holds nothing."""
    day = figure.day or stop_day
    if figure.kind == "front_km":
        return edition.contact_km_on(day)
    if figure.kind == "closest_km":
        pair = edition.closest_on(day)
        return pair.km if pair else 0.0
    areas = edition.stats.banks_on(day)[figure.bank] if figure.bank else edition.stats.areas_on(day)
    held = sum(km2 for holder, km2 in areas.items() if holder.key == figure.holder)
    return held / sum(areas.values())


def check_story(story: Story, edition: "Edition") -> list[str]:
    """Return every fault of a story against the edition it belongs to, each as a sentence."""
    faults = [] if len({stop.id for stop in story.stops}) == len(story.stops) else ["two stops have one id"]
    for name, texts in (("title", story.title), ("credit", story.credit)):
        faults += _missing(f"the story's {name}", texts)
    for stop in story.stops:
        faults += [f"stop {stop.id}: {fault}" for fault in _stop_faults(stop, edition)]
    return faults


def _stop_faults(stop: Stop, edition: "Edition") -> Iterator[str]:
    west, south, east, north = stop.extent
    if stop.id.isdigit() or not stop.id.isascii():
        yield "an id is a word in Latin letters, not a number"
    if not (west < east and south < north):
        yield f"the extent {stop.extent} is not west, south, east, north"
    yield from _missing("the title", stop.title)
    yield from _day_faults(stop.day, edition)
    for number, sentence in enumerate(stop.sentences, 1):
        yield from (f"sentence {number}: {fault}" for fault in _sentence_faults(sentence, edition))


def _day_faults(day: str, edition: "Edition") -> Iterator[str]:
    try:
        edition.dataset.check_day(day)
    except MapappError as error:
        yield error.message


def _sentence_faults(sentence: Sentence, edition: "Edition") -> Iterator[str]:
    if not sentence.sources and not sentence.figures:
        yield "it names no source and no figure"
    yield from _missing("the text", sentence.texts)
    for language, text in sentence.texts.items():
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        if named != set(sentence.figures):
            yield f"the figures in the text ({language}) are {sorted(named)}, those given {sorted(sentence.figures)}"
    for source in sentence.sources:
        if find_source(edition, source) is None:
            yield f"there is no {source}"
    for figure in sentence.figures.values():
        yield from _day_faults(figure.day, edition) if figure.day else ()
        yield from _holder_faults(figure, edition)


def _holder_faults(figure: Figure, edition: "Edition") -> Iterator[str]:
    if figure.kind not in ("share", "closest_km", "front_km"):
        yield f"a figure cannot be {figure.kind}"
    if figure.kind == "share" and figure.holder not in {actor.key for actor in edition.dataset.actors}:
        yield f"there is no actor {figure.holder}"
    if figure.bank and figure.bank not in set(edition.layers["bank"]["bank"]):
        yield f"there is no bank {figure.bank}"


def _missing(what: str, texts: Texts) -> list[str]:
    return [f"{what} is missing in {language}" for language in LANGUAGES if not texts.get(language, "").strip()]


def find_source(edition: "Edition", source: str) -> dict[str, Any] | None:
    """Return the feature that `layer:id` names, as a dict with its geometry; None when there is none."""
    layer, _, name = source.partition(":")
    if layer not in LAYERS_OF_SOURCES or layer not in edition.layers:
        return None
    rows = edition.layers[layer]
    found: list[dict[str, Any]] = rows[rows["id"] == name].to_dict("records")
    return found[0] if found else None
