"""A difference in words, line by line."""

from collections.abc import Iterator

from mapapp.domain.actors import Holder
from mapapp.domain.difference import DifferentDays
from mapapp.domain.edition import Dataset
from mapapp.resources.messages import Messages
from mapapp.services.tell_compare import area
from mapapp.services.tell_compare import difference as signed
from mapapp.services.update.difference import Difference
from mapapp.services.words import day_in_words, holder_name

TOLD_RUNS = 12
"""Runs of days that are told; the JSON has all."""


def party(dataset: Dataset, holder: Holder | None, words: Messages) -> str:
    """Return who holds ground, `no data` for ground of which a version says nothing."""
    return words("update.no_data") if holder is None else holder_name(dataset, holder, words)


def run_in_words(run: DifferentDays, words: Messages) -> str:
    """Return days that differ in the same way: one day, or the first and the last."""
    first = day_in_words(run.first, words)
    return first if run.first == run.last else words("update.run", first=first, last=day_in_words(run.last, words))


def lines(found: Difference, day: str, words: Messages) -> Iterator[str]:
    """Yield what differs: features by layer, days, and for one day km² by pair and holder."""
    if not found:
        yield words("update.same")
        return
    for name, changes in found.layers.items():
        counts = {"added": len(changes.added), "removed": len(changes.removed), "changed": len(changes.changed)}
        yield words("update.features", layer=name, **counts)
    if not found.days:
        return
    yield words("update.days", count=len(found.days))
    for run in found.days[:TOLD_RUNS]:
        yield f"  {run_in_words(run, words)}"
    if len(found.days) > TOLD_RUNS:
        yield "  " + words("update.more", count=len(found.days) - TOLD_RUNS)
    yield from _day_lines(found, day, words)


def _day_lines(found: Difference, day: str, words: Messages) -> Iterator[str]:
    one, dataset = found.on(day), found.after.dataset
    yield words("update.on_day", day=day_in_words(day, words), km2=area(one.km2, words))
    for pair in one.pairs:
        winner, loser = (party(dataset, holder, words) for holder in (pair.winner, pair.loser))
        yield "  " + words("update.pair", winner=winner, loser=loser, km2=area(pair.km2, words))
    for balance in one.balances:
        net = signed(balance.net, words)
        yield "  " + words("update.net", holder=party(dataset, balance.holder, words), km2=net)
