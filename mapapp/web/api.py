"""The public API: what datasets there are, their slices, statistics and topology. Every route only reads."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mapapp.domain.edition import Edition
from mapapp.domain.errors import MapappError
from mapapp.resources.messages import messages
from mapapp.services import catalog, compare, deliver, series
from mapapp.web.answers import FOR_EVER, PINNED, REVALIDATE, answer, as_json
from mapapp.web.parameters import Query, words_for

JSON = "application/json"
GEOJSON = "application/geo+json"


def healthz(_request: Request) -> Response:
    """Say that the process lives."""
    return PlainTextResponse("ok")


def readyz(_request: Request) -> Response:
    """Say whether the data can be served: 200 with the versions, or 503."""
    try:
        versions = [f"{name} {version}" for name, version in catalog.check_heads().items()]
    except MapappError:
        return PlainTextResponse(messages()("web.not_ready"), 503)
    return PlainTextResponse("\n".join(["ok", *versions]))


def datasets(request: Request) -> Response:
    """List the datasets with their span and newest version."""
    Query(request, ())
    return answer(request, as_json([catalog.summarise(*named) for named in catalog.listed()]), JSON, REVALIDATE)


def dataset(request: Request) -> Response:
    """Describe a dataset: layers, actors, days of change."""
    query = Query(request, ("version",))
    edition = query.edition(request.path_params["name"])
    return answer(request, as_json(catalog.describe(edition)), JSON, _cache(query))


def layer(request: Request) -> Response:
    """Give the slice of a layer on a day, the dataset's own day when none is named."""
    query = Query(request, ("date", "version"))
    edition = query.edition(request.path_params["name"])
    name = catalog.check_layer(edition, request.path_params["layer"])
    day = query.day(edition, "date", edition.dataset.default_day)
    return answer(request, deliver.layer_geojson(edition, name, day), GEOJSON, _cache(query))


def stats(request: Request) -> Response:
    """Give the areas by holder between two days, the whole span when none is named."""
    query, edition, first, last = _span(request)
    return answer(request, deliver.stats_json(edition, first, last), JSON, _cache(query))


def closest(request: Request) -> Response:
    """Give the closest posts of the two camps and the length of their front, over the same days as `stats`."""
    query, edition, first, last = _span(request)
    return answer(request, deliver.closest_json(edition, first, last), JSON, _cache(query))


def series_csv(request: Request) -> Response:
    """Give the figures of every day between two days as a spreadsheet."""
    query, edition, first, last = _span(request)
    named = {"Content-Disposition": f'attachment; filename="{series.series_name(edition, first, last)}"'}
    body = series.series_csv(edition, first, last, query.words())
    return answer(request, body, "text/csv", _cache(query), named)


def compare_json(request: Request) -> Response:
    """Give what changed hands between two days, by winner and loser, and what each holder gained and lost."""
    query, edition, first, last = _span(request)
    return answer(request, compare.compare_json(edition, first, last), JSON, _cache(query))


def compare_geojson(request: Request) -> Response:
    """Give the ground that changed hands between two days, one feature for each winner and loser."""
    query, edition, first, last = _span(request)
    return answer(request, compare.compare_geojson(edition, first, last), GEOJSON, _cache(query))


def _span(request: Request) -> tuple[Query, Edition, str, str]:
    """Read the dataset and two days of it, the whole span when none is named."""
    query = Query(request, ("from", "to", "version"))
    edition = query.edition(request.path_params["name"])
    first = query.day(edition, "from", edition.dataset.first_day)
    return query, edition, first, query.day(edition, "to", edition.dataset.last_day)


def topology(request: Request) -> Response:
    """Give the whole history of the area layers of one version."""
    Query(request, ())
    edition = catalog.open_edition(request.path_params["name"], request.path_params["version"])
    if newer := catalog.newer_than(edition):
        request.state.newer = f"../{newer}/topology.json"
    return answer(request, deliver.topology_json(edition), JSON, FOR_EVER)


def nothing(request: Request) -> Response:
    """Answer any other address under /api."""
    raise HTTPException(404, words_for(request)("web.no_such_address"))


def _cache(query: Query) -> str:
    return PINNED if query.get("version") else REVALIDATE


ROUTES = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/api/datasets", datasets),
    Route("/api/datasets/{name}", dataset),
    Route("/api/datasets/{name}/layers/{layer}.geojson", layer),
    Route("/api/datasets/{name}/stats.json", stats),
    Route("/api/datasets/{name}/closest.json", closest),
    Route("/api/datasets/{name}/series.csv", series_csv),
    Route("/api/datasets/{name}/compare.json", compare_json),
    Route("/api/datasets/{name}/compare.geojson", compare_geojson),
    Route("/api/datasets/{name}/versions/{version}/topology.json", topology),
    Route("/api/{rest:path}", nothing),
]
