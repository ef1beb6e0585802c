"""Versions of a dataset: who published what, when and why; never changed, only followed or withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mapapp.domain.edition import Dataset, Layers


@dataclass(frozen=True)
class Author:
    """Who acts: `key` is known to editors only (an address, a subject); `name` is shown to readers, empty: nobody."""

    key: str
    name: str = ""


@dataclass(frozen=True)
class Content:
    """What a publish puts into a version: the dataset's frame, its layers, and documents by name.

    Documents are what it was made from, such as `sources/changes.csv`: kept byte for byte, once each.
    """

    dataset: Dataset
    layers: Layers
    documents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Withdrawal:
    """When a version was withdrawn, by whom (known to editors only), and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Version:
    """What is known of a version beside its content.

    `id` names it in addresses; `content` is the hash of all it holds, equal for equal content; `parent` is the version
    it was based on, `restores` the one it equals; `features` counts them, `size` is in bytes as kept. Times are UTC.
    """

    dataset: str
    id: str
    sequence: int
    parent: str | None
    restores: str | None
    author: Author
    message: str
    sources: str
    basis: str
    at: datetime
    content: str
    features: int
    size: int
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True)
class Act:
    """One line of the audit: what was done, by whom, to what."""

    at: datetime
    author: str
    action: str
    dataset: str | None
    version: str | None
    detail: str
