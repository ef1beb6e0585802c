"""Who is meant: an actor's key from a key, a name in any language, or one of the names that other maps use."""

import json
import unicodedata
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from mapapp.domain.actors import Actor

NEAR = 60
"""Similarity in percent below which no actor is proposed."""


@cache
def aliases() -> dict[str, dict[str, list[str]]]:
    """Return the table of other names: of columns by property, of actors by key."""
    text = (files("mapapp.resources") / "aliases.json").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = json.loads(text)
    return table


def fold(text: str) -> str:
    """Return a name in one form: no case, no marks, no punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


class ActorNames:
    """The actors of a dataset by every name that they go by."""

    def __init__(self, actors: tuple[Actor, ...]) -> None:
        self.actors = {actor.key: actor for actor in actors}
        self.names: dict[str, str] = {}
        for actor in actors:
            others = aliases()["actors"].get(actor.key, [])
            for name in (*others, actor.name, actor.name_ar, actor.name_ru, actor.key):
                if name:
                    self.names[fold(name)] = actor.key

    def key_of(self, text: str) -> str | None:
        """Return the key of an actor that goes by exactly this name; None when none does."""
        return self.names.get(fold(text))

    def nearest(self, text: str) -> str | None:
        """Return the key of the actor whose name is most like this one, None when none is like it at all."""
        exact = self.key_of(text)
        if exact is not None:
            return exact
        found = process.extractOne(fold(text), list(self.names), scorer=fuzz.WRatio, score_cutoff=NEAR)
        return self.names[found[0]] if found else None
