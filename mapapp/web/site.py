"""The routes and the handlers of errors, together, as the application takes them."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mapapp.domain.errors import MapappError
from mapapp.web import (
    api,
    assets,
    contract,
    differences,
    downloads,
    drafts,
    embed,
    method,
    oembed,
    places,
    snapshot,
    versions,
)
from mapapp.web.answers import broken, on_http_error, on_map_error
from mapapp.web.middleware import HeaderRules

ROUTES = [
    *places.ROUTES,
    *versions.ROUTES,
    *differences.ROUTES,
    *oembed.ROUTES,
    *snapshot.ROUTES,
    *downloads.ROUTES,
    *drafts.ROUTES,
    *api.ROUTES,
    *embed.ROUTES,
    *method.ROUTES,
    *contract.ROUTES,
    *assets.ROUTES,
]


def exception_handlers(rules: HeaderRules) -> Mapping[Any, Callable[[Request, Exception], Response]]:
    """Return the handlers by kind of error.

    Starlette answers an unexpected error outside of all middleware, so that answer gets its headers here.
    """

    def unexpected(request: Request, error: Exception) -> Response:
        response = broken(error)
        for name, value in rules.of(request.url.path).items():
            response.headers.setdefault(name, value)
        return response

    return {MapappError: on_map_error, HTTPException: on_http_error, Exception: unexpected}
