"""A comparison of two days in words."""

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Dataset
from mapapp.render.look import short_name
from mapapp.resources.formats import formats_of
from mapapp.resources.messages import Messages
from mapapp.services.compare import Comparison, Pair
from mapapp.services.words import actor_name, square_km

NAMED = 3
"""Pairs that the sentence names; the rest is summed up."""

LEAST_KM2 = 0.5
"""What rounds to no whole km² is told as less than one."""


def sentence(dataset: Dataset, found: Comparison, words: Messages) -> str:
    """Return the sentence that says what changed hands between two days."""
    first, last = span_in_words(found.first, found.last, words)
    if not found.pairs:
        return words("compare.nothing", first=first, last=last)
    named = found.pairs[:NAMED]
    items = [_item(dataset, pair, words) for pair in named]
    rest = found.km2 - sum(pair.km2 for pair in named)
    if rest >= LEAST_KM2:
        items.append(words("compare.rest", km2=area(rest, words)))
    told = words("compare.semicolon").join(items)
    return words("compare.sentence", first=first, last=last, km2=area(found.km2, words), list=told)


def span_in_words(first: str, last: str, words: Messages) -> tuple[str, str]:
    """Return two days without repeating what they share: 5, 21 September 2017.

    >>> from mapapp.resources.messages import messages
    >>> span_in_words("2017-08-05", "2017-09-21", messages())
    ('5 August', '21 September 2017')
    """
    return formats_of(words.language).span(first, last)


def area(km2: float, words: Messages) -> str:
    """Return an area as a whole number of km², without the unit."""
    return words("compare.under_one") if km2 < LEAST_KM2 else square_km(km2, words)


def difference(km2: float, words: Messages) -> str:
    """Return a difference of areas in whole km² with its sign, without the unit."""
    if abs(km2) < LEAST_KM2:
        return words("compare.about_none")
    return formats_of(words.language).signed(km2)


def _item(dataset: Dataset, pair: Pair, words: Messages) -> str:
    """Return who took how much from whom; ground that none holds alone took nothing, it became so."""
    winner, loser, km2 = pair.winner, pair.loser, area(pair.km2, words)
    lost = _name(dataset, loser, words) if loser.status == "control" else words(f"compare.ground.{loser.status}")
    if winner.status != "control":
        return words(f"compare.became.{winner.status}", km2=km2, loser=lost)
    how = "from" if loser.status == "control" else "of"
    return words(f"compare.took.{how}", winner=_name(dataset, winner, words), km2=km2, loser=lost)


def _name(dataset: Dataset, holder: Holder, words: Messages) -> str:
    return short_name(actor_name(dataset, str(holder.actor), words))
