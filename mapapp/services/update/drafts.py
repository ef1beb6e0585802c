"""Drafts: uploads with what was chosen for them, checked and proposed anew whenever anything changes."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mapapp.domain.drafts import Draft
from mapapp.domain.edition import Edition
from mapapp.domain.errors import Phrase
from mapapp.domain.faults import Fault
from mapapp.domain.update_errors import BadUpdate, DatasetThere, UnknownDraft, UpdateStopped
from mapapp.domain.updates import Frame, Meaning, Proposal
from mapapp.ingest.check import Examination
from mapapp.ingest.intake import Source
from mapapp.ingest.limits import page_limits
from mapapp.ingest.mapping import Mapping as Columns
from mapapp.ingest.mapping import mapping_from
from mapapp.ingest.prepare import Purpose
from mapapp.services import catalog
from mapapp.services.check import check_sources
from mapapp.services.memory import Memory
from mapapp.services.rights import Person, check_may
from mapapp.services.stock import stock
from mapapp.services.update.correct import Correction, propose_correction
from mapapp.services.update.difference import Difference, Progress, difference
from mapapp.services.update.propose import merged, propose, propose_new, proposed_meaning, span_of, whole_time
from mapapp.settings import settings

_examinations: Memory[Examination] = Memory(entries=4)
_proposals: Memory[Proposal] = Memory(entries=8)


@dataclass(frozen=True)
class Review:
    """A draft for a second pair of eyes; `difference` is None for a new dataset."""

    draft: Draft
    proposal: Proposal
    difference: Difference | None


def start(
    person: Person,
    dataset: str | None,
    uploads: Sequence[Source],
    choices: Mapping[str, Any] | None = None,
    frame: Frame | None = None,
) -> Draft:
    """Keep files and choices as a draft on the newest version of a dataset, or of a new one that `frame` tells.

    Raises NotAllowed, UnknownDataset, DatasetThere.
    """
    check_may(person, "draft")
    if frame is not None and frame.name in catalog.heads():
        raise DatasetThere("name", name=frame.name[:60])
    base = stock().store.head(dataset).id if dataset and frame is None else None
    now = datetime.now(UTC)
    draft = Draft(
        id=secrets.token_urlsafe(16),
        dataset=frame.name if frame else dataset,
        base=base,
        author=person.author,
        created=now,
        updated=now,
        choices=dict(choices or {}),
        frame=frame,
        names=tuple(source.name for source in uploads),
        uploads=tuple((source.name, source.content) for source in uploads),
    )
    stock().store.save_draft(draft)
    return draft


def start_correction(person: Person, dataset: str, asked: Correction) -> Draft:
    """Keep a correction in place as a draft; raises what `propose_correction` raises, and then keeps nothing."""
    check_may(person, "correct")
    base = stock().store.head(dataset)
    propose_correction(catalog.open_edition(dataset, base.id), stock().store.documents(dataset, base.id), asked)
    return start(person, dataset, (), {"correction": asked.plain(), "meaning": Meaning("changes").plain()})


def change(person: Person, name: str, **fields: Any) -> Draft:
    """Change choices, message, sources, frame or uploads (Sources) of a draft; raises NotAllowed or UnknownDraft."""
    check_may(person, "draft")
    draft = find(name)
    uploads: Sequence[Source] | None = fields.pop("uploads", None)
    if uploads is not None:
        fields |= {"uploads": tuple((s.name, s.content) for s in uploads), "names": tuple(s.name for s in uploads)}
    changed = replace(draft, **fields, updated=datetime.now(UTC))
    store = stock().store
    (store.touch_draft if uploads is None else store.save_draft)(changed)
    return changed


def find(name: str) -> Draft:
    """Return a draft by its id, whoever asks; raises UnknownDraft."""
    _drop_old()
    draft = stock().store.draft(name)
    if draft is None:
        raise UnknownDraft("draft", name=name[:40])
    return draft


def listed(person: Person) -> list[Draft]:
    """Return the drafts of a person that are not published, without their files, the newest first."""
    _drop_old()
    return [draft for draft in stock().store.drafts(person.key) if not draft.published] if person.may_write else []


def delete(person: Person, name: str) -> None:
    """Delete a draft; raises NotAllowed."""
    check_may(person, "draft")
    stock().store.drop_draft(name)


def _drop_old() -> None:
    store, oldest = stock().store, datetime.now(UTC) - timedelta(days=settings().draft_days)
    if any(draft.updated < oldest for draft in store.drafts()):
        store.drop_drafts_before(oldest)


def base_of(draft: Draft) -> Edition | None:
    """Return the version that a draft is based on; None for a new dataset."""
    return catalog.open_edition(draft.dataset, draft.base) if draft.base else None


def check(draft: Draft) -> Examination:
    """Return what the checks find in the files of a draft, repaired as chosen; remembered."""
    return _examinations.get((stock().place, draft.id, draft.updated), lambda: _check(draft))


def _check(draft: Draft) -> Examination:
    said: dict[str, Any] = {name: draft.choices.get(name) for name in ("layer", "actor", "source")}
    mapping = draft.choices.get("mapping")
    sources = [Source(name, content) for name, content in draft.uploads]
    base = base_of(draft)
    frame = base.dataset if base else whole_time(draft.frame) if draft.frame else None
    columns = mapping_from(mapping) if mapping else None
    found = check_sources(sources, Purpose(frame, base.layers if base else {}, mapping=columns, **said), page_limits())
    asked = [(tuple(key), repair) for key, repair in draft.choices.get("repairs", ())]
    chosen = [(fault, repair) for fault in found.report.faults for key, repair in asked if fault.key == key]
    return found.repaired(chosen) if chosen else found


def proposal(draft: Draft) -> Proposal:
    """Return the version that a draft would make, remembered.

    Raises UpdateStopped where errors stop it, and what `propose` raises.
    """
    return _proposals.get((stock().place, draft.id, draft.updated), lambda: _proposal(draft))


def _proposal(draft: Draft) -> Proposal:
    base = base_of(draft)
    if base is None:
        return _new(draft)
    origin = draft.choices.get("origin")
    if not origin:
        return _on(draft, base)
    mine = _on(draft, catalog.open_edition(draft.dataset, origin))
    if mine.meaning.mode == "changes":
        return _on(draft, base)
    return merged(mine, base, stock().store.documents(base.dataset.name, base.version))


def _new(draft: Draft) -> Proposal:
    if draft.frame is None:
        raise BadUpdate("title", reason=Phrase("no_title", "A new dataset needs a name and a title."))
    found = _good(draft)
    days = span_of(found.layers["control"], found) if "control" in found.layers else ("", "")
    frame = replace(draft.frame, first_day=draft.frame.first_day or days[0], last_day=draft.frame.last_day or days[1])
    return propose_new(frame, found.layers)


def _on(draft: Draft, base: Edition) -> Proposal:
    """Return what a draft makes of a version."""
    documents = stock().store.documents(base.dataset.name, base.version)
    if correction := draft.choices.get("correction"):
        return propose_correction(base, documents, Correction(**correction))
    rows = list(draft.choices.get("rows", ()))
    found = _good(draft) if draft.uploads else None
    given = draft.choices.get("meaning")
    if given:
        meaning = Meaning.of(given)
    else:
        meaning = proposed_meaning(base, found) if found and not rows else Meaning("changes")
    changes = [*(found.changes if found else ()), *rows]
    return propose(base, documents, meaning, found.layers if found else {}, changes)


def _good(draft: Draft) -> Examination:
    """Return the examination of a draft that errors do not stop; raises UpdateStopped."""
    found = check(draft)
    errors = found.report.errors
    if errors and (found.report.stops_all or not draft.choices.get("good_only")):
        first = f"{errors[0].file} {errors[0].kind}".strip()
        raise UpdateStopped("uploads", count=len(errors), first=first)
    return found


def warnings(draft: Draft) -> list[Fault]:
    """Return what needs a tick before a draft is published: of its files, and of the whole that it makes."""
    of_files = check(draft).report.warnings if draft.uploads else []
    return [*of_files, *(fault for fault in proposal(draft).faults if fault.severity == "warning")]


def review(name: str, progress: Progress | None = None) -> Review:
    """Return what a draft would change, for whoever has its id; raises UnknownDraft and what `proposal` raises."""
    draft = find(name)
    made = proposal(draft)
    return Review(draft, made, difference(made.base, made.edition, progress) if made.base else None)


def remember_mapping(person: Person, dataset: str, theirs: Sequence[str], mapping: Columns) -> None:
    """Remember how columns of these names were read for a dataset; raises NotAllowed."""
    check_may(person, "draft")
    stock().store.save_mapping(dataset, _columns(theirs), json.dumps(mapping.plain(), ensure_ascii=False))


def remembered_mapping(dataset: str, theirs: Sequence[str]) -> Columns | None:
    """Return how columns of these names were read for a dataset the last time."""
    found = stock().store.mapping(dataset, _columns(theirs))
    return mapping_from(json.loads(found)) if found else None


def _columns(theirs: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(sorted(theirs)).encode()).hexdigest()
