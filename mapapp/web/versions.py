"""The history of a dataset: all versions, one of them, and a feed to follow them by."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.services import catalog, versions
from mapapp.services.deliver import Body
from mapapp.web.answers import REVALIDATE, answer, as_json
from mapapp.web.parameters import Query

JSON = "application/json"
FEED = "application/atom+xml"


def all_versions(request: Request) -> Response:
    """List the versions, newest first, withdrawn ones too: when, why, by whom as far as readers may know, how much."""
    Query(request, ())
    name = request.path_params["name"]
    told = [versions.tell(version) for version in versions.history(name)]
    return answer(request, as_json({"dataset": name, "versions": told}), JSON, REVALIDATE)


def one_version(request: Request) -> Response:
    """Tell of a version; that it is withdrawn, when and why, if so."""
    Query(request, ())
    version = versions.find_version(request.path_params["name"], request.path_params["version"])
    return answer(request, as_json(versions.tell(version)), JSON, REVALIDATE)


def feed(request: Request) -> Response:
    """Give the newest versions as Atom."""
    query = Query(request, ("lang",))
    name = request.path_params["name"]
    listed = versions.history(name, versions.NEWEST)
    words = query.words()
    title = catalog.title_of(name, words.language)
    body = versions.atom(listed, title, str(request.base_url), words)
    return answer(request, Body(body), FEED, REVALIDATE)


ROUTES = [
    Route("/api/datasets/{name}/versions", all_versions),
    Route("/api/datasets/{name}/versions.atom", feed),
    Route("/api/datasets/{name}/versions/{version}", one_version),
]
