"""Days and half-open periods [valid_from, valid_to); ISO text, which sorts as time does."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mapapp.domain.errors import NotADay

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str, parameter: str = "date") -> str:
    """Return `text` if it is a calendar day written YYYY-MM-DD.

    Raises NotADay for anything else (2017-02-30, 21/09/2017, other digits than 0-9).
    """
    if ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    raise NotADay(parameter, text=text[:40])


def shift_day(day: str, days: int) -> str:
    """Return the day that lies `days` after `day` (before it when negative)."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def days_between(earlier: str, later: str) -> int:
    """Return the number of days from `earlier` to `later`, negative when they are the other way round."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def each_day(first: str, last: str) -> Iterator[str]:
    """Yield every day from `first` to `last`, both included."""
    for offset in range(days_between(first, last) + 1):
        yield shift_day(first, offset)


def is_valid_on(day: str, valid_from: str, valid_to: str | None) -> bool:
    """Say whether `day` lies in [valid_from, valid_to); no end means for ever."""
    return valid_from <= day and (valid_to is None or day < valid_to)
