"""Whatever two versions hold, their difference is the difference of their statistics."""

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from mapapp.domain.edition import Edition
from mapapp.services.update.difference import difference
from support.theatre import DATASET

SIDE = 3
CELLS = st.lists(st.sampled_from(["red", "blue", None]), min_size=SIDE * SIDE, max_size=SIDE * SIDE)


def edition(version: str, cells: list[str | None], shift: float) -> Edition:
    rows = [
        {
            "id": f"{at}",
            "status": "control",
            "actor": actor,
            "parties": (),
            "valid_from": "2020-01-01",
            "valid_to": None,
            "share_estimated": 0.0,
            "geometry": box(40 + at % SIDE + shift, 30 + at // SIDE, 41 + at % SIDE + shift, 31 + at // SIDE),
        }
        for at, actor in enumerate(cells)
        if actor
    ]
    columns = ["id", "status", "actor", "parties", "valid_from", "valid_to", "share_estimated", "geometry"]
    control = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=4326)
    return Edition(DATASET, version, {"control": control})


@given(CELLS, CELLS, st.sampled_from([0.0, 0.25]))
@settings(max_examples=60)
def test_rows_and_columns_add_up(one: list[str | None], other: list[str | None], shift: float) -> None:
    before, after = edition("a", one, 0.0), edition("b", other, shift)
    found = difference(before, after).on("2020-01-05")
    balances = {balance.holder.key: balance for balance in found.balances}
    was, now = (
        {} if item.layers["control"].empty else {h.key: km2 for h, km2 in item.stats.areas_on("2020-01-05").items()}
        for item in (before, after)
    )
    for key in ("red", "blue"):
        net = balances[key].net if key in balances else 0.0
        assert now.get(key, 0.0) - was.get(key, 0.0) == pytest.approx(net, abs=0.01)
        won = sum(pair.km2 for pair in found.pairs if pair.winner and pair.winner.key == key)
        lost = sum(pair.km2 for pair in found.pairs if pair.loser and pair.loser.key == key)
        assert won - lost == pytest.approx(net, abs=0.01)
