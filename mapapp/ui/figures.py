"""The figures of the panel: who holds how much, what of it is estimated, how near the camps stand."""

from typing import Any

from mapapp.resources.formats import formats_of
from mapapp.services.distance import Distance, Step
from mapapp.services.show import COUNTRY, Share
from mapapp.services.words import bank_name, day_in_words, kilometres, percent, points, square_km
from mapapp.ui.teller import Teller

LISTED_SHARE = 0.001
"""Holders with less are left out of the tables, unless so much changed; the statistics have them all."""

MOVED = 0.0005
"""A change of a share that its figure, in percent with one decimal, can show."""


def area(teller: Teller, name: str, held: list[Share]) -> dict[str, Any]:
    """Return the table of the country or of a bank."""
    title = teller.words("app.area.country") if name == COUNTRY else bank_name(teller.edition, name, teller.words)
    listed = (share for share in held if max(share.share, abs(share.change or 0.0)) >= LISTED_SHARE)
    return {"name": title, "rows": [_row(teller, share) for share in listed]}


def _row(teller: Teller, share: Share) -> dict[str, Any]:
    words = teller.words
    moved = share.change is not None and abs(share.change) >= MOVED
    return {
        "name": teller.short(share.holder),
        "full": teller.name(share.holder),
        "paint": teller.paint(share.holder),
        "width": round(share.share * 100, 2),
        "percent": formats_of(words.language).percent(share.share, 1),
        "km2": words("app.share_title", km2=square_km(share.km2, words)),
        "moved": moved,
        "change": "" if share.change is None else points(share.change, words),
    }


def estimates(teller: Teller, day: str, held: list[Share]) -> dict[str, Any] | None:
    """Return how much of the country, and of each holder's ground, rests on estimates; None when nothing does."""
    edition, words = teller.edition, teller.words
    parts = edition.estimated_by_holder(day)
    total = sum(parts.values())
    if total / edition.stats.country_km2 < MOVED:
        return None
    rows = [
        {
            "name": teller.short(share.holder),
            "full": teller.name(share.holder),
            "paint": teller.paint(share.holder),
            "km2": words("app.share_title", km2=square_km(parts[share.holder], words)),
            "percent": percent(parts[share.holder] / share.km2, words, decimals=0),
        }
        for share in held
        if share.share >= LISTED_SHARE and parts.get(share.holder)
    ]
    share = percent(total / edition.stats.country_km2, words)
    return {"sum": words("app.estimated", percent=share, km2=square_km(total, words)), "rows": rows}


def distance(teller: Teller, found: Distance | None) -> dict[str, Any] | None:
    """Return the closest posts of the day and the shape of the distance over time."""
    if found is None:
        return None
    words, pair = teller.words, found.pair
    near = kilometres(pair.km, words)
    return {
        "closest": words("app.closest", km=near) if pair.km else words("app.closest_none"),
        "posts": [{"place": post.name, **teller.dot(post.actor)} for post in (pair.one, pair.other)],
        "front": words("app.front", km=kilometres(found.front_km, words)) if found.front_km else words("app.no_front"),
        "shape": _polygon(found),
        "at": round(found.at * 100, 2),
        "level": round(pair.km / found.most * 100, 2) if found.most else 0.0,
        "most": words("app.km", km=kilometres(found.most, words)),
        "first": _day(teller, teller.edition.dataset.first_day),
        "last": _day(teller, teller.edition.dataset.last_day),
        "told": words("app.distance_told", start=_told(teller, found.steps[0]), end=_told(teller, found.steps[-1])),
    }


def _day(teller: Teller, day: str) -> str:
    return day_in_words(day, teller.words)


def _told(teller: Teller, step: Step) -> str:
    return teller.words("app.distance_step", km=kilometres(step.km, teller.words), date=_day(teller, step.day))


def _polygon(found: Distance) -> str:
    """Return the distance over time as a CSS polygon of steps, from the first day to the last."""
    most = found.most or 1.0
    points_, before = [(0.0, 100.0)], None
    for step in found.steps:
        height = 100 - 100 * step.km / most
        points_ += [(step.at * 100, before), (step.at * 100, height)] if before is not None else [(0.0, height)]
        before = height
    points_ += [(100.0, before if before is not None else 100.0), (100.0, 100.0)]
    return "polygon(" + ", ".join(f"{x:.2f}% {y:.2f}%" for x, y in points_) + ")"
