"""The words a person sees, by language: every *.json of resources/locales/<language>, merged.

A text that depends on a number has a key for each plural category of its language: `app.more.one`, `app.more.few`.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from mapapp.domain.errors import MapappError, Phrase
from mapapp.domain.picture_faults import Faults
from mapapp.resources.bidi import set_apart
from mapapp.resources.languages import Language, language_of


class Messages:
    """The catalogue of one language; call it with a key and the values of the placeholders."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.spoken: Language = language_of(language)
        self._texts = dict(texts)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its {placeholders} filled in; KeyError names a missing key.

        Values that run against the direction of the language are set apart.
        """
        return self._fill(self._texts[key], values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return the text of `key` in the plural form that goes with a whole number."""
        return self(f"{key}.{self.spoken.plural(number)}", **values)

    def under(self, prefix: str) -> dict[str, str]:
        """Return the raw texts whose key begins with `prefix` and a dot, without that prefix."""
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}

    def error(self, error: MapappError) -> str:
        """Return the sentence of an error in this language, in English where it is not translated."""
        if isinstance(error, Faults):
            return " ".join(self.error(fault) for fault in error.faults)
        text = self._texts.get(f"error.{type(error).__name__}")
        return self._fill(text, error.values) if text else error.message

    def phrase(self, phrase: Phrase) -> str:
        """Return a phrase of an error in this language."""
        return self._fill(self._texts[f"phrase.{phrase.key}"], phrase.values)

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        return text.format(**{name: self._told(value) for name, value in values.items()})

    def _told(self, value: object) -> object:
        if isinstance(value, Phrase):
            return self.phrase(value)
        return set_apart(value, self.spoken.direction) if isinstance(value, str) else value


@cache
def messages(language: str = "en") -> Messages:
    """Load the catalogue of a language; KeyError when there is none."""
    folder = files("mapapp.resources") / "locales" / language_of(language).code
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            texts.update(json.loads(file.read_text(encoding="utf-8")))
    return Messages(language, texts)
