"""How near the two camps of a dataset stand to each other: on a day, and over all days."""

from dataclasses import dataclass

from mapapp.domain.contact import ClosestPair
from mapapp.domain.edition import Edition
from mapapp.domain.periods import days_between


@dataclass(frozen=True)
class Step:
    """A distance and the day from which it holds, as a share of the dataset's span (0-1)."""

    day: str
    at: float
    km: float


@dataclass(frozen=True)
class Distance:
    """The closest posts of a day, the km of front between the camps, and the distance over time."""

    pair: ClosestPair
    front_km: float
    at: float
    steps: tuple[Step, ...]

    @property
    def most(self) -> float:
        """Return the largest distance of all days, in km."""
        return max(step.km for step in self.steps)


def distance_on(edition: Edition, day: str) -> Distance | None:
    """Return how near the camps stand on a checked day; None for a dataset without camps."""
    pair = edition.closest_on(day)
    if pair is None:
        return None
    return Distance(pair, edition.contact_km_on(day), _share(edition, day), _steps(edition))


def _steps(edition: Edition) -> tuple[Step, ...]:
    """Return the distances over time, one for each day on which the figure differs from the one before."""
    steps: list[Step] = []
    for day in edition.contact_days:
        pair = edition.closest_on(day)
        if pair and (not steps or pair.km != steps[-1].km):
            steps.append(Step(day, _share(edition, day), pair.km))
    return tuple(steps)


def _share(edition: Edition, day: str) -> float:
    first, last = edition.dataset.first_day, edition.dataset.last_day
    return days_between(first, day) / max(1, days_between(first, last))
