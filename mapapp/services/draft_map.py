"""A draft as a map of its own, and its difference from the version it is based on; each made once per change."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from mapapp.domain.drafts import Draft
from mapapp.domain.edition import Edition
from mapapp.services.memory import Memory
from mapapp.services.update import drafts
from mapapp.services.update.difference import Difference, difference

_editions: Memory[Edition] = Memory(entries=4)
_differences: Memory[Difference] = Memory(entries=4)


def draft_edition(draft: Draft) -> Edition:
    """Return what a publish of the draft would give, under a version of its own that no published one has.

    Raises what `drafts.proposal` raises where errors stop it.
    """
    return _editions.get(_key(draft), lambda: replace(drafts.proposal(draft).edition, version=draft_version(draft)))


def draft_difference(draft: Draft, progress: Callable[[float], bool] | None = None) -> Difference | None:
    """Return how the draft differs from the version it is based on; None for a new dataset.

    `progress` gets a share from 0 to 1, and ends the work by returning False (raises Cancelled).
    """
    base = drafts.proposal(draft).base
    if base is None:
        return None
    return _differences.get(_key(draft), lambda: difference(base, draft_edition(draft), progress))


def draft_version(draft: Draft) -> str:
    """Return the name of the draft as it is now: letters and digits that change with every change of it."""
    return f"draft{hashlib.sha256('/'.join(_key(draft)).encode()).hexdigest()[:12]}"


def _key(draft: Draft) -> tuple[str, str]:
    return draft.id, str(draft.updated)
