"""What can stop an update, as conditions with their English sentence."""

from mapapp.domain.errors import MapappError


class NotAllowed(MapappError):
    """Who asks may not do this here."""

    sentence = (
        "Only an editor may {action}, and here everybody is a reader: start the program on a loopback address, "
        "and open it on the same machine."
    )


class BadUpdate(MapappError):
    """An update makes no sense; the reason says why."""


class CannotAddChanges(MapappError):
    """Areas cannot be derived anew from a table of changes."""

    sentence = "Changes of hands cannot be added to “{dataset}”: {reason}."


class UpdateStopped(MapappError):
    """Errors in the files, or in what they would make of the map, stop an update."""

    sentence = "{count} errors stop this update; the first: {first}."


class WarningsOpen(MapappError):
    """There are warnings that nobody has ticked yet."""

    sentence = "{count} warnings are open; look at them and tick that you did, then publish."


class MessageMissing(MapappError):
    """A publish has no message."""

    sentence = "Write in a sentence what changed and why; every reader sees it in the history."


class SourcesMissing(MapappError):
    """A publish names no sources."""

    sentence = "Name the sources this rests on; without them nobody can check the map."


class Cancelled(MapappError):
    """Somebody ended a long task before it was done."""

    sentence = "This was cancelled; nothing was changed."


class UnknownDraft(MapappError):
    """There is no draft of this id."""

    sentence = "There is no draft “{name}”: it was published, deleted, or kept for longer than drafts are."


class CannotRebase(MapappError):
    """Two changes of one version touch the same things."""

    sentence = (
        "This cannot be put on top of version “{head}” without a decision: both changes touch {conflicts}. "
        "Look at the other change, then begin from the newest version."
    )


class DatasetThere(MapappError):
    """A new dataset has the name of one that there is."""

    sentence = "There is a dataset “{name}” already; choose another name, or update that one."


class BadCorrection(MapappError):
    """A correction in place makes no sense; the reason says why."""

    sentence = "{place}: {reason}."
