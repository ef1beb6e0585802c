"""What each layer carries: the one description that checks, documentation and tests are made from."""

from dataclasses import dataclass
from typing import Any

DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
OPEN_DAY = {"anyOf": [DAY, {"type": "null"}]}
TEXT = {"type": "string", "minLength": 1}
OPTIONAL_TEXT = {"type": ["string", "null"]}
ACTOR = {"type": ["string", "null"]}
ACTORS = {"type": "array", "items": TEXT}
TEXTS = {"type": "array", "items": TEXT}
COUNT = {"type": "integer", "minimum": 0}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
STATUS = {"enum": ["control", "contested", "joint"]}
CONFIDENCE = {"enum": ["confirmed", "reported", "estimated"]}
EVIDENCE = {
    "type": "object",
    "properties": {"day": DAY, "source": TEXT, "confidence": CONFIDENCE},
    "required": ["day", "source", "confidence"],
    "additionalProperties": False,
}
PERIOD = {
    "type": "object",
    "properties": {
        "from": DAY,
        "to": OPEN_DAY,
        "actor": ACTOR,
        "status": STATUS,
        "parties": ACTORS,
        "source": TEXT,
        "confidence": CONFIDENCE,
        "last_evidence": DAY,
        "evidence": {"type": "array", "items": EVIDENCE, "minItems": 1},
    },
    "required": ["from", "to", "actor", "status", "parties", "source", "confidence", "last_evidence"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Property:
    """One property of the features of a layer: its JSON Schema, what it means, and whether it may be left out."""

    name: str
    schema: dict[str, Any]
    meaning: str
    spare: bool = False


@dataclass(frozen=True)
class LayerSchema:
    """A layer: its geometry and its properties beside the common ones."""

    name: str
    geometry: tuple[str, ...]
    meaning: str
    own: tuple[Property, ...]

    @property
    def properties(self) -> tuple[Property, ...]:
        """Return the common properties and the layer's own."""
        return COMMON + self.own


COMMON = (
    Property("id", TEXT, "unique within the layer, stable from version to version"),
    Property("name", OPTIONAL_TEXT, "the name in English"),
    Property("name_ar", OPTIONAL_TEXT, "the name in Arabic"),
    Property("name_ru", OPTIONAL_TEXT, "the name in Russian"),
    Property("source", TEXT, "what it rests on"),
    Property("source_url", OPTIONAL_TEXT, "an http(s) address of the source"),
    Property("note", OPTIONAL_TEXT, "what a reader should know"),
)
VALID = (
    Property("valid_from", DAY, "first day, included"),
    Property("valid_to", OPEN_DAY, "first day no longer included; null: still so on the last day"),
)
HELD = (
    Property("status", STATUS, "held by one actor, contested, or shared for good"),
    Property("actor", ACTOR, "the holder; null unless status is control"),
    Property("parties", ACTORS, "sorted, two or more, only when contested or joint"),
)
AREAS = ("Polygon", "MultiPolygon")

LAYERS = {
    layer.name: layer
    for layer in (
        LayerSchema(
            "control",
            AREAS,
            "who holds what; on one day no two overlap",
            (
                *HELD,
                *VALID,
                Property("places", COUNT, "how many places the area rests on"),
                Property("evidence_from", DAY, "the oldest last evidence among them"),
                Property("evidence_to", DAY, "the newest last evidence among them"),
                Property("share_estimated", SHARE, "the part of the area that rests on estimates"),
            ),
        ),
        LayerSchema(
            "estimate",
            AREAS,
            "ground whose holder rests on estimated evidence alone; overlaps control",
            (*VALID, Property("places", COUNT, "how many places")),
        ),
        LayerSchema(
            "place",
            ("Point",),
            "settlements and other points whose holder is known",
            (
                Property("kind", TEXT, "settlement, oil_field, air_base and so on"),
                Property("size", COUNT, "importance, 3 (a farm) to 30 (a city)"),
                Property("side", {"enum": ["left", "right"]}, "side of the river, looking downstream"),
                Property("periods", {"type": "array", "items": PERIOD, "minItems": 1}, "who held it when, gapless"),
                Property("variants", TEXTS, "other spellings of its name, to be found by"),
            ),
        ),
        LayerSchema(
            "position",
            ("Point",),
            "forces, bases, posts",
            (
                Property("actor", TEXT, "whose"),
                Property("kind", TEXT, "garrison, base, airbase, bridgehead and so on"),
                Property("unit", OPTIONAL_TEXT, "units named by the source"),
                Property("radius_km", {"type": ["number", "null"]}, "where the point stands for a circle"),
                *VALID,
                Property("confidence", CONFIDENCE, "how sure"),
            ),
        ),
        LayerSchema(
            "zone",
            AREAS,
            "de-escalation zones; rings are reconstructions",
            (
                Property("zone", TEXT, "the zone, whatever its stage"),
                Property("stage", {"enum": ["named", "agreed"]}, "named in the memorandum, or agreed on the ground"),
                *VALID,
            ),
        ),
        LayerSchema(
            "event",
            ("Point",),
            "what happened on a day",
            (
                Property("day", DAY, "the day"),
                Property("title", TEXT, "one sentence"),
                Property("actors", ACTORS, "who took part"),
                Property("kind", TEXT, "capture, battle, strike, agreement and so on"),
                Property("major", {"type": "boolean"}, "one of the few that turned the course of events"),
                Property(
                    "since", OPTIONAL_TEXT, "what has been so since, for events that readers compare with", spare=True
                ),
                Property("since_ar", OPTIONAL_TEXT, "the same in Arabic", spare=True),
                Property("since_ru", OPTIONAL_TEXT, "the same in Russian", spare=True),
                Property("plotted", {"type": "boolean"}, "false: too far away for the map, only listed"),
            ),
        ),
        LayerSchema(
            "bank",
            AREAS,
            "the two banks of the river in one governorate",
            (Property("bank", TEXT, "the bank's name"),),
        ),
        LayerSchema(
            "river",
            ("LineString", "MultiLineString"),
            "centre lines of rivers",
            (Property("kind", {"const": "river"}, "river"),),
        ),
        LayerSchema(
            "boundary",
            AREAS,
            "the base map, and the sides of the river",
            (Property("kind", {"enum": ["country", "governorate", "neighbour", "lake", "side"]}, "of what"),),
        ),
    )
}


def layer_json_schema(layer: LayerSchema) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a layer's file."""
    optional = {prop.name for prop in COMMON} - {"id", "source"}
    return {
        "title": layer.name,
        "description": layer.meaning,
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": _feature_schema(layer, optional)},
        },
        "required": ["type", "features"],
    }


def _feature_schema(layer: LayerSchema, optional: set[str]) -> dict[str, Any]:
    """Return the JSON Schema of one feature."""
    return {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"type": "object", "properties": {"type": {"enum": list(layer.geometry)}}},
            "properties": {
                "type": "object",
                "properties": {prop.name: {**prop.schema, "description": prop.meaning} for prop in layer.properties},
                "required": [prop.name for prop in layer.properties if prop.name not in optional and not prop.spare],
                "additionalProperties": False,
            },
        },
        "required": ["type", "geometry", "properties"],
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schemas of all layers, by name under `$defs`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Layers of a control map",
        "$defs": {name: layer_json_schema(layer) for name, layer in LAYERS.items()},
    }
