"""Two versions of a dataset beside each other: figures, features, and the ground that differs."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.domain.edition import Edition
from mapapp.domain.errors import UnknownVersion
from mapapp.services import catalog, versions
from mapapp.services.update import difference
from mapapp.web.answers import PINNED, REVALIDATE, answer
from mapapp.web.parameters import Query

JSON, GEOJSON = "application/json", "application/geo+json"


def as_json(request: Request) -> Response:
    """Give the days that differ, km² by pair and holder on one of them, and the features of each layer."""
    query, before, after, day = _asked(request)
    return answer(request, difference.difference_json(before, after, day), JSON, _cache(query))


def as_geojson(request: Request) -> Response:
    """Give the ground that differs on a day, one feature for each winner and loser."""
    query, before, after, day = _asked(request)
    return answer(request, difference.difference_geojson(before, after, day), GEOJSON, _cache(query))


def _asked(request: Request) -> tuple[Query, Edition, Edition, str]:
    """Read two versions, the newest and the one it was based on unless named, and a day, the first that differs."""
    query, name = Query(request, ("from", "to", "date")), request.path_params["name"]
    after = catalog.open_edition(name, query.get("to"))
    earlier = query.get("from") or versions.find_version(after.dataset.name, after.version).parent
    if earlier is None:
        raise UnknownVersion("from", name="", known=after.version)
    before = catalog.open_edition(name, earlier)
    return query, before, after, difference.check_day(before, after, query.get("date"))


def _cache(query: Query) -> str:
    return PINNED if query.get("from") and query.get("to") else REVALIDATE


ROUTES = [
    Route("/api/datasets/{name}/diff", as_json),
    Route("/api/datasets/{name}/diff.geojson", as_geojson),
]
