"""The site without Streamlit: its routes, middleware and error handlers, in memory."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mapapp.web.middleware import Gate, HeaderRules, SecurityHeaders, app_policy
from mapapp.web.site import ROUTES, exception_handlers
from support.asgi import Client


@pytest.fixture(scope="package")
def site() -> Starlette:
    """The application as mapapp.app puts it together, but for Streamlit's pages."""
    rules = HeaderRules(app_policy((), ("'none'",)), ("'none'",))
    return Starlette(
        routes=ROUTES,
        middleware=[Middleware(SecurityHeaders, rules=rules), Middleware(Gate)],
        exception_handlers=exception_handlers(rules),
    )


@pytest.fixture(scope="package")
def client(site: Starlette) -> Client:
    """A client of the site."""
    return Client(site)
