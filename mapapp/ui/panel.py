"""The panel beside the map as HTML: what the map shows, what changed, how near the camps are, who holds how much."""

from typing import Any

from mapapp.domain.edition import Edition
from mapapp.render.look import PALETTES
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.distance import distance_on
from mapapp.services.show import COUNTRY, Changes, Handover, Happening, changes_on, sentence, shares
from mapapp.services.words import square_km
from mapapp.ui.figures import area, distance, estimates
from mapapp.ui.teller import Teller

LISTED = 12
"""Places named on a day; beyond it they are counted."""


def panel(edition: Edition, day: str, words: Messages, palette: str = PALETTES[0]) -> str:
    """Return the panel of a day: the banks before the country, which is seldom why one looks."""
    edition = edition.speaking(words.language)
    teller = Teller(edition, words, palette)
    changes, held = changes_on(edition, day), shares(edition, day)
    order = [*(name for name in held if name != COUNTRY), COUNTRY]
    view = {
        "sentence": sentence(edition, day, words),
        "changed": words("app.changed_km2", km2=square_km(changes.km2, words)) if changes.km2 else "",
        "events": [_happening(teller, item) for item in changes.happenings],
        "handovers": [_handover(teller, item) for item in _named(changes)],
        "more": _more(changes, words),
        "distance": distance(teller, distance_on(edition, day)),
        "areas": [area(teller, name, held[name]) for name in order],
        "estimates": estimates(teller, day, held[COUNTRY]),
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
    return [words.count(key, count, count=count) for key, count in counts.items() if count]


def _happening(teller: Teller, item: Happening) -> dict[str, Any]:
    words, zone = teller.words, item.kind.startswith("zone-")
    kind = "" if zone else words.under("page").get(f"kind_{item.kind}", item.kind)
    return {
        "title": words(f"app.{item.kind}", title=item.title) if zone else item.title,
        "major": item.major,
        "kind": kind if item.plotted else words("app.not_plotted", kind=kind),
        "actors": [teller.dot(key) for key in item.actors],
        **_sourced(teller, item.source, item.source_url),
    }


def _handover(teller: Teller, item: Handover) -> dict[str, Any]:
    passed = teller.words("app.before_after", before=teller.short(item.before), after=teller.short(item.after))
    sure = teller.words(f"app.confidence.{item.confidence}")
    return {
        "title": item.name,
        "paint": teller.paint(item.after),
        "detail": f"{passed} ({sure})",
        **_sourced(teller, item.source, item.source_url),
    }


def _sourced(teller: Teller, source: str, url: str) -> dict[str, str]:
    told = teller.words("app.source", source=source) if source else ""
    return {"source": told, "url": url if url.startswith(("https://", "http://")) else ""}
