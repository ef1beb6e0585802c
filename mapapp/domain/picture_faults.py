"""What can be wrong with the order for a picture, as conditions with their English sentence."""

from collections.abc import Sequence

from mapapp.domain.errors import MapappError


class Faults(MapappError):
    """Several things are wrong at once; `faults` has each with its own parameter."""

    def __init__(self, faults: Sequence[MapappError]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults[0].parameter, reason=" ".join(fault.message for fault in self.faults))


class UnknownChoice(MapappError):
    """An option has none of the values it takes."""

    sentence = "“{value}” is no {option}; it takes {known}."


class NotANumber(MapappError):
    """An option that takes a number has none."""

    sentence = "“{value}” is no number for {option}."


class OutOfRange(MapappError):
    """A number is too small or too large."""

    sentence = "{option} is {value}; a picture takes {least} to {most}."


class PictureTooLarge(MapappError):
    """A picture would have too many pixels."""

    sentence = "The picture would have {width} x {height} pixels; {side} a side and {most} million in all are allowed."


class BadExtent(MapappError):
    """Four numbers do not bound a piece of the map."""

    sentence = "“{value}” is no extent; write west,south,east,north in degrees, for example 38.9,34.15,41.5,36.1."


class ExtentOutside(MapappError):
    """An extent shows nothing of the map."""

    sentence = "The extent {value} lies outside this map, which covers {covers}."


class TextTooLong(MapappError):
    """A text has more characters than fit."""

    sentence = "{option} has {length} characters; it takes at most {most}."


class BadMark(MapappError):
    """A mark of one's own has a value that cannot be drawn."""

    sentence = "Mark {number}: “{part}” cannot be {found}."


class MarkLacks(MapappError):
    """A mark of one's own lacks something."""

    sentence = "Mark {number}: “{part}” is missing."


class BadMarks(MapappError):
    """Marks cannot be read at all."""

    sentence = "The marks cannot be read: a list in JSON is expected, as it is or in base64url, at most {most} marks."


class BadStyle(MapappError):
    """A house style has a value that cannot be used."""

    sentence = "House style: “{part}” cannot be {found}."


class BadStyleFile(MapappError):
    """A house style, or a file that it names, cannot be read."""

    sentence = "House style: {file} cannot be read as {kind}."


class TwoOptions(MapappError):
    """Two options exclude each other."""

    sentence = "{one} and {other} exclude each other; give one of them."


class PicturesWaiting(MapappError):
    """More pictures are waiting to be drawn than this machine takes."""

    sentence = "{count} pictures are waiting to be drawn; try again in {seconds} seconds."


class TooManyPictures(MapappError):
    """One client asks for more pictures than a minute has room for."""

    sentence = "More than {most} pictures a minute were asked for; go on in {seconds} seconds."


class SameDay(MapappError):
    """A day is compared with itself."""

    sentence = "Both days are {day}; a comparison takes two different days."
