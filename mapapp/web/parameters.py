"""Read the query of a request: each parameter once, none unknown, days and datasets checked."""

from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.requests import Request

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.resources.languages import LANGUAGES
from mapapp.resources.messages import Messages, messages
from mapapp.services.catalog import newer_than, open_edition

LONGEST_QUERY = 4096
"""Bytes; a longer query is refused before anything reads it."""


class Query:
    """The parameters of one request."""

    def __init__(self, request: Request, known: Iterable[str], *, strict: bool = True) -> None:
        """Check the names; raises BadOption for a repeated one and, when strict, for one that is not known."""
        self._values: dict[str, str] = {}
        self._request = request
        names = tuple(known)
        for name, value in request.query_params.multi_items():
            if name in names:
                self._take(name, value)
            elif strict:
                raise _unknown(name, names)

    def _take(self, name: str, value: str) -> None:
        if name in self._values:
            raise BadOption(name, value=value[:40], option=name, expected=Phrase("once", "it is given more than once"))
        self._values[name] = value

    def get(self, name: str) -> str | None:
        """Return a parameter; None when it is missing or empty."""
        return self._values.get(name) or None

    def has(self, name: str) -> bool:
        """Say whether a parameter is given, even if empty."""
        return name in self._values

    def edition(self, dataset: str | None) -> Edition:
        """Return the dataset in the version asked for, the newest when none is."""
        edition = open_edition(dataset, self.get("version"))
        if self.get("version") and newer_than(edition):
            rest = {name: text for name, text in self._request.query_params.multi_items() if name != "version"}
            self._request.state.newer = f"?{urlencode(rest)}"
        return edition

    def words(self) -> Messages:
        """Return the words of the language that `lang` names, English by default; raises BadOption."""
        name = self.get("lang") or "en"
        try:
            return messages(name)
        except KeyError:
            expected = Phrase("language", "it takes {known}", known=", ".join(language.code for language in LANGUAGES))
            raise BadOption("lang", value=name[:20], option="lang", expected=expected) from None

    def day(self, edition: Edition, name: str, default: str) -> str:
        """Return the day that a parameter names; raises NotADay or DayOutsideDataset."""
        text = self.get(name)
        return default if text is None else edition.dataset.check_day(text, name)


def _unknown(name: str, known: tuple[str, ...]) -> BadOption:
    offer = Phrase("parameters", "the parameters here are {known}", known=", ".join(known))
    none = Phrase("no_parameters", "this address takes no parameters")
    option = Phrase("parameter", "a parameter")
    return BadOption(name[:40], value=name[:40], option=option, expected=offer if known else none)
