"""Who may hold ground, and who holds it: data, not code."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["control", "contested", "joint"]


@dataclass(frozen=True)
class Actor:
    """A side of the conflict; colours are #RRGGBB."""

    key: str
    name: str
    name_ar: str
    name_ru: str
    colour: str
    line: str
    may_hold: bool
    note: str = ""

    def named(self, language: str) -> str:
        """Return the name in a language (ar, ru), else in English."""
        return {"ar": self.name_ar, "ru": self.name_ru}.get(language) or self.name


@dataclass(frozen=True, order=True)
class Holder:
    """Who holds an area: one actor, or two and more parties that contest or share it."""

    status: Status
    actor: str | None = None
    parties: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.status == "control") != (self.actor is not None):
            raise ValueError(f"an actor goes with status control, and only with it: {self}")
        if self.status != "control" and len(self.parties) < 2:
            raise ValueError(f"{self.status} needs two or more parties: {self}")
        if self.parties != tuple(sorted(self.parties)):
            raise ValueError(f"parties are sorted: {self}")

    @property
    def key(self) -> str:
        """Return the short text that names this holder: `gov`, or `joint-hts-opposition`."""
        return self.actor if self.actor is not None else "-".join((self.status, *self.parties))

    @property
    def members(self) -> tuple[str, ...]:
        """Return the actors involved, one or more."""
        return (self.actor,) if self.actor is not None else self.parties


def holder_of(status: Status, actor: str | None, parties: Iterable[str] | None) -> Holder:
    """Make a Holder from the three properties of a feature, whatever the order of the parties."""
    return Holder(status, actor or None, tuple(sorted(parties or ())))
