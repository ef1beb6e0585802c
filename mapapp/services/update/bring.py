"""What somebody says beside the files of an import, and the version that comes of both."""

from dataclasses import dataclass, replace

from mapapp.domain.actors import Actor
from mapapp.domain.errors import BadOption
from mapapp.domain.updates import Frame, Meaning, Proposal
from mapapp.ingest.check import Examination
from mapapp.ingest.prepare import Purpose
from mapapp.services import catalog
from mapapp.services.check import purpose_for
from mapapp.services.stock import stock
from mapapp.services.update.propose import propose, propose_new, proposed_meaning, span_of, whole_time

GREY = ("#B9B9B9", "#5A5A5A")
"""Fill and line of an actor of whom only the key is known."""


@dataclass(frozen=True)
class Asked:
    """The options of an import; empty: found out from the files. `title` is for a dataset that is not there yet."""

    dataset: str
    title: str = ""
    layer: str | None = None
    actor: str | None = None
    mode: str = ""
    first: str = ""
    last: str = ""
    sources: str = ""

    @property
    def is_new(self) -> bool:
        """Say whether there is no dataset of this name."""
        return self.dataset not in catalog.heads() and bool(self.title)


def purpose_of(asked: Asked) -> Purpose:
    """Return what the files are checked for; raises UnknownDataset, BadOption for an actor that nobody knows."""
    if asked.is_new:
        return Purpose(whole_time(frame_of(asked)), layer=asked.layer, actor=asked.actor, source=asked.sources or None)
    edition = catalog.open_edition(asked.dataset)
    known = [actor.key for actor in edition.dataset.actors]
    if asked.actor is not None and asked.actor not in known:
        raise BadOption("actor", value=asked.actor[:40], option="--actor", expected=", ".join(known))
    return purpose_for(edition, layer=asked.layer, actor=asked.actor, source=asked.sources or None)


def frame_of(asked: Asked) -> Frame:
    """Return the frame of a new dataset: the actors of the first dataset, and the one that the files are of."""
    actors = catalog.open_edition().dataset.actors
    if asked.actor is not None and asked.actor not in {actor.key for actor in actors}:
        name = asked.actor.replace("-", " ").replace("_", " ").title()
        actors += (Actor(asked.actor, name, name, name, *GREY, may_hold=True),)
    return Frame(asked.dataset, asked.title, actors, credit=asked.sources)


def make(asked: Asked, found: Examination) -> Proposal:
    """Return the version that checked files would make; raises what `propose` and `propose_new` raise."""
    if asked.is_new:
        frame = frame_of(asked)
        days = span_of(found.layers["control"], found) if "control" in found.layers else ("", "")
        return propose_new(replace(frame, first_day=days[0], last_day=days[1]), found.layers)
    base = catalog.open_edition(asked.dataset)
    meaning = proposed_meaning(base, found)
    if asked.mode:
        meaning = Meaning.of({**meaning.plain(), "mode": asked.mode})
    meaning = replace(meaning, first=asked.first or meaning.first, last=asked.last or meaning.last)
    documents = stock().store.documents(base.dataset.name, base.version)
    return propose(base, documents, meaning, found.layers, found.changes)
