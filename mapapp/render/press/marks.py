"""Marks of one's own: an arrow, a circle, a callout, a label moved, hidden or renamed; and their form in a link.

In JSON they are a list of objects, positions are [longitude, latitude]:

    {"kind": "arrow", "from": [40.0, 35.2], "to": [40.14, 35.33], "text": "9 September"}
    {"kind": "circle", "at": [40.14, 35.33], "km": 12, "colour": "#7A0F4D"}
    {"kind": "callout", "at": [40.14, 35.33], "text": "Airport besieged since January", "to": [40.4, 35.1]}
    {"kind": "label", "place": "hajin", "text": "Hajin", "at": [40.9, 34.7]}, or "hide": true

`colour` and the `text` of arrow and circle may be left out; without `to` a callout stands where there is room. In a
link the list is base64url of that JSON, without padding.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from mapapp.domain.errors import MapappError
from mapapp.domain.picture_faults import BadMark, BadMarks, Faults, MarkLacks

MOST_CHARACTERS = 20_000
MOST_MARKS = 40
SHOWN = 40
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One mark; points are longitude and latitude in degrees, what its kind has not is None or empty."""

    kind: str
    at: Point | None = None
    start: Point | None = None
    end: Point | None = None
    km: float = 0.0
    text: str = ""
    colour: str = ""
    place: str = ""
    hide: bool = False


def read_marks(text: str) -> tuple[Mark, ...]:
    """Read marks from JSON or its base64url. Raises Faults with every BadMark, MarkLacks, or BadMarks."""
    if not text.strip():
        return ()
    listed = _parse(text.strip())
    faults = [_fault(error) for error in sorted(_validator().iter_errors(listed), key=lambda error: list(error.path))]
    if faults:
        raise Faults(faults)
    return tuple(_mark(item) for item in listed)


def write_marks(marks: Sequence[Mark]) -> str:
    """Return marks as they stand in a link."""
    listed = [_item(mark) for mark in marks]
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parse(text: str) -> Any:
    if len(text) > MOST_CHARACTERS:
        raise Faults([BadMarks("marks", most=MOST_MARKS)])
    try:
        if not text.startswith("["):
            text = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        return json.loads(text)
    except (binascii.Error, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Faults([BadMarks("marks", most=MOST_MARKS)]) from error


@cache
def _validator() -> Draft202012Validator:
    text = (files("mapapp.resources") / "marks.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _fault(error: ValidationError) -> MapappError:
    """Say what is wrong with which mark."""
    path = list(error.absolute_path)
    if not path:
        return BadMarks("marks", most=MOST_MARKS)
    number, item, schema = int(path[0]) + 1, cast("Any", error.instance), cast("Any", error.schema)
    if error.validator == "required":
        lacks = next(key for key in cast("Any", error.validator_value) if key not in item)
        return MarkLacks("marks", number=number, part=lacks)
    if error.validator == "additionalProperties":
        extra = next(key for key in item if key not in schema["properties"])
        return BadMark("marks", number=number, part=str(extra)[:SHOWN], found=_shown(item[extra]))
    part = ".".join(map(str, path[1:])) or "kind"
    return BadMark("marks", number=number, part=part[:SHOWN], found=_shown(error.instance))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _mark(item: dict[str, Any]) -> Mark:
    return Mark(
        kind=item["kind"],
        at=_point(item.get("at")),
        start=_point(item.get("from")),
        end=_point(item.get("to")),
        km=float(item.get("km", 0)),
        text=item.get("text", ""),
        colour=item.get("colour", ""),
        place=item.get("place", ""),
        hide=item.get("hide", False),
    )


def _point(pair: Iterable[float] | None) -> Point | None:
    if pair is None:
        return None
    longitude, latitude = pair
    return float(longitude), float(latitude)


def _item(mark: Mark) -> dict[str, Any]:
    parts = {
        "kind": mark.kind, "at": mark.at, "from": mark.start, "to": mark.end, "km": mark.km, "text": mark.text,
        "colour": mark.colour, "place": mark.place, "hide": mark.hide,
    }  # fmt: skip
    return {key: value for key, value in parts.items() if value}
