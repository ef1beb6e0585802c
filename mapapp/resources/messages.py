"""The words a person sees, by language: every *.json of resources/locales/<language>, merged."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from mapapp.domain.errors import MapappError


class Messages:
    """The catalogue of one language; call it with a key and the values of the placeholders."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its {placeholders} filled in; KeyError names a missing key."""
        return self._texts[key].format(**values)

    def under(self, prefix: str) -> dict[str, str]:
        """Return the raw texts whose key begins with `prefix` and a dot, without that prefix."""
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}

    def error(self, error: MapappError) -> str:
        """Return the sentence of an error in this language, in English where it is not translated."""
        text = self._texts.get(f"error.{type(error).__name__}")
        return text.format(**error.values) if text else error.message


@cache
def messages(language: str = "en") -> Messages:
    """Load the catalogue of a language; KeyError when there is none."""
    folder = files("mapapp.resources") / "locales" / language
    if not language.isalpha() or not folder.is_dir():
        raise KeyError(language)
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            texts.update(json.loads(file.read_text(encoding="utf-8")))
    return Messages(language, texts)
