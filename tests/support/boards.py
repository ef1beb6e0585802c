"""Control maps that Hypothesis draws: a board of cells that change hands."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st

from mapapp.domain.periods import each_day, shift_day

FIRST, SPAN = "2017-06-01", 12
LAST = shift_day(FIRST, SPAN - 1)
DAYS = list(each_day(FIRST, LAST))
ACTORS = ["red", "blue", "green"]
GRID = 1e-4


@st.composite
def boards(draw):
    """Who holds each cell of a small board on each day: an array (day, cell), and the cells, wobbled on the grid."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    nodes = np.array([[(x, y) for x in range(width + 1)] for y in range(height + 1)]) * 1000
    wobble = draw(st.lists(st.integers(-300, 300), min_size=nodes.size, max_size=nodes.size))
    nodes = np.round((nodes + np.array(wobble).reshape(nodes.shape)) * GRID + [40, 35], 4)
    cells = [
        shapely.Polygon([nodes[y, x], nodes[y, x + 1], nodes[y + 1, x + 1], nodes[y + 1, x]])
        for y in range(height)
        for x in range(width)
    ]
    held = [draw(st.lists(st.sampled_from(ACTORS), min_size=len(cells), max_size=len(cells)))]
    for _ in DAYS[1:]:
        flip = draw(st.dictionaries(st.integers(0, len(cells) - 1), st.sampled_from(ACTORS), max_size=2))
        held.append([flip.get(index, holder) for index, holder in enumerate(held[-1])])
    return np.array(held), np.array(cells, dtype=object)


def control_of(board):
    held, cells = board
    rows = []
    for actor in ACTORS:
        mine = held == actor
        start = 0
        for day in range(1, SPAN + 1):
            if day < SPAN and (mine[day] == mine[start]).all():
                continue
            if mine[start].any():
                rows.append({
                    "id": f"{actor}@{DAYS[start]}", "status": "control", "actor": actor, "parties": (),
                    "valid_from": DAYS[start], "valid_to": DAYS[day] if day < SPAN else None,
                    "geometry": shapely.coverage_union_all(cells[mine[start]]),
                })  # fmt: skip
            start = day
    frame = gpd.GeoDataFrame(rows, crs=4326)
    return frame.assign(valid_to=pd.Series([row["valid_to"] for row in rows], dtype=object))
