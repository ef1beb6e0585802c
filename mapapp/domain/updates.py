"""What an upload is meant to do to a dataset, what a new dataset is, and what comes of it before anybody publishes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from mapapp.domain.actors import Actor
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.domain.faults import Fault
from mapapp.domain.history import Content

Mode = Literal["replace", "span", "append", "patch", "changes"]
MODES: tuple[Mode, ...] = ("replace", "span", "append", "patch", "changes")
DRAFT = "draft"
"""The version that an edition of a proposal has; no published one is ever called so."""


@dataclass(frozen=True)
class Meaning:
    """What an upload does to a layer.

    `span` replaces the days from `first` to `last`, both included; `append` begins with `first` and makes `last` the
    dataset's last day; `patch` takes away the features whose ids are `removed`.
    """

    mode: Mode
    layer: str = "control"
    first: str = ""
    last: str = ""
    removed: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self) | {"removed": list(self.removed)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Meaning":
        """Return what `plain` wrote; raises BadOption for a mode that there is not."""
        if plain["mode"] not in MODES:
            expected = Phrase("one_of", "it is one of {known}", known=", ".join(MODES))
            raise BadOption("mode", value=str(plain["mode"])[:20], option="mode", expected=expected)
        return cls(**{**plain, "removed": tuple(plain.get("removed", ()))})


@dataclass(frozen=True)
class Frame:
    """What an analyst says of a new dataset; what is empty is taken from its layers.

    Days are ISO; the extent is west, south, east, north in degrees.
    """

    name: str
    title: str
    actors: tuple[Actor, ...]
    first_day: str = ""
    last_day: str = ""
    default_day: str = ""
    extent: tuple[float, float, float, float] | None = None
    title_ar: str = ""
    title_ru: str = ""
    credit: str = ""
    licence: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Frame":
        """Return what `plain` wrote."""
        actors = tuple(Actor(**actor) for actor in plain["actors"])
        extent = plain.get("extent")
        return cls(**{**plain, "actors": actors, "extent": None if extent is None else tuple(extent)})


@dataclass(frozen=True)
class Proposal:
    """The content that a publish would make, the version it is based on (None: a new dataset), and its faults.

    `faults` are of the whole, such as ground held twice once old and new lie together; errors among them stop it.
    """

    content: Content
    base: Edition | None
    meaning: Meaning
    faults: tuple[Fault, ...] = ()

    @property
    def edition(self) -> Edition:
        """Return the proposal as an edition, for maps, pictures and differences."""
        return Edition(self.content.dataset, DRAFT, dict(self.content.layers))

    @property
    def errors(self) -> list[Fault]:
        """Return what stops it."""
        return [fault for fault in self.faults if fault.severity == "error"]

    def named(self, name: str) -> "Proposal":
        """Return it for a dataset of another name."""
        return replace(self, content=replace(self.content, dataset=replace(self.content.dataset, name=name)))
