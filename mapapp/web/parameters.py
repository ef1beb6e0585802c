"""Read the query of a request: each parameter once, none unknown, days and datasets checked."""

from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.requests import Request

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.resources.languages import ENGLISH, LANGUAGES, language_of, preferred
from mapapp.resources.messages import Messages, messages
from mapapp.services.catalog import newer_than, open_edition

LANG = "lang"
"""The parameter that every address takes: the language of names and sentences."""

LONGEST_QUERY = 4096
"""Bytes; a longer query is refused before anything reads it."""


class Query:
    """The parameters of one request."""

    def __init__(self, request: Request, known: Iterable[str], *, strict: bool = True) -> None:
        """Check the names; raises BadOption for a repeated one and, when strict, for one that is not known."""
        self._values: dict[str, str] = {}
        self._request = request
        names = tuple(dict.fromkeys((*known, LANG)))
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

    def words(self, default: str = ENGLISH) -> Messages:
        """Return the catalogue of the language asked for, of the default when none is; raises BadOption."""
        return messages(check_language(self.get(LANG) or default))

    def day(self, edition: Edition, name: str, default: str) -> str:
        """Return the day that a parameter names; raises NotADay or DayOutsideDataset."""
        text = self.get(name)
        return default if text is None else edition.dataset.check_day(text, name)


def check_language(code: str) -> str:
    """Return the code if it is one of our languages; raises BadOption."""
    try:
        return language_of(code).code
    except KeyError:
        expected = Phrase("language", "it takes {known}", known=", ".join(language.code for language in LANGUAGES))
        raise BadOption(LANG, value=code[:20], option=LANG, expected=expected) from None


def words_for(request: Request, *, guess: bool = False) -> Messages:
    """Return the catalogue for a sentence to whoever asks, whatever else is wrong with the request.

    The language is the one of `lang`; else, to `guess`, the one that the browser likes best; else English.
    """
    code = request.query_params.get(LANG, "")
    if code in (language.code for language in LANGUAGES):
        return messages(code)
    return messages(accepted_language(request) if guess and not code else ENGLISH)


def accepted_language(request: Request) -> str:
    """Return the code of the first of our languages that the browser wants; the answer then varies with it."""
    return preferred(request.headers.get("accept-language", ""))


def _unknown(name: str, known: tuple[str, ...]) -> BadOption:
    offer = Phrase("parameters", "the parameters here are {known}", known=", ".join(known))
    none = Phrase("no_parameters", "this address takes no parameters")
    option = Phrase("parameter", "a parameter")
    return BadOption(name[:40], value=name[:40], option=option, expected=offer if known else none)
