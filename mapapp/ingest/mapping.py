"""Their columns to ours: proposals with reasons, by the names of columns and by what is in them."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from mapapp.domain.edition import Dataset
from mapapp.domain.schema import LAYERS
from mapapp.ingest.actors import ActorNames, aliases, fold
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.requirements import CHANGES
from mapapp.ingest.rules import is_day, meant_day

LOOKED_AT = 2000
"""Features whose values are looked at before a proposal is made."""

ENOUGH = 0.5
POINT_COLUMNS = ("actor", "status", "parties", "valid_from", "valid_to")
FAMILIES = {"Polygon": "control", "MultiPolygon": "control", "LineString": "river", "MultiLineString": "river"}


@dataclass(frozen=True)
class Reason:
    """Why a column is taken for one of ours: `name`, `values` or `given`, and how sure, from 0 to 1."""

    why: str
    score: float


@dataclass(frozen=True)
class Mapping:
    """Which of their columns is which of our properties, which of their values means which of ours.

    `columns` is ours to theirs, `values` ours to {theirs: ours}, `fixed` what is the same for every feature,
    `ignored` their columns that are not taken.
    """

    layer: str
    columns: dict[str, str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    reasons: dict[str, Reason] = field(default_factory=dict)

    @property
    def is_identity(self) -> bool:
        """Say whether it leaves everything as it is."""
        same = all(ours == theirs for ours, theirs in self.columns.items())
        return same and not self.values and not self.fixed and not self.ignored

    def plain(self) -> dict[str, Any]:
        """Return the mapping as JSON has it, to be remembered for a dataset."""
        return asdict(self)


def mapping_from(plain: AnyMapping[str, Any]) -> Mapping:
    """Return the mapping that `Mapping.plain` wrote."""
    reasons = {name: Reason(**reason) for name, reason in plain.get("reasons", {}).items()}
    ignored = tuple(plain.get("ignored", ()))
    columns, values, fixed = (dict(plain.get(name, {})) for name in ("columns", "values", "fixed"))
    return Mapping(plain["layer"], columns, values, fixed, ignored, reasons)


def guess_layer(table: Table) -> str:
    """Return the layer that a table is most likely for: by its name, its kind, its properties, its geometries."""
    if table.kind == CHANGES:
        return CHANGES
    if table.name in LAYERS:
        return table.name
    kinds = [f.geometry.get("type") for f in table.features[:LOOKED_AT] if isinstance(f.geometry, dict)]
    names = column_names(table.features[:LOOKED_AT])
    if {"stage", "zone"} <= set(names):
        return "zone"
    if {"day", "title"} <= set(names):
        return "event"
    if any(kind in ("Point", "MultiPoint") for kind in kinds) and not any(kind in FAMILIES for kind in kinds):
        return "position" if {"actor", "kind", "valid_from"} <= set(names) else "place"
    return next((FAMILIES[kind] for kind in kinds if kind in FAMILIES), "control")


def column_names(features: Iterable[Feature]) -> list[str]:
    """Return the names of all properties, in the order in which they first come."""
    names: dict[str, None] = {}
    for feature in features:
        if isinstance(feature.properties, dict):
            names.update(dict.fromkeys(feature.properties))
    return list(names)


def propose_mapping(table: Table, dataset: Dataset | None, layer: str | None = None) -> Mapping:
    """Return what the columns of a table most likely mean, each with its reason.

    A table that has our own columns is taken as it is. Cost: the first 2,000 features are looked at for columns, all
    for the names of actors.
    """
    layer = layer or guess_layer(table)
    theirs = column_names(table.features[:LOOKED_AT])
    ours = _targets(layer)
    if layer == CHANGES or _is_ours(layer, theirs):
        return Mapping(layer, {name: name for name in theirs}, _actor_values(table, layer, dataset, {}))
    scores = sorted(_scores(table, theirs, ours, dataset), key=lambda row: (-row[0].score, ours.index(row[1])))
    columns: dict[str, str] = {}
    reasons: dict[str, Reason] = {}
    for reason, target, column in scores:
        if target not in columns and column not in columns.values():
            columns[target], reasons[target] = column, reason
    columns = {name: columns[name] for name in ours if name in columns}
    ignored = tuple(name for name in theirs if name not in columns.values())
    return Mapping(layer, columns, _actor_values(table, layer, dataset, columns), {}, ignored, reasons)


def _targets(layer: str) -> list[str]:
    if layer == CHANGES:
        return ["place", "date", "before", "after", "source"]
    own = [prop.name for prop in LAYERS[layer].properties]
    return [*own, *(name for name in POINT_COLUMNS if layer == "place")]


def _is_ours(layer: str, theirs: Sequence[str]) -> bool:
    """Say whether a table already has the columns that its layer needs, under our names."""
    asked = {
        "control": {"actor", "valid_from"},
        "place": {"periods"},
        "event": {"day", "title"},
        "zone": {"stage", "valid_from"},
        "position": {"actor", "valid_from"},
        "estimate": {"valid_from", "places"},
        "bank": {"bank"},
    }
    return asked.get(layer, {"kind"}) <= set(theirs)


def _scores(
    table: Table, theirs: Sequence[str], ours: Sequence[str], dataset: Dataset | None
) -> Iterable[tuple[Reason, str, str]]:
    """Yield how well each of their columns fits each of ours, where it does."""
    named = aliases()["columns"]
    names = ActorNames(dataset.actors) if dataset is not None else None
    for column in theirs:
        values = _values(table, column)
        for target in ours:
            others = named.get(target, [target])
            by_name = 0.0
            if column == target:
                by_name = 1.0
            elif fold(column) in map(fold, others):
                by_name = 0.9 - 0.01 * [fold(name) for name in others].index(fold(column))
            by_values = _by_values(target, values, names)
            if by_values is not None:
                score = 0.5 * by_name + 0.5 * by_values if by_name else 0.8 * by_values
                if score >= ENOUGH * (1 if by_name else 1.2):
                    yield Reason("name" if by_name > by_values else "values", round(score, 2)), target, column
            elif by_name:
                yield Reason("name", round(by_name, 2)), target, column


def _values(table: Table, column: str) -> list[Any]:
    """Return the distinct values of a column, those that can be compared."""
    values = (f.properties.get(column) for f in table.features[:LOOKED_AT] if isinstance(f.properties, dict))
    return list(dict.fromkeys(value for value in values if isinstance(value, (str, int, float))))


def _by_values(target: str, values: Sequence[Any], names: ActorNames | None) -> float | None:
    """Return the share of values that an actor or a day can be; None for properties that may hold anything."""
    if target == "actor":
        texts = [value for value in values if isinstance(value, str)]
        known = [text for text in texts if names is not None and names.key_of(text)]
        return len(known) / len(values) if values else 0.0
    if target in ("valid_from", "valid_to", "day"):
        days = [value for value in values if is_day(value) or meant_day(value)[0]]
        return len(days) / len(values) if values else 0.0
    return None


def _actor_values(
    table: Table, layer: str, dataset: Dataset | None, columns: AnyMapping[str, str]
) -> dict[str, dict[str, str]]:
    """Return for columns of actors what each name means, where it is one that is known and not already a key."""
    if dataset is None or (columns and "actor" not in columns):
        return {}
    names = ActorNames(dataset.actors)
    found: dict[str, dict[str, str]] = {}
    for ours in ("before", "after") if layer == CHANGES else (("actor",) if columns else ()):
        theirs = columns.get(ours, ours)
        given = [f.properties.get(theirs) for f in table.features if isinstance(f.properties, dict)]
        texts = {text for text in given if isinstance(text, str)}
        meant = {text: names.key_of(text) for text in sorted(texts) if text not in names.actors}
        known = {text: key for text, key in meant.items() if key is not None}
        if known:
            found[ours] = known
    return found


def apply_mapping(table: Table, mapping: Mapping) -> Table:
    """Return the table with our properties; values that the mapping does not know stay as they are."""
    if mapping.is_identity:
        return table
    return table.with_features(_mapped(feature, mapping) for feature in table.features)


def _mapped(feature: Feature, mapping: Mapping) -> Feature:
    if not isinstance(feature.properties, dict):
        return feature
    theirs = feature.properties
    properties = {ours: theirs[column] for ours, column in mapping.columns.items() if column in theirs}
    for ours, meant in mapping.values.items():
        value = properties.get(ours)
        if isinstance(value, str):
            properties[ours] = meant.get(value, value)
    for ours, value in mapping.fixed.items():
        if properties.get(ours) in (None, ""):
            properties[ours] = value
    own_id = None if "id" in mapping.ignored else feature.id
    if isinstance(properties.get("id"), int):
        properties["id"] = str(properties["id"])
    return replace(feature, properties=properties, id=own_id)


DAY_IN_NAME = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-_.]?)([01][0-9])\2([0-3][0-9])(?![0-9])")


def day_of(file: str) -> str | None:
    """Return the one day that a file's name carries, 20170921 or 2017-09-21; None without one or with several."""
    days = {"-".join((found[1], found[3], found[4])) for found in DAY_IN_NAME.finditer(file)}
    possible = [day for day in days if is_day(day)]
    return possible[0] if len(possible) == 1 else None


def actor_of(file: str, dataset: Dataset | None) -> str | None:
    """Return the one actor that a file's name names as a word of three letters or more."""
    if dataset is None:
        return None
    names = ActorNames(dataset.actors)
    words = [word for word in re.split(r"[\W_0-9]+", file.rpartition(".")[0]) if len(word) >= 3]
    found = {key for key in map(names.key_of, words) if key is not None}
    return found.pop() if len(found) == 1 else None
