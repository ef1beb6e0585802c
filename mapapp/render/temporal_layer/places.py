"""The places of an edition in columns, every repeated text kept once: a quarter of the size of rows."""

from collections.abc import Callable, Iterable
from typing import Any

from mapapp.domain.actors import holder_of
from mapapp.domain.edition import Edition
from mapapp.domain.periods import days_between
from mapapp.render.look import Look

GRID = 1e-4
CONFIDENCES = ("confirmed", "reported", "estimated")


class Dictionary:
    """Texts by number, in the order in which they were first asked for; number 0 is no text."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0, "": 0}

    def number(self, text: str | None) -> int:
        """Return the number of a text."""
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


def places_block(edition: Edition, look: Look) -> dict[str, Any]:
    """Return all places and their periods as columns; days count from the dataset's first, x is differences.

    Cost: linear in the periods.
    """
    places = edition.layers["place"]
    places = places.assign(
        x=(places.geometry.x / GRID).round().astype(int), y=(places.geometry.y / GRID).round().astype(int)
    )
    rows = places.sort_values(["x", "y", "id"]).drop(columns="geometry").to_dict("records")
    texts, kinds, sides = Dictionary(), Dictionary(), Dictionary()
    return {
        "grid": GRID,
        "name": [row["name"] for row in rows],
        "local": [row["name_ar"] or 0 for row in rows],
        "x": _differences(row["x"] for row in rows),
        "y": [row["y"] for row in rows],
        "size": [row["size"] for row in rows],
        "zoom": [round(4 * look.label_zoom(row["name"], row["kind"], row["size"])) for row in rows],
        "kind": [kinds.number(row["kind"]) for row in rows],
        "side": [sides.number(row["side"]) for row in rows],
        "note": [texts.number(row["note"]) for row in rows],
        "url": [texts.number(row["source_url"]) for row in rows],
        "count": [len(row["periods"]) for row in rows],
        **_periods(edition, look, [period for row in rows for period in row["periods"]], texts.number),
        "texts": texts.texts,
        "kinds": kinds.texts,
        "sides": sides.texts,
        "confidences": CONFIDENCES,
    }


def _periods(
    edition: Edition, look: Look, periods: list[dict[str, Any]], number: Callable[[str | None], int]
) -> dict[str, Any]:
    first = edition.dataset.first_day
    holders = {holder: index for index, holder in enumerate(look.holders)}
    return {
        "from": [days_between(first, period["from"]) for period in periods],
        "to": [period["to"] and days_between(first, period["to"]) for period in periods],
        "holder": [
            holders.get(holder_of(period["status"], period["actor"], period["parties"]), -1) for period in periods
        ],
        "source": [number(period["source"]) for period in periods],
        "confidence": [CONFIDENCES.index(period["confidence"]) for period in periods],
        "evidence": [period["last_evidence"] and days_between(first, period["last_evidence"]) for period in periods],
    }


def _differences(values: Iterable[int]) -> list[int]:
    last, differences = 0, []
    for value in values:
        differences.append(int(value) - last)
        last = int(value)
    return differences
