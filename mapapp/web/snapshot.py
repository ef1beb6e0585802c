"""The press picture of a day, `/snapshot.png`, `.svg` and `.pdf`, with every option as a parameter.

Drawn in a thread of the pool, so that the loop of events goes on; limited in how many wait and in each client's pace.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.render.press.options import FORMATS, MEDIA_TYPES
from mapapp.render.press.order import KNOWN
from mapapp.services.deliver import Body
from mapapp.services.picture import file_name, order_picture, order_tag, picture
from mapapp.services.turns import Pace
from mapapp.settings import ORIGIN, settings
from mapapp.web.answers import PINNED, REVALIDATE, answer, has_already
from mapapp.web.parameters import Query

OPTIONS = tuple(sorted(KNOWN - {"format"}))
PARAMETERS = ("dataset", "version", "download", *OPTIONS)
POLICIES = {
    "svg": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'",
}
"""What a picture opened on its own needs beyond nothing at all."""

pace = Pace()


def snapshot(request: Request) -> Response:
    """Answer with the picture; a repeated order with 304, for its tag is known without drawing."""
    kind, query = request.url.path.rpartition(".")[2], Query(request, PARAMETERS)
    edition = query.edition(query.get("dataset"))
    asked = {name: text for name in OPTIONS if (text := query.get(name))}
    options = order_picture(edition, asked | {"format": kind})
    site = public_address(request)
    named = _named(query, file_name(edition, options)) | _policy(kind)
    cache = PINNED if query.get("version") else REVALIDATE
    unread = Body(b"", known_as=order_tag(edition, kind, asked, site))
    if has_already(request, unread.tag):
        return answer(request, unread, MEDIA_TYPES[kind], cache, named)
    pace.count(request.client.host if request.client else "", settings().limits["SNAPSHOTS_A_MINUTE"])
    drawn = picture(edition, options, site)
    return answer(request, Body(drawn.content, known_as=unread.known_as), drawn.media_type, cache, named)


def public_address(request: Request) -> str:
    """Return the address to print into pictures: the setting's, else the request's own if it is a plain one."""
    if settings().public_url:
        return settings().public_url
    own = str(request.base_url).rstrip("/")
    return own if ORIGIN.fullmatch(own) else ""


def _named(query: Query, name: str) -> dict[str, str]:
    """Return the header that names the file, as one to save where `download` says so."""
    how = "attachment" if query.get("download") in {"1", "true", "yes", "on"} else "inline"
    return {"Content-Disposition": f'{how}; filename="{name}"'}


def _policy(kind: str) -> dict[str, str]:
    return {"Content-Security-Policy": POLICIES[kind]} if kind in POLICIES else {}


ROUTES = [Route(f"/snapshot.{kind}", snapshot) for kind in FORMATS]
