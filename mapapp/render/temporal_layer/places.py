"""The places of an edition in columns, every repeated text kept once: a quarter of the size of rows."""

from collections.abc import Callable, Iterable
from typing import Any

from mapapp.domain.actors import holder_of
from mapapp.domain.edition import Edition
from mapapp.domain.evidence import evidence_in
from mapapp.domain.periods import days_between
from mapapp.domain.spelling import slug
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
    periods = [period for row in rows for period in row["periods"]]
    texts, kinds, sides = Dictionary(), Dictionary(), Dictionary()
    return {
        "grid": GRID,
        "id": [_short_id(row) for row in rows],
        "name": [row["name"] for row in rows],
        "local": [row["name_other"] or 0 for row in rows],
        "x": _differences(row["x"] for row in rows),
        "y": [row["y"] for row in rows],
        "size": [row["size"] for row in rows],
        "zoom": [round(4 * look.label_zoom(row["name"], row["kind"], row["size"])) for row in rows],
        "kind": [kinds.number(row["kind"]) for row in rows],
        "side": [sides.number(row["side"]) for row in rows],
        "note": [texts.number(row["note"]) for row in rows],
        "url": [texts.number(row["source_url"]) for row in rows],
        "count": [len(row["periods"]) for row in rows],
        **_periods(edition, look, periods, texts.number),
        **_proofs(edition, periods, texts.number),
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
    }


def _proofs(
    edition: Edition, periods: list[dict[str, Any]], number: Callable[[str | None], int]
) -> dict[str, list[int]]:
    """Return the evidence of all periods in a row, how many each has; 0 for a source or confidence of its period."""
    first, found = edition.dataset.first_day, [evidence_in(period) for period in periods]
    pairs = [(period, piece) for period, pieces in zip(periods, found, strict=True) for piece in pieces]
    return {
        "proofs": [len(pieces) for pieces in found],
        "proof_day": [days_between(first, piece.day) for _, piece in pairs],
        "proof_source": [0 if piece.source == period["source"] else number(piece.source) for period, piece in pairs],
        "proof_sure": [
            0 if piece.confidence == period["confidence"] else 1 + CONFIDENCES.index(piece.confidence)
            for period, piece in pairs
        ],
    }


def _short_id(row: dict[str, Any]) -> str | int:
    """Return the id of a place, or 0 where it is what the page makes of the name."""
    return 0 if row["id"] == slug(row["name"]) else str(row["id"])


def _differences(values: Iterable[int]) -> list[int]:
    last, differences = 0, []
    for value in values:
        differences.append(int(value) - last)
        last = int(value)
    return differences
