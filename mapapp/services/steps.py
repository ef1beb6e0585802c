"""The days of a span by steps: by change, by day, or every few days."""

from mapapp.domain.edition import Edition
from mapapp.domain.errors import DaysTurnedRound
from mapapp.domain.film_faults import UnknownStep
from mapapp.domain.periods import days_between, shift_day

MOST_STEP = 366


def days_by_step(edition: Edition, first: str, last: str, every: str) -> tuple[str, ...]:
    """Return the days from `first` to `last`, both ISO or empty for the dataset's own, by `every`.

    `every` is change (the first day and each change day after it), day, or a number of days such as 7d; change when
    it is empty. The last day is included where a step falls on it.
    Raises NotADay, DayOutsideDataset, DaysTurnedRound or UnknownStep.
    """
    begin, end = span_of(edition, first, last)
    every = every.strip() or "change"
    if every == "change":
        return (begin, *(day for day in edition.change_days if begin < day <= end))
    step = 1 if every == "day" else _step(every)
    return tuple(shift_day(begin, passed) for passed in range(0, days_between(begin, end) + 1, step))


def span_of(edition: Edition, first: str, last: str) -> tuple[str, str]:
    """Return the checked first and last day of a span, the dataset's own where they are empty."""
    dataset = edition.dataset
    begin = dataset.check_day(first.strip() or dataset.first_day, "from")
    end = dataset.check_day(last.strip() or dataset.last_day, "to")
    if begin > end:
        raise DaysTurnedRound("to", first=begin, last=end)
    return begin, end


def _step(every: str) -> int:
    number = every.removesuffix("d")
    if number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= MOST_STEP:
        return int(number)
    raise UnknownStep("every", value=every[:40])
