"""The figures beside the map as HTML: what the map shows, what changed, who holds how much."""

from dataclasses import dataclass
from typing import Any

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.render.look import Look, look_of
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.memory import Memory
from mapapp.services.show import COUNTRY, Changes, Handover, Happening, Share, changes_on, sentence, shares
from mapapp.services.words import bank_name, holder_name, percent, points, square_km

LISTED = 12
"""Places named on a day; beyond it they are counted."""

LISTED_SHARE = 0.005
"""Holders with less are left out of the tables unless their share changed; the statistics have them all."""

_looks: Memory[Look] = Memory(entries=4)


@dataclass(frozen=True)
class Teller:
    """Says things about one edition in one language."""

    edition: Edition
    words: Messages

    @property
    def look(self) -> Look:
        """Return the colours of the edition's holders, the same as on the map."""
        key = self.edition.dataset.name, self.edition.version
        return _looks.get(key, lambda: look_of(self.edition))

    def name(self, holder: Holder) -> str:
        """Return a holder in words."""
        return holder_name(self.edition.dataset, holder, self.words)

    def paint(self, holder: Holder) -> str:
        """Return a CSS background: the colour on the map, or stripes where several hold or contest."""
        style = self.look.style(holder)
        first, last = style.colours[0], style.colours[-1]
        if first == last:
            return first
        return f"repeating-linear-gradient({-45 * style.lean}deg, {first} 0 3px, {last} 3px 6px)"


def panel(edition: Edition, day: str, words: Messages) -> str:
    """Return the panel of a day."""
    teller = Teller(edition, words)
    changes = changes_on(edition, day)
    view = {
        "sentence": sentence(edition, day, words),
        "changed": words("app.changed_km2", km2=square_km(changes.km2, words)) if changes.km2 else "",
        "changes": [_happening(teller, item) for item in changes.happenings]
        + [_handover(teller, item) for item in _named(changes)],
        "more": _more(changes, words),
        "areas": [_area(teller, name, held) for name, held in shares(edition, day).items()],
        "estimated": _estimated(edition, day, words),
    }
    return fill("panel", view=view, t=words)


def _named(changes: Changes) -> list[Handover]:
    """Return the places to name: the well sourced, as many as fit."""
    return [item for item in changes.handovers if item.confidence != "estimated"][:LISTED]


def _more(changes: Changes, words: Messages) -> list[str]:
    """Count the places that are not named."""
    estimated = sum(item.confidence == "estimated" for item in changes.handovers)
    rest = len(changes.handovers) - estimated - len(_named(changes))
    counts = {"app.more": rest, "app.more_estimated": estimated}
    return [words(key, count=count) for key, count in counts.items() if count]


def _happening(teller: Teller, item: Happening) -> dict[str, Any]:
    title = teller.words(f"app.{item.kind}", title=item.title) if item.kind.startswith("zone-") else item.title
    return {"title": title, "detail": "", **_sourced(teller, item.source, item.source_url)}


def _handover(teller: Teller, item: Handover) -> dict[str, Any]:
    passed = teller.words("app.before_after", before=teller.name(item.before), after=teller.name(item.after))
    sure = teller.words(f"app.confidence.{item.confidence}")
    return {"title": item.name, "detail": f"{passed} ({sure})", **_sourced(teller, item.source, item.source_url)}


def _sourced(teller: Teller, source: str, url: str) -> dict[str, str]:
    told = teller.words("app.source", source=source) if source else ""
    return {"source": told, "url": url if url.startswith(("https://", "http://")) else ""}


def _area(teller: Teller, name: str, held: list[Share]) -> dict[str, Any]:
    title = teller.words("app.area.country") if name == COUNTRY else bank_name(teller.edition, name, teller.words)
    return {
        "name": title,
        "rows": [_row(teller, share) for share in held if share.share >= LISTED_SHARE or _moved(share)],
    }


def _row(teller: Teller, share: Share) -> dict[str, Any]:
    words = teller.words
    return {
        "name": teller.name(share.holder),
        "paint": teller.paint(share.holder),
        "width": round(share.share * 100, 2),
        "percent": percent(share.share, words),
        "km2": words("app.share_title", km2=square_km(share.km2, words)),
        "moved": _moved(share),
        "change": "" if share.change is None else points(share.change, words),
    }


def _moved(share: Share) -> bool:
    """Say whether a share changed by what its figure can show."""
    return share.change is not None and abs(share.change) >= 0.0005


def _estimated(edition: Edition, day: str, words: Messages) -> str:
    part = edition.stats.estimated_on(day) / edition.stats.country_km2
    return words("app.estimated", percent=percent(part, words)) if part >= 0.0005 else ""
