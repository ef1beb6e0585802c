"""What can go wrong, as conditions with their English sentence; this module imports nothing.

Other languages translate the sentence by the class's name (`error.NotADay` in the catalogue) and fill in `values`.
"""

from typing import ClassVar


class Phrase(str):
    """An English phrase within a sentence, which other languages say by its key (`phrase.once` in the catalogue)."""

    __slots__ = ("key", "values")
    key: str
    values: dict[str, object]

    def __new__(cls, key: str, text: str, **values: object) -> "Phrase":
        """Fill in the English text; key and values are kept for the other languages."""
        phrase = super().__new__(cls, text.format(**values))
        phrase.key, phrase.values = key, values
        return phrase


class MapappError(Exception):
    """Carry one clear sentence for the person who caused the condition.

    `parameter` names the input at fault, so that an API answer or a form can point at it.
    """

    sentence: ClassVar[str] = "{reason}"

    def __init__(self, parameter: str = "", **values: object) -> None:
        self.parameter = parameter
        self.values = values
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """Return the English sentence, filled in."""
        return self.sentence.format(**self.values)


class NotADay(MapappError):
    """A text is not a calendar day written YYYY-MM-DD."""

    sentence = "“{text}” is not a day; write it as YYYY-MM-DD, for example 2017-09-21."


class DayOutsideDataset(MapappError):
    """A day lies before the dataset's first or after its last."""

    sentence = "{day} lies outside this map, which covers {first_day} to {last_day}."


class DaysTurnedRound(MapappError):
    """The later of two days is given first."""

    sentence = "The days are the wrong way round: “from” is {first}, which is after “to”, {last}."


class UnknownDataset(MapappError):
    """No dataset has this name."""

    sentence = "There is no dataset “{name}”; there is {known}."


class UnknownLayer(MapappError):
    """The dataset has no layer of this name."""

    sentence = "There is no layer “{name}”; the layers are {known}."


class UnknownPalette(MapappError):
    """There is no set of colours of this name."""

    sentence = "There is no palette “{name}”; the palettes are {known}."


class UnknownPlace(MapappError):
    """The dataset has no place of this id."""

    sentence = "There is no place “{name}” on this map."


class UnknownStop(MapappError):
    """The dataset's story has no stop of this id or number, or there is no story."""

    sentence = "There is no stop “{name}” in the story of this map, which has {count} stops."


class BadView(MapappError):
    """A text is no place and zoom that the map can show."""

    sentence = (
        "“{text}” is no view of the map: write latitude, longitude and zoom with commas, for example "
        "35.3360,40.1410,9; the zoom is from {lowest} to {highest}."
    )


class BadMode(MapappError):
    """A text is no way to show two days."""

    sentence = "“{text}” is no way to compare: it is side or swipe."


class ModeAlone(MapappError):
    """A way to show two days is asked for, and only one day."""

    sentence = "To show two days, the address needs a day to compare with, as compare=YYYY-MM-DD."


class UnknownVersion(MapappError):
    """The dataset has no version of this name."""

    sentence = "There is no version “{name}” of this dataset; the newest is {known}."


class NoPeriods(MapappError):
    """A layer has no days, so no span of it can be replaced."""

    sentence = "The layer {layer} has no days of its own; replace it whole, or patch it by id."


class BadTable(MapappError):
    """A table of facts breaks its own rules; the sentence lists every fault."""

    sentence = "{table}: {reason}"


class BadTopology(MapappError):
    """A topology cannot be decoded."""


class BadOption(MapappError):
    """An option has a value that cannot be used."""

    sentence = "“{value}” cannot be used for {option}; {expected}."


class BadContent(MapappError):
    """A version holds something that cannot be kept as it is."""

    sentence = "Layer “{layer}”, feature {feature}, “{property}”: {reason}."


class HeadMoved(MapappError):
    """Somebody published since the version that a publish is based on."""

    sentence = (
        "The newest version is “{head}”, not “{parent}” any more; look at what changed, then publish on top of it."
    )


class NothingChanged(MapappError):
    """A publish would repeat the newest version."""

    sentence = "Nothing differs from version “{head}”, so there is nothing to publish."


class KeyUsed(MapappError):
    """An idempotency key comes again with other content."""

    sentence = "This publish was already made with other content, as version “{version}”; begin a new one."


class VersionWithdrawn(MapappError):
    """A version’s content is no longer given out."""

    sentence = "Version “{name}” was withdrawn."


class TooBusy(MapappError):
    """Too many ask for heavy work at the same time."""

    sentence = "Too much is being made at this moment; ask again in {seconds} seconds."


class StoreUnavailable(MapappError):
    """The database does not answer, is locked, full, or may not be written."""

    sentence = "The store at {place} cannot be used now: {reason}."


class StoreDamaged(MapappError):
    """What the database gives back is not what was published."""

    sentence = "The store at {place} is damaged ({reason}); restore a backup with `mapapp restore-backup`."


class StoreNewer(MapappError):
    """The database was written by a newer release."""

    sentence = "The store at {place} has the form {found}, which this release does not know; install a newer release."


class StoreNotEmpty(MapappError):
    """A backup can only go into an empty store."""

    sentence = "The store at {place} already holds {count} versions; a backup is restored into an empty one."


class BadBackup(MapappError):
    """A file is not a backup, or not a whole one."""

    sentence = "{path} is no backup that can be restored: {reason}."
