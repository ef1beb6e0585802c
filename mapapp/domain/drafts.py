"""An update that nobody has published yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mapapp.domain.history import Author
from mapapp.domain.updates import Frame

Uploads = tuple[tuple[str, bytes], ...]
"""Names and bytes of files, as they came."""


@dataclass(frozen=True)
class Draft:
    """Files as they came, what was chosen for them, and the version they are based on (None: a new dataset).

    `id` cannot be guessed; who has it may look. `choices` is JSON: layer, actor, source, mapping, repairs, meaning,
    good_only, accepted, rows, correction, origin, published. Times are UTC.
    """

    id: str
    dataset: str | None
    base: str | None
    author: Author
    created: datetime
    updated: datetime
    choices: Mapping[str, Any] = field(default_factory=dict)
    frame: Frame | None = None
    message: str = ""
    sources: str = ""
    names: tuple[str, ...] = ()
    uploads: Uploads = ()

    @property
    def published(self) -> str | None:
        """Return the version that it became."""
        return self.choices.get("published")
