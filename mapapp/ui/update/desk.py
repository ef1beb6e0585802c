"""What one run of an analyst's page works on: who is there, the step, the draft; and the ways between steps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from mapapp.domain.drafts import Draft
from mapapp.domain.edition import Edition
from mapapp.domain.errors import MapappError
from mapapp.ingest.check import Examination
from mapapp.resources.messages import Messages
from mapapp.services.catalog import open_edition
from mapapp.services.memory import Memory
from mapapp.services.rights import Person, visitor
from mapapp.services.update import drafts
from mapapp.ui.state import Visit

STEPS = ("upload", "meaning", "columns", "faults", "difference", "publish")
"""The way of an upload, in this order."""

BESIDE = ("history", "correct")
"""Steps that need no upload."""

CHECKED = ("layer", "actor", "source", "mapping", "repairs", "rows")
"""Choices on which the check depends."""

HERE = "127.0.0.1"
OWN = ("page", "step", "draft", "place", "from", "to")
"""Parameters of the address that belong to these pages."""

_examined: Memory[Examination] = Memory(entries=4)


@dataclass(frozen=True)
class Desk:
    """One run: `draft` is None until something was brought."""

    visit: Visit
    person: Person
    step: str
    draft: Draft | None

    @property
    def words(self) -> Messages:
        """Return the words of the reader's language."""
        return self.visit.words

    @cached_property
    def edition(self) -> Edition:
        """Return the version that the draft is based on, without a draft the one that the address names."""
        if self.draft is None or self.draft.base is None:
            return self.visit.edition
        return open_edition(self.draft.dataset, self.draft.base)

    @cached_property
    def examination(self) -> Examination:
        """Return what the check found in the draft. Cost: seconds at first, then free until the draft changes."""
        draft = self.needed
        return _examined.get(_checked_by(draft), lambda: drafts.check(draft))

    @property
    def needed(self) -> Draft:
        """Return the draft of a step that cannot be without."""
        assert self.draft is not None, self.step
        return self.draft

    @property
    def own(self) -> bool:
        """Say whether the draft is this person's, who alone may change it."""
        return self.person.may_write and self.needed.author.key == self.person.key

    def keep(self, **choices: Any) -> None:
        """Write choices into the draft, beside those that stand there."""
        draft = drafts.find(self.needed.id)
        drafts.change(self.person, draft.id, choices={**draft.choices, **choices})

    def link(self, step: str, **more: str) -> str:
        """Return the address of a step, relative to ours."""
        draft = {"draft": self.draft.id} if self.draft and step in STEPS else {}
        named = {"page": "update", "dataset": self.visit.edition.dataset.name, "step": step, **draft, **more}
        language = {"lang": self.words.language} if self.words.language != "en" else {}
        return f"?{urlencode(named | language)}"


def desk_of(visit: Visit, address: Mapping[str, str]) -> Desk:
    """Return what this run works on; raises UnknownDraft for a draft that is not there, or no longer."""
    draft = drafts.find(address["draft"]) if address.get("draft") else None
    asked = address.get("step", "upload")
    step = asked if asked in (*STEPS, *BESIDE) else "upload"
    if draft is None and step in STEPS:
        step = "upload"
    return Desk(visit, this_person(), step, draft)


def this_person() -> Person:
    """Return who is at the other end of this session; Streamlit names no address for one on this machine."""
    headers = {name.lower(): text for name, text in st.context.headers.items()}
    return visitor(headers, st.context.ip_address or HERE)


def _checked_by(draft: Draft) -> tuple[str, ...]:
    """Return what a check depends on: the files, what is said of them, the repairs; not the ticks."""
    said = {name: draft.choices.get(name) for name in CHECKED}
    return draft.id, str(draft.base), json.dumps(said, sort_keys=True), str(draft.frame)


def go(step: str, **more: str) -> None:
    """Move to a step, as a step in the browser's history; an empty value takes a parameter out."""
    whole = st.query_params.to_dict() | {"page": "update", "step": step} | more
    st.query_params.from_dict({name: text for name, text in whole.items() if text})


def next_button(label: str, step: str, before: Callable[[], None] | None = None, *, disabled: bool = False) -> None:
    """Draw the button that goes on, after what is to be done before."""

    def move() -> None:
        if before is not None:
            before()
        go(step)

    st.button(label, key=f"on-to-{step}", type="primary", on_click=attempt(move), disabled=disabled)


REFUSED = "update-refused"


def attempt(do: Callable[[], None]) -> Callable[[], None]:
    """Return what a button does: `do`, or, where that is refused, a sentence at the head of the page."""

    def tried() -> None:
        try:
            do()
        except MapappError as error:
            st.session_state[REFUSED] = error

    return tried
