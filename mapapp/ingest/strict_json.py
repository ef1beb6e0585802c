"""JSON read strictly, one feature at a time, so that every feature keeps its place in the file.

What the standard library lets pass in silence (repeated keys, NaN, numbers beyond all bounds, half surrogates) is
taken down, and the reading goes on; only a text that is no JSON at all ends it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NoReturn

import numpy as np

DEEPEST = 64
"""Levels of nesting; a MultiPolygon in a collection needs eight, and notes may bring some of their own."""

SPACE = re.compile(r"[ \t\n\r]*")
BETWEEN = re.compile(r"[ \t\n\r\x1e]*")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
LONE = re.compile("[\ud800-\udfff]")
CHUNK = 1 << 20


class NotJson(ValueError):
    """A text is no JSON; `line` and `column` count from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(reason)


class TooDeep(ValueError):
    """A text nests deeper than DEEPEST."""


@dataclass
class Oddity:
    """What one value has that the standard library does not mind: kind of fault, and the text at fault."""

    kind: str
    found: str


@dataclass
class Value:
    """A value of the text, the character at which it begins, and its oddities."""

    value: Any
    offset: int
    oddities: list[Oddity] = field(default_factory=list)


class StrictReader:
    """Reads the values of one text; `documents` yields each value at the top, `features` is filled on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.odd: list[Oddity] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_constant=self._constant, parse_int=self._int
        )
        self._halves = SURROGATE.search(text) is not None

    def documents(self) -> Iterator[tuple[Value, list[Value] | None]]:
        """Yield each value at the top of the text with the members of its `features`; NotJson when there is a fault."""
        if depth_of(self.text) > DEEPEST:
            raise TooDeep
        at = self._skip(0, BETWEEN)
        if at == len(self.text):
            self._stop("nothing", at)
        while at < len(self.text):
            try:
                if self.text[at] == "{":
                    value, features, after = self._object(at)
                else:
                    value, after = self._value(at)
                    features = None
            except json.JSONDecodeError as error:
                self._stop(error.msg, error.pos)
            yield value, features
            at = self._skip(after, BETWEEN)

    def _object(self, start: int) -> tuple[Value, list[Value] | None, int]:
        """Read the object at `start`, its `features` one by one."""
        pairs: list[tuple[str, Any]] = []
        features: list[Value] | None = None
        odd: list[Oddity] = []
        at = self._skip(start + 1)
        while not (at < len(self.text) and self.text[at] == "}" and not pairs):
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError("a name in double quotes is missing", self.text, at)
            key, at = self._decoder.raw_decode(self.text, at)
            at = self._expect(self._skip(at), ":")
            if key == "features" and self.text[at : at + 1] == "[" and features is None:
                features, at = self._array(at)
                pairs.append((key, []))
            else:
                value, at = self._value(at)
                odd += value.oddities
                pairs.append((key, value.value))
            at = self._skip(at)
            if self.text[at : at + 1] == "}":
                break
            at = self._expect(at, ",")
        self.odd = []
        return Value(self._pairs(pairs), start, [*odd, *self.odd]), features, at + 1

    def _array(self, at: int) -> tuple[list[Value], int]:
        """Read the array at `at` value by value."""
        values: list[Value] = []
        at = self._skip(at + 1)
        if self.text[at : at + 1] == "]":
            return values, at + 1
        while True:
            value, at = self._value(at)
            values.append(value)
            at = self._skip(at)
            if self.text[at : at + 1] == "]":
                return values, at + 1
            at = self._expect(at, ",")

    def _value(self, at: int) -> tuple[Value, int]:
        """Read the value at `at`."""
        self.odd = []
        try:
            value, after = self._decoder.raw_decode(self.text, at)
        except RecursionError as error:
            raise TooDeep from error
        if self._halves and SURROGATE.search(self.text, at, after) and _has_half(value):
            self.odd.append(Oddity("json-text", "\\ud800–\\udfff"))
        return Value(value, at, self.odd), after

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = {intern(key): value for key, value in pairs}
        if len(made) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            self.odd.append(Oddity("json-key-twice", ", ".join(twice)))
        return made

    def _constant(self, name: str) -> float:
        self.odd.append(Oddity("json-number", name))
        return float("nan")

    def _int(self, digits: str) -> int | float:
        return int(digits) if len(digits) < 300 else float("inf")

    def _skip(self, at: int, what: re.Pattern[str] = SPACE) -> int:
        found = what.match(self.text, at)
        assert found is not None
        return found.end()

    def _expect(self, at: int, sign: str) -> int:
        """Pass over one sign and the space behind it."""
        if self.text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"“{sign}” is missing", self.text, at)
        return self._skip(at + 1)

    def _stop(self, reason: str, at: int) -> NoReturn:
        line = self.text.count("\n", 0, at) + 1
        raise NotJson(reason, line, at - self.text.rfind("\n", 0, at))


def depth_of(text: str) -> int:
    """Return how deep a text nests; brackets within strings do not count. Cost: one pass over the bytes."""
    deepest = _depth(text.encode("utf-8", "surrogatepass"))
    if deepest <= DEEPEST:
        return deepest
    return _depth(STRING.sub('""', text).encode("utf-8", "surrogatepass"))


def _depth(raw: bytes) -> int:
    deepest = level = 0
    signs = np.zeros(256, dtype=np.int8)
    signs[[ord("["), ord("{")]] = 1
    signs[[ord("]"), ord("}")]] = -1
    for start in range(0, len(raw), CHUNK):
        levels = np.cumsum(signs[np.frombuffer(raw, np.uint8, min(CHUNK, len(raw) - start), start)], dtype=np.int32)
        deepest = max(deepest, level + int(levels.max()))
        level += int(levels[-1])
    return deepest


def _has_half(value: Any) -> bool:
    """Say whether any text in a value has half of a surrogate pair."""
    if isinstance(value, str):
        return LONE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_half(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_half(part) for part in value)
