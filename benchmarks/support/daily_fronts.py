"""Daily files of a front as analysts publish them: most of it stands still, all of it is drawn by hand.

Each day 1 to 3 % of the front moves by up to two kilometres, 5 % of the vertices are digitised anew by less than a
metre, and now and then an island appears or goes. Everything follows from one seed.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FIRST_DAY = date(2017, 5, 6)
WEST, EAST, NORTH, MIDDLE = 37.0, 41.0, 36.8, 34.6
FRONT, METRE = 2900, 1 / 111_320


def write_days(folder: Path, days: int = 769, seed: int = 20170921) -> list[Path]:
    """Write one GeoJSON file a day with a single area of about 3,000 vertices and no properties; return the paths."""
    draw = np.random.default_rng(seed)
    xs = np.linspace(WEST, EAST, FRONT)
    front = np.column_stack([xs, MIDDLE + 0.4 * np.sin(xs * 5) + np.cumsum(draw.normal(0, 0.002, FRONT))])
    islands: dict[int, np.ndarray] = {}
    made = 0
    paths = []
    for number in range(days):
        front = _moved(front, draw)
        if draw.random() < 0.05:
            made += 1
            islands[made] = _island(made, draw)
        if len(islands) > 5:
            islands.pop(min(islands))
        drawn = [_drawn_anew(line, draw) for line in (front, *islands.values())]
        path = folder / f"front-{FIRST_DAY + timedelta(number):%Y%m%d}.geojson"
        path.write_text(json.dumps(_collection(drawn[0], drawn[1:])), encoding="utf-8")
        paths.append(path)
    return paths


def _moved(front: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Push a stretch of the front north or south."""
    length = int(FRONT * draw.uniform(0.01, 0.03))
    start = int(draw.integers(1, FRONT - length - 1))
    push = draw.choice([-1, 1]) * draw.uniform(0.002, 0.018) * np.hanning(length + 2)[1:-1]
    moved = front.copy()
    moved[start : start + length, 1] += push
    return np.round(moved, 6)


def _drawn_anew(line: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Digitise a twentieth of the vertices anew, each less than a metre off."""
    chosen = draw.random(len(line)) < 0.05
    angle, off = draw.uniform(0, 2 * np.pi, len(line)), draw.uniform(0, 0.7 * METRE, len(line))
    step = np.column_stack([np.cos(angle), np.sin(angle)]) * off[:, None]
    return np.round(np.where(chosen[:, None], line + step, line), 7)


def _island(number: int, draw: np.random.Generator) -> np.ndarray:
    """Return the ring of an enclave south of the front, without the closing vertex."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    middle = np.array([WEST + 0.3 + 0.1 * (number % 35), draw.uniform(32.6, 33.3)])
    return np.round(middle + 0.04 * np.column_stack([np.cos(angle), np.sin(angle)]), 6)


def _collection(front: np.ndarray, islands: list[np.ndarray]) -> dict[str, object]:
    shell = [*front.tolist(), [EAST, NORTH], [WEST, NORTH], front[0].tolist()]
    parts = [[shell], *([[*ring.tolist(), ring[0].tolist()]] for ring in islands)]
    geometry = {"type": "MultiPolygon", "coordinates": parts}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": geometry}]}
