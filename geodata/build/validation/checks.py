"""Compare with published shares and with independent claims about single places; neither is used by the build."""

from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.domain.actors import Holder
from mapapp.domain.evidence import Site, holder_on
from mapapp.domain.measure import area_km2
from mapapp.domain.periods import days_between
from mapapp.ingest.theatre.derivation import Derivation
from mapapp.ingest.theatre.tables import read_table

CHECKS = Path(str(files("geodata"))) / "checks"


def cell_km2(made: Derivation) -> npt.NDArray[np.float64]:
    """Return the area of the cell of each place."""
    areas = area_km2(made.partition.faces)
    return np.bincount(made.partition.owner, weights=areas, minlength=len(made.sites)).astype(np.float64)


def shares_on(made: Derivation, day: str, km2: npt.NDArray[np.float64]) -> dict[str, float]:
    """Return the percentage of the country that each actor has; `joint` and `contested` count for themselves."""
    shares: dict[str, float] = {}
    for history, area in zip(made.histories, km2, strict=True):
        holder = holder_on(history, day)
        key = holder.actor or holder.status
        shares[key] = shares.get(key, 0.0) + 100 * float(area) / float(km2.sum())
    return shares


def compare_shares(made: Derivation, folder: Path = CHECKS) -> pd.DataFrame:
    """Return the published shares beside ours: columns date, actor, percent, ours, error, series, source, counts.

    `series` groups figures of one publisher; only rows that `counts` marks yes enter the mean error.
    """
    table = read_table("published_shares.csv", folder)
    km2 = cell_km2(made)
    by_day = {day: shares_on(made, day, km2) for day in sorted(set(table["date"]))}
    table["percent"] = table["percent"].astype(float)
    table["ours"] = [
        sum(by_day[row.date].get(actor, 0.0) for actor in str(row.actor).split("+")) for row in table.itertuples()
    ]
    return table.assign(error=table["ours"] - table["percent"])


def compare_directions(shares: pd.DataFrame) -> pd.DataFrame:
    """Return for each series, actor and pair of its dates whether our share moved the same way as the published one.

    A published change of less than one point says nothing of the direction and is left out.
    """
    rows = []
    for (series, actor), group in shares.groupby(["series", "actor"]):
        for one, two in combinations(group.sort_values("date").to_dict("records"), 2):
            published, ours = two["percent"] - one["percent"], two["ours"] - one["ours"]
            if abs(published) >= 1:
                rows.append((series, actor, one["date"], two["date"], published, ours, published * ours > 0))
    return pd.DataFrame(rows, columns=["series", "actor", "from", "to", "published", "ours", "right"])


@dataclass(frozen=True)
class Checked:
    """A claim about a place on a day, and what the derivation says of the cell it lies in.

    `claimed` are the actors the source allows: the holder, or several where it names a group of them or a contest.
    A claim is independent when the tables of the build say nothing of its place within a few days.
    """

    place: str
    day: str
    region: str
    sure: bool
    status: str
    claimed: frozenset[str]
    derived: Holder
    nearest: str
    independent: bool
    source: str

    @property
    def counts(self) -> bool:
        """Say whether the claim enters the figure: sure, and not known to the build."""
        return self.sure and self.independent

    @property
    def right(self) -> bool:
        """Say whether the derivation agrees.

        It does when everyone it names is among the claimed, so that a place claimed as contested agrees with either
        party; and a place that two share agrees with a claim that names one of them.
        """
        shared = self.derived.status == "joint" and bool(self.claimed & set(self.derived.members))
        return shared or set(self.derived.members) <= self.claimed


def check_claims(made: Derivation, folder: Path = CHECKS) -> list[Checked]:
    """Return every independent claim with the derived holder of the cell that contains its point."""
    table = read_table("claims.csv", folder)
    tree = shapely.STRtree(made.partition.faces)
    faces = tree.nearest(shapely.points(table["lon"], table["lat"]))
    owners = made.partition.owner[np.asarray(faces)]
    return [
        Checked(
            place=row["place"],
            day=row["day"],
            region=row["region"],
            sure=row["sure"] == "yes",
            status=row["status"],
            claimed=frozenset((row["actor"] or row["parties"].replace(";", "+")).split("+")),
            derived=holder_on(made.histories[owner], row["day"]),
            nearest=made.sites[owner].name,
            independent=not _knows(made.sites[owner], row["day"]),
            source=row["source"],
        )
        for row, owner in zip(table.to_dict("records"), owners.tolist(), strict=True)
    ]


def _knows(site: Site, day: str, days: int = 2) -> bool:
    """Say whether a dated row of the build speaks of the place within some days of a claim."""
    return any(abs(days_between(claim.day, day)) <= days for claim in site.claims)
