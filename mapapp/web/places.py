"""The places of a dataset: found by name, and who held one of them when. Every route only reads."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.domain.evidence import Evidence
from mapapp.services.place import MOST_HITS, Place, PlaceHistory, Tenure, history, search
from mapapp.web.answers import PINNED, REVALIDATE, answer, as_json
from mapapp.web.parameters import Query

JSON = "application/json"
DEFAULT_LIMIT = 10


def places(request: Request) -> Response:
    """List the places whose name is spelt like `q`, best first, `limit` of them at most."""
    query = Query(request, ("q", "limit", "version"))
    edition = query.edition(request.path_params["name"])
    text = (query.get("q") or "").strip()
    if not text:
        raise BadOption("q", value="", option="q", expected=Phrase("name", "write a name to look for"))
    hits = search(edition, text, _limit(query))
    told = [{**_place(hit.place, query), "match": hit.match} for hit in hits]
    return answer(request, as_json({**_of(edition), "q": text, "places": told}), JSON, _cache(query))


def place(request: Request) -> Response:
    """Tell who held a place when, and what was known of it on `date`, the dataset's own day unless named."""
    query = Query(request, ("date", "version"))
    edition = query.edition(request.path_params["name"])
    day = query.day(edition, "date", edition.dataset.default_day)
    told = _history(history(edition, request.path_params["id"], day), query)
    return answer(request, as_json({**_of(edition), **told}), JSON, _cache(query))


def _limit(query: Query) -> int:
    text = query.get("limit")
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise BadOption(
            "limit",
            value=text[:20],
            option="limit",
            expected=Phrase("number_to", "it is a number from 1 to {most}", most=MOST_HITS),
        )
    return int(text)


def _of(edition: Edition) -> dict[str, str]:
    return {"dataset": edition.dataset.name, "version": edition.version}


def _place(found: Place, query: Query) -> dict[str, Any]:
    return {
        "id": found.id,
        "label": found.named(query.words().language),
        "name": found.name,
        "name_ar": found.name_ar or None,
        "name_ru": found.name_ru or None,
        "kind": found.kind,
        "size": found.size,
        "lon": found.lon,
        "lat": found.lat,
    }


def _history(told: PlaceHistory, query: Query) -> dict[str, Any]:
    return {
        **_place(told.place, query),
        "periods": [_period(tenure) for tenure in told.tenures],
        "on": {
            "day": told.day,
            "period": told.now,
            "known_on": told.known_on,
            "evidence": _evidence(told.newest) if told.newest else None,
        },
    }


def _period(tenure: Tenure) -> dict[str, Any]:
    return {
        "from": tenure.start,
        "to": tenure.end,
        "actor": tenure.holder.actor,
        "status": tenure.holder.status,
        "parties": list(tenure.holder.parties),
        "source": tenure.source,
        "confidence": tenure.confidence,
        "last_evidence": tenure.last_evidence,
        "evidence": [_evidence(piece) for piece in tenure.evidence],
    }


def _evidence(piece: Evidence) -> dict[str, str]:
    return {"day": piece.day, "source": piece.source, "confidence": piece.confidence}


def _cache(query: Query) -> str:
    return PINNED if query.get("version") else REVALIDATE


ROUTES = [
    Route("/api/datasets/{name}/places", places),
    Route("/api/datasets/{name}/places/{id}", place),
]
