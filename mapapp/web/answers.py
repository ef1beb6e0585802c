"""Turn bytes and errors into responses."""

import json
import logging
import secrets
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from mapapp.domain.errors import (
    BadTable,
    BadTopology,
    HeadMoved,
    KeyUsed,
    MapappError,
    NothingChanged,
    StoreDamaged,
    StoreNewer,
    StoreUnavailable,
    TooBusy,
    UnknownDataset,
    UnknownLayer,
    UnknownPlace,
    UnknownStop,
    UnknownVersion,
    VersionWithdrawn,
)
from mapapp.domain.picture_faults import Faults, PicturesWaiting, TooManyPictures
from mapapp.domain.update_errors import NotAllowed, UnknownDraft
from mapapp.resources.messages import Messages, messages
from mapapp.services.deliver import Body
from mapapp.web.parameters import words_for

MISSING = (UnknownDataset, UnknownLayer, UnknownPlace, UnknownStop, UnknownVersion, UnknownDraft)
BUSY = (PicturesWaiting, TooBusy, TooManyPictures)
OURS = (BadTable, BadTopology, StoreDamaged, StoreNewer)
STATUSES: tuple[tuple[type[MapappError] | tuple[type[MapappError], ...], int], ...] = (
    (MISSING, 404),
    (OURS, 500),
    (VersionWithdrawn, 410),
    (NotAllowed, 403),
    ((HeadMoved, KeyUsed, NothingChanged), 409),
    ((StoreUnavailable, PicturesWaiting, TooBusy), 503),
    (TooManyPictures, 429),
)
REVALIDATE = "public, no-cache"
PINNED = "public, max-age=86400"
FOR_EVER = "public, max-age=31536000, immutable"
PACKED = {"image/png", "application/pdf"}
"""What grows no smaller by compression."""
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Link"}

log = logging.getLogger(__name__)


def answer(
    request: Request, body: Body, media_type: str, cache: str, headers: dict[str, str] | None = None
) -> Response:
    """Answer with a body: compressed as the client likes it, or 304 when the client has it already."""
    common = CORS | {"ETag": body.tag, "Cache-Control": cache, "Vary": "Accept-Encoding"} | (headers or {})
    if newer := getattr(request.state, "newer", None):
        common["Link"] = f'<{newer}>; rel="latest-version"'
    if has_already(request, body.tag):
        return Response(status_code=304, headers=common)
    content, encoding = (body.plain, "") if media_type in PACKED else _encoded(request, body)
    if encoding:
        common["Content-Encoding"] = encoding
    return Response(content, media_type=media_type, headers=common)


def has_already(request: Request, tag: str) -> bool:
    """Say whether the client names this entity tag as one whose content it keeps."""
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def _encoded(request: Request, body: Body) -> tuple[bytes, str]:
    if body.packed:
        return body.plain, ""
    offered = {part.strip().partition(";")[0] for part in request.headers.get("accept-encoding", "").lower().split(",")}
    if len(body.plain) > 1000 and "br" in offered:
        return body.brotli, "br"
    if len(body.plain) > 1000 and "gzip" in offered:
        return body.gzip, "gzip"
    return body.plain, ""


def status_of(error: MapappError) -> int:
    """Return the status of a condition: 400 unless it is missing, withdrawn, in conflict, or a fault of ours."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def refuse(error: MapappError, words: Messages | None = None) -> Response:
    """Answer a wrong value with the parameter and one sentence, as JSON; faults of ours only with an incident."""
    if isinstance(error, OURS):
        return broken(error, words)
    words = words or messages()
    if isinstance(error, StoreUnavailable):
        log.error("%s", error)  # the log has the address and the reason, which are not for readers
        return _error(503, "", words("web.not_ready"), {"Retry-After": "5"})
    after = {"Retry-After": str(error.values["seconds"])} if isinstance(error, BUSY) else {}
    told = words.error(error)
    faults = error.faults if isinstance(error, Faults) else ()
    each = [{"parameter": fault.parameter, "message": words.error(fault)} for fault in faults]
    return _error(status_of(error), error.parameter, told, after, each)


def broken(error: Exception, words: Messages | None = None) -> Response:
    """Log an unexpected error and answer with the number under which the log has it."""
    number = secrets.token_hex(4)
    log.error("incident %s", number, exc_info=error)
    return _error(500, "", (words or messages())("web.incident", number=number))


def on_map_error(request: Request, error: Exception) -> Response:
    """Answer for Starlette: a condition that we know."""
    words = words_for(request)
    return refuse(error, words) if isinstance(error, MapappError) else broken(error, words)


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer for Starlette: no such address, wrong method; as JSON under /api, else as plain text."""
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return _error(error.status_code, "", str(error.detail), dict(error.headers or {}))
    return PlainTextResponse(str(error.detail), error.status_code, headers=error.headers)


def _error(
    status: int,
    parameter: str,
    message: str,
    headers: dict[str, str] | None = None,
    faults: Sequence[dict[str, str]] = (),
) -> Response:
    """Answer with an error; of several at once `parameter` is the first’s, `faults` has each."""
    content = {"error": {"parameter": parameter, "message": message} | ({"faults": [*faults]} if faults else {})}
    return JSONResponse(content, status, headers=CORS | {"Cache-Control": "no-store"} | (headers or {}))


def as_json(value: object) -> Body:
    """Return a value as the body of a JSON answer."""
    return Body(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
