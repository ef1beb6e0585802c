"""Small things of these pages in words: layers, properties, times, sizes."""

from datetime import datetime

from babel.dates import format_datetime

from mapapp.resources.messages import Messages


def layer_name(layer: str, words: Messages) -> str:
    """Return the name of a layer."""
    return words(f"analyst.layer.{layer}")


def moment_in_words(at: datetime, words: Messages) -> str:
    """Return a time as people write it, in UTC, to the minute."""
    return f"{format_datetime(at, 'd MMMM y, HH:mm', locale=words.language)} UTC"


def size_in_words(size: int, words: Messages) -> str:
    """Return a size in bytes in kB or MB."""
    return words("analyst.size", kilobytes=max(1, round(size / 1000)))
