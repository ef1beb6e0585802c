"""Days, shares and holders as words of one language."""

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.periods import days_between
from mapapp.resources.formats import formats_of
from mapapp.resources.messages import Messages


def day_in_words(day: str, messages: Messages) -> str:
    """Return a day as people write it: 21 September 2017."""
    return formats_of(messages.language).day(day)


def day_number(dataset: Dataset, day: str) -> tuple[int, int]:
    """Return which day of the dataset this is, counted from 1, and how many there are."""
    return days_between(dataset.first_day, day) + 1, days_between(dataset.first_day, dataset.last_day) + 1


def percent(share: float, messages: Messages, decimals: int = 1) -> str:
    """Return a share (0-1) as a number of percent, without the sign: 47.9."""
    return formats_of(messages.language).number(share * 100, decimals)


def points(change: float, messages: Messages) -> str:
    """Return a difference of shares in percentage points with its sign; what rounds to nothing is 0.0."""
    return formats_of(messages.language).signed(change * 100, 1)


def square_km(km2: float, messages: Messages) -> str:
    """Return an area in km² as a whole number, grouped as the language does."""
    return formats_of(messages.language).number(km2)


def kilometres(km: float, messages: Messages) -> str:
    """Return a distance in km without its unit: with one decimal below ten, whole from there on."""
    return formats_of(messages.language).kilometres(km)


def actor_name(dataset: Dataset, key: str, messages: Messages) -> str:
    """Return the name of an actor in the language of the messages, else in English; an unknown key is its own name."""
    actor = {actor.key: actor for actor in dataset.actors}.get(key)
    if actor is None:
        return key
    return actor.named(messages.language)


def holder_name(dataset: Dataset, holder: Holder, messages: Messages) -> str:
    """Return who holds an area, in words."""
    names = [actor_name(dataset, key, messages) for key in holder.members]
    if holder.status == "control":
        return names[0]
    return messages(f"app.holder.{holder.status}", parties=messages("app.holder.and").join(names))


def bank_name(edition: Edition, bank: str, messages: Messages) -> str:
    """Return the name of a bank as the data gives it, in the language of the messages where it has one."""
    layer = edition.layers["bank"]
    row = layer[layer["bank"] == bank].iloc[0]
    return str(row.get(f"name_{messages.language}") or row["name"])
