"""Where a reader goes from here: this very map, and its data."""

from urllib.parse import quote, urlencode

from mapapp.render.look import PALETTES
from mapapp.resources.pages import fill
from mapapp.services.catalog import DRAWN, newer_than
from mapapp.ui.state import Visit


def links(visit: Visit) -> str:
    """Return the links that belong to the day and the version on show, as HTML; all are relative to the page."""
    words, dataset, version = visit.words, visit.edition.dataset, visit.edition.version
    base = f"api/datasets/{quote(dataset.name)}"
    pinned = urlencode({"version": version})
    spoken = urlencode({"lang": words.language})
    offered = {
        "app.permanent": _permanent(visit),
        "app.data": f"{base}/layers/control.geojson?{urlencode({'date': visit.day})}&{pinned}",
        "app.stats": f"{base}/stats.json?{pinned}",
        "app.topology": f"{base}/versions/{version}/topology.json",
        "app.method": f"method?{urlencode({'day': visit.day})}&{pinned}&{spoken}",
    }
    credit = words("app.credit", credit=dataset.credited(words.language), licence=dataset.licence, version=version)
    shown = [{"href": href, "text": words(key)} for key, href in offered.items()]
    return fill("links", links=shown, credit=credit)


def newer_link(visit: Visit) -> str:
    """Return, as HTML, that a newer version than the one on show exists, and the way there; an empty line if not."""
    if newer_than(visit.edition) is None:
        return fill("newer", link=None, words=visit.words)
    named = {"dataset": visit.edition.dataset.name, "date": visit.day}
    return fill("newer", link=f"?{urlencode(named | _chosen(visit))}", words=visit.words)


def _permanent(visit: Visit) -> str:
    named = {"dataset": visit.edition.dataset.name, "version": visit.edition.version, "date": visit.day}
    return "?" + urlencode(named | _chosen(visit), safe=",")


def _chosen(visit: Visit) -> dict[str, str]:
    chosen = {"layers": ",".join(visit.layers)} if visit.layers != DRAWN else {}
    others = {"compare": visit.compare, "mode": visit.mode, "place": visit.place and visit.place.id, "view": visit.view}
    painted = {"palette": visit.palette} if visit.palette != PALETTES[0] else {}
    laid = {"base": visit.base} if visit.base else {}
    told = {"story": visit.stop.id} if visit.stop else {}
    given = {name: str(value) for name, value in others.items() if value}
    return chosen | given | painted | laid | told | {"lang": visit.words.language}
