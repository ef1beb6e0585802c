"""Where the derivation leans on little: large cells that rest on one estimate, and lone islands of one holder."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.build.validation.checks import cell_km2
from mapapp.domain.actors import Holder
from mapapp.domain.evidence import HeldPeriod, holder_on, period_on
from mapapp.ingest.theatre.derivation import Derivation


@dataclass(frozen=True)
class Island:
    """A place whose holder holds none of the cells around it, from its first such day to its last."""

    place: str
    holder: Holder
    around: str
    first_day: str
    last_day: str
    days: int
    settled_by: str


def largest_estimates(made: Derivation, count: int = 20) -> list[tuple[str, float, HeldPeriod]]:
    """Return the largest cells that rest on one estimated row: place, km², and that period."""
    found = [
        (site.name, float(km2), period)
        for site, history, km2 in zip(made.sites, made.histories, cell_km2(made), strict=True)
        for period in history
        if period.confidence == "estimated"
    ]
    return sorted(found, key=lambda entry: (-entry[1], entry[0], entry[2].valid_from))[:count]


def lone_islands(made: Derivation) -> list[Island]:
    """Return every place that is alone among other holders on any change day, and what settles it.

    A place inside the country that is alone because its own row says so (a claim, or the snapshot) stays: enclaves
    exist. One that is alone by an estimate would be our own invention.
    """
    one, other = np.array(list(made.partition.neighbours())).T
    last = made.theatre.frame["last_day"]
    days = sorted({p.valid_from for history in made.histories for p in history if p.valid_from <= last})
    seen: dict[tuple[int, Holder], list[str]] = {}
    for day in days:
        holders = [holder_on(history, day) for history in made.histories]
        numbers = {holder: number for number, holder in enumerate(dict.fromkeys(holders))}
        code = np.array([numbers[holder] for holder in holders])
        friends = np.bincount(one, weights=code[one] == code[other], minlength=len(code))
        touched = np.bincount(one, minlength=len(code)) > 0
        for place in np.flatnonzero((friends == 0) & touched).tolist():
            seen.setdefault((place, holders[place]), []).append(day)
    return [_island(made, place, holder, found, other[one == place]) for (place, holder), found in seen.items()]


def _island(made: Derivation, place: int, holder: Holder, days: list[str], around: npt.NDArray[np.intp]) -> Island:
    """Describe an island."""
    near = [holder_on(made.histories[index], days[0]).key for index in around.tolist()]
    period = period_on(made.histories[place], days[0])
    if period.confidence == "estimated" and period.source.startswith("estimated"):
        settled = "estimate"
    else:
        settled = "claim" if made.sites[place].claims else "snapshot"
    return Island(
        place=made.sites[place].name,
        holder=holder,
        around=max(sorted(set(near)), key=near.count),
        first_day=days[0],
        last_day=days[-1],
        days=len(days),
        settled_by=settled,
    )
