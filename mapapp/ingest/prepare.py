"""From tables as they came to tables in our words: layer, columns, days of daily files, histories of places."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mapapp.domain.edition import Dataset, Layers
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.mapping import Mapping, actor_of, apply_mapping, day_of, guess_layer, propose_mapping

DATED = ("control", "estimate", "zone", "position")


@dataclass(frozen=True)
class Purpose:
    """What files are checked for: a dataset and its layers so far, and what the analyst says beside the files.

    `layer`, `actor`, `source` and `mapping` win over what is proposed. `form_only` checks no more than RFC 7946 and
    the geometries, for files that belong to no dataset.
    """

    dataset: Dataset | None = None
    previous: Layers = field(default_factory=dict)
    layer: str | None = None
    actor: str | None = None
    source: str | None = None
    mapping: Mapping | None = None
    form_only: bool = False


@dataclass(frozen=True)
class Prepared:
    """Tables in our words, the layer of each, the mapping by which they got there, and the day of daily files."""

    tables: tuple[Table, ...]
    layers: tuple[str, ...]
    days: tuple[str | None, ...]
    mappings: tuple[Mapping, ...]

    @property
    def is_series(self) -> bool:
        """Say whether these are daily files: two or more, each with a day in its name, without periods of their own."""
        return len(set(self.days)) > 1 and None not in self.days


def prepare(tables: Sequence[Table], purpose: Purpose) -> Prepared:
    """Return the tables with our properties. Tables for one layer with the same columns share one mapping."""
    if purpose.form_only:
        count = len(tables)
        return Prepared(tuple(tables), ("",) * count, (None,) * count, ())
    ready: list[Table] = []
    layers: list[str] = []
    days: list[str | None] = []
    mappings: list[Mapping] = []
    for table in tables:
        layer = purpose.layer or (purpose.mapping.layer if purpose.mapping else guess_layer(table))
        mapping = _mapping(table, purpose, layer, mappings)
        mapped = apply_mapping(table, mapping)
        day = day_of(table.file) if layer in DATED else None
        mapped, day = _dated(mapped, day)
        ready.append(_with_histories(mapped, purpose.dataset) if layer == "place" else mapped)
        layers.append(layer)
        days.append(day)
    return Prepared(tuple(ready), tuple(layers), tuple(days), tuple(mappings))


def _mapping(table: Table, purpose: Purpose, layer: str, known: list[Mapping]) -> Mapping:
    """Return the mapping of a table; one that is the same but for what files fix is kept once."""
    mapping = purpose.mapping or propose_mapping(table, purpose.dataset, layer)
    fixed = dict(mapping.fixed)
    if layer in ("control", "position") and "actor" not in mapping.columns:
        actor = purpose.actor or actor_of(table.file, purpose.dataset)
        if actor:
            fixed["actor"] = actor
    if purpose.source:
        fixed["source"] = purpose.source
    mapping = replace(mapping, fixed=fixed)
    if mapping not in known:
        known.append(mapping)
    return mapping


def _dated(table: Table, day: str | None) -> tuple[Table, str | None]:
    """Give features the day of their file where they have none of their own; None for the day where they do."""
    if day is None or any(_day_of(feature) for feature in table.features):
        return table, None
    features = [
        replace(feature, properties={**feature.properties, "valid_from": day}, day=day)
        if isinstance(feature.properties, dict)
        else feature
        for feature in table.features
    ]
    return table.with_features(features), day


def _day_of(feature: Feature) -> Any:
    return isinstance(feature.properties, dict) and feature.properties.get("valid_from")


def _with_histories(table: Table, dataset: Dataset | None) -> Table:
    """Make a history of one period for places that come with a holder and no history."""
    return table.with_features(_with_history(feature, dataset) for feature in table.features)


def _with_history(feature: Feature, dataset: Dataset | None) -> Feature:
    given = feature.properties
    if not isinstance(given, dict) or "periods" in given or not (given.get("actor") or given.get("parties")):
        return feature
    begin = given.get("valid_from") or (dataset.first_day if dataset else None)
    period = {
        "from": begin,
        "to": given.get("valid_to"),
        "actor": given.get("actor"),
        "status": given.get("status") or ("control" if given.get("actor") else "contested"),
        "parties": list(given.get("parties") or []),
        "source": given.get("source") or "—",
        "confidence": "reported",
        "last_evidence": begin,
    }
    left = {
        name: value
        for name, value in given.items()
        if name not in ("actor", "status", "parties", "valid_from", "valid_to")
    }
    return replace(feature, properties={**left, "periods": [period]})
