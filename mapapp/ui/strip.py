"""The history of one place as HTML: a coloured bar over the dataset's days, and a list that says the same."""

from typing import Any

from mapapp.domain.evidence import Evidence
from mapapp.domain.periods import days_between
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.place import Place, PlaceHistory, Tenure, history
from mapapp.services.words import day_in_words
from mapapp.ui.state import Visit
from mapapp.ui.teller import Teller


def strip(visit: Visit, place: Place) -> str:
    """Return who held a place when, with the visit's day marked, each change with source and confidence."""
    teller, told = Teller(visit.edition, visit.words, visit.palette), history(visit.edition, place.id, visit.day)
    words, dataset = visit.words, visit.edition.dataset
    name = place.named(words.language)
    first, last = (day_in_words(day, words) for day in (dataset.first_day, dataset.last_day))
    view = {
        "title": words("search.strip", name=name),
        "name": name,
        "others": [other for other in (place.name, place.name_ar, place.name_ru) if other and other != name],
        "kind": kind_name(visit, place),
        "today": words("search.today", date=day_in_words(told.day, words), holder=teller.name(told.current.holder)),
        "evidence": _evidence(visit, told),
        "newest": _newest(visit, told),
        "told": words("search.strip_told", name=name, first=first, last=last),
        "parts": [_part(teller, tenure, current=at == told.now) for at, tenure in enumerate(told.tenures)],
        "at": _share(teller, told.day, middle=True),
        "first": first,
        "last": last,
    }
    return fill("place", view=view, t=words)


def kind_name(visit: Visit, place: Place) -> str:
    """Return what a place is, in words."""
    return visit.words.under("search").get(f"kind.{place.kind}", place.kind)


def _evidence(visit: Visit, told: PlaceHistory) -> str:
    """Say how old the newest evidence is on the day, or how much later the first is."""
    words, known = visit.words, told.known_on
    first = told.current.evidence[0].day
    date = day_in_words(known or first, words)
    if known is None:
        later = days_between(told.day, first)
        return words.count("search.evidence_later", later, date=date, days=later)
    age = days_between(known, told.day)
    near = {0: "search.evidence_same", 1: "search.evidence_day"}.get(age)
    return words(near) if near else words.count("search.evidence", age, date=date, days=age)


def _newest(visit: Visit, told: PlaceHistory) -> str:
    """Name the source of the newest evidence known on the day; nothing where there is none."""
    if told.newest is None:
        return ""
    words, piece = visit.words, told.newest
    return words("view.evidence_source", source=piece.source, sure=words(f"app.confidence.{piece.confidence}"))


def _part(teller: Teller, tenure: Tenure, *, current: bool) -> dict[str, Any]:
    words, dataset = teller.words, teller.edition.dataset
    from_start = tenure.start <= dataset.first_day
    since = words("search.since_start" if from_start else "search.since", date=day_in_words(tenure.start, words))
    sure = words(f"app.confidence.{tenure.confidence}")
    held = words("search.sure", holder=teller.name(tenure.holder), sure=sure)
    left = _share(teller, tenure.start)
    right = _share(teller, tenure.end) if tenure.end else 100.0
    return {
        "since": since,
        "held": held,
        "title": f"{since}: {held}",
        "paint": teller.paint(tenure.holder),
        "left": left,
        "width": round(right - left, 2),
        "sure": tenure.confidence,
        "source": words("app.source", source=tenure.source),
        "evidence": [_piece(words, piece) for piece in tenure.evidence] if len(tenure.evidence) > 1 else [],
        "current": current,
    }


def _piece(words: Messages, piece: Evidence) -> str:
    sure = words(f"app.confidence.{piece.confidence}")
    return words("view.piece", date=day_in_words(piece.day, words), sure=sure, source=piece.source)


def _share(teller: Teller, day: str, *, middle: bool = False) -> float:
    """Return where a day begins, or its middle, in percent of the dataset's span, whose last day is included."""
    dataset = teller.edition.dataset
    days = days_between(dataset.first_day, dataset.last_day) + 1
    at = days_between(dataset.first_day, day) + (0.5 if middle else 0.0)
    return round(100 * min(1.0, max(0.0, at / days)), 2)
