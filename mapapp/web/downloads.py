"""Files to keep: the interactive map as one page, the data in the formats of other programs."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.services import data_order, export_html
from mapapp.services.data_export import export_data
from mapapp.services.deliver import Body
from mapapp.services.export_html import File
from mapapp.web.answers import PINNED, REVALIDATE, answer
from mapapp.web.parameters import Query
from mapapp.web.snapshot import public_address


def html(request: Request) -> Response:
    """Give the interactive map as a file that opens from a disk."""
    query = Query(request, ("dataset", "version", "lang", *export_html.ASKED))
    edition, words = query.edition(query.get("dataset")), query.words()
    asked = {name: query.get(name) or "" for name in export_html.ASKED if query.has(name)}
    made = export_html.export_html(edition, export_html.order_html(edition, asked, words))
    return _attached(request, query, made)


def data(request: Request) -> Response:
    """Give the data of a day, a span or the whole history in the format of another program."""
    query, kind = Query(request, (*data_order.ASKED, "version", "lang")), request.path_params["format"]
    edition, words = query.edition(request.path_params["name"]), query.words()
    asked = {name: query.get(name) or "" for name in data_order.ASKED if query.has(name)}
    order = data_order.read_order(edition, kind, asked)
    return _attached(request, query, export_data(edition, order, public_address(request), words.language))


def _attached(request: Request, query: Query, file: File) -> Response:
    """Answer with a file that browsers save instead of showing it."""
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    body = Body(file.content, packed=file.media_type == "application/zip")
    return answer(request, body, file.media_type, PINNED if query.get("version") else REVALIDATE, named)


ROUTES = [
    Route("/export.html", html),
    Route("/api/datasets/{name}/export.{format}", data),
]
