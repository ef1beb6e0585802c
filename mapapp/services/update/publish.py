"""Publish a draft; tell when somebody was quicker, and put one change on top of the other where they allow it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mapapp.domain.drafts import Draft
from mapapp.domain.errors import HeadMoved
from mapapp.domain.history import Version
from mapapp.domain.rebase import Conflict, conflicts
from mapapp.domain.update_errors import (
    CannotRebase,
    DatasetThere,
    MessageMissing,
    SourcesMissing,
    UpdateStopped,
    WarningsOpen,
)
from mapapp.domain.updates import Proposal
from mapapp.services import catalog, versions
from mapapp.services.rights import Person, check_may
from mapapp.services.stock import stock
from mapapp.services.update import derive, drafts
from mapapp.services.update.difference import Difference, between

TOLD = 5
"""Conflicts that a sentence names."""


@dataclass(frozen=True)
class Moved:
    """The newest version where a draft is based on an older one: what the other changed, and where both did."""

    head: Version
    theirs: Difference
    conflicts: tuple[Conflict, ...]

    @property
    def can_rebase(self) -> bool:
        """Say whether the draft can be put on top of it."""
        return not self.conflicts


def publish(person: Person, name: str, message: str, sources: str) -> Version:
    """Publish a draft, and return the version it made; a second time returns the same.

    Raises NotAllowed, UnknownDraft, MessageMissing, SourcesMissing, UpdateStopped, WarningsOpen, HeadMoved,
    DatasetThere, and what `drafts.proposal` raises.
    """
    check_may(person, "publish")
    draft = drafts.find(name)
    if draft.published:
        return stock().store.version(str(draft.dataset), draft.published)
    made = drafts.proposal(draft)
    open_warnings = drafts.warnings(draft)
    if open_warnings and not draft.choices.get("accepted"):
        raise WarningsOpen("accepted", count=len(open_warnings))
    version = publish_now(person, made, message, sources, f"draft:{draft.id}")
    done = replace(draft, choices={**draft.choices, "published": version.id}, uploads=(), updated=datetime.now(UTC))
    stock().store.save_draft(done)
    return version


def publish_now(
    person: Person, made: Proposal, message: str, sources: str, idempotency_key: str | None = None
) -> Version:
    """Publish a proposal on top of the version it is based on; all readers see it at their next request.

    Raises NotAllowed, MessageMissing, SourcesMissing, UpdateStopped, HeadMoved, DatasetThere.
    """
    check_may(person, "publish")
    if not message.strip():
        raise MessageMissing("message")
    if not sources.strip():
        raise SourcesMissing("sources")
    if made.errors:
        raise UpdateStopped("uploads", count=len(made.errors), first=made.errors[0].found)
    try:
        return stock().store.publish(
            made.content,
            parent=made.base.version if made.base else None,
            author=person.author,
            message=message.strip(),
            sources=sources.strip(),
            idempotency_key=idempotency_key,
        )
    except HeadMoved as error:
        if made.base is None:
            raise DatasetThere("name", name=made.content.dataset.name) from error
        raise


def moved(draft: Draft) -> Moved | None:
    """Return what came between a draft and the newest version; None while nothing did."""
    if draft.base is None:
        return None
    head = stock().store.head(str(draft.dataset))
    if head.id == draft.base:
        return None
    base, newest = (catalog.open_edition(draft.dataset, version) for version in (draft.base, head.id))
    made = drafts.proposal(draft)
    if made.meaning.mode == "changes":
        met = _same_places(draft, head, made)
    else:
        met = conflicts(base.layers, newest.layers, made.edition.layers)
    return Moved(head, between(base, newest), tuple(met))


def _same_places(draft: Draft, head: Version, made: Proposal) -> list[Conflict]:
    """Return the places of which both sides add, change or disable a row in another way."""
    store = stock().store
    base, theirs = (store.documents(str(draft.dataset), version) for version in (draft.base, head.id))
    if head.basis != "derived" or derive.CHANGES not in theirs:
        return [Conflict("control", "basis")]
    one, other = (_rows_beyond(documents, base) for documents in (theirs, made.content.documents))
    places = {row[0] for row in one ^ other} & {row[0] for row in one} & {row[0] for row in other}
    return [Conflict("place", place) for place in sorted(places)]


def _rows_beyond(documents: Mapping[str, bytes], base: Mapping[str, bytes]) -> set[tuple[str, ...]]:
    """Return the rows that a table of changes has and that of the base has not."""
    known, now = ({tuple(row.values()) for row in derive.read_changes(each)[0]} for each in (base, documents))
    return now - known


def rebase(person: Person, name: str) -> Draft:
    """Put a draft on top of the newest version; its checks run again, and its warnings want a new tick.

    Raises NotAllowed, UnknownDraft, CannotRebase with what both changes touch, and what `drafts.proposal` raises.
    """
    check_may(person, "publish")
    draft = drafts.find(name)
    between_us = moved(draft)
    if between_us is None:
        return draft
    if not between_us.can_rebase:
        told = ", ".join(f"{one.layer} {one.id}" for one in between_us.conflicts[:TOLD])
        more = len(between_us.conflicts) - TOLD
        raise CannotRebase("draft", head=between_us.head.id, conflicts=f"{told} (+{more})" if more > 0 else told)
    choices = {**draft.choices, "origin": draft.choices.get("origin") or draft.base, "accepted": False}
    rebased = replace(draft, base=between_us.head.id, choices=choices, updated=datetime.now(UTC))
    drafts.proposal(rebased)
    stock().store.touch_draft(rebased)
    return rebased


def undo(person: Person, dataset: str, version: str, message: str) -> Version:
    """Publish an old version again as the newest; raises NotAllowed, MessageMissing and what `restore` raises."""
    check_may(person, "restore")
    if not message.strip():
        raise MessageMissing("message")
    return versions.restore(person, dataset, version, message.strip())
