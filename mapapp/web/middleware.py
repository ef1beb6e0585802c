"""What every answer carries and what no request gets through, in plain ASGI around everything Streamlit serves too."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapapp.resources.messages import messages
from mapapp.services.frame import discovery
from mapapp.services.rights import visitor
from mapapp.web.parameters import LONGEST_QUERY

UPLOADS = "/_stcore/upload_file"
INSIDE_ONLY = ("/_stcore/metrics", "/_stcore/agent")
DATA = ("/api/", "/snapshot.", "/export.html", "/healthz", "/readyz", "/oembed")
LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PERMISSIONS = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), fullscreen=*, clipboard-write=*"
)


def app_policy(script_hashes: tuple[str, ...], frame_ancestors: tuple[str, ...]) -> str:
    """Return the strictest policy under which Streamlit's own pages work; hashes are of their inline scripts."""
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *(f"'{digest}'" for digest in script_hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {' '.join(frame_ancestors)}"
    )


class HeaderRules:
    """Which security headers belong to which path."""

    def __init__(self, policy: str, frame_ancestors: tuple[str, ...]) -> None:
        frames = {"'none'": "DENY", "'self'": "SAMEORIGIN"}.get(" ".join(frame_ancestors))
        self._embed = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": PERMISSIONS,
        }
        self._data = self._embed | {"Content-Security-Policy": API_POLICY, "X-Frame-Options": "DENY"}
        self._pages = (
            self._embed | {"Content-Security-Policy": policy} | ({"X-Frame-Options": frames} if frames else {})
        )

    def of(self, path: str) -> Mapping[str, str]:
        """Return the headers of a path; the embedded map names its own policy with its answer."""
        if path == "/embed":
            return self._embed
        return self._data if path.startswith(DATA) else self._pages


class SecurityHeaders:
    """Give every HTTP answer its security headers; a header that the answer already has stays."""

    def __init__(self, app: ASGIApp, *, rules: HeaderRules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the beginning of the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._rules.of(scope["path"]).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, add)


class Discovery:
    """Name in the head of the application's own page, which Streamlit gives, where oEmbed tells of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the header to the page at the root of the site."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        asked = Request(scope)
        link = discovery(str(asked.url), str(asked.base_url))

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
                MutableHeaders(scope=message).append("Link", link)
            await send(message)

        await self._app(scope, receive, add)


class Gate:
    """Refuse what nobody may ask: foreign hosts, uploads, the server's inner figures, endless addresses."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: tuple[str, ...] = ()) -> None:
        self._app = app
        self._allowed_hosts = allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request at once, pass any other on."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        path, words = scope["path"], messages()
        if len(scope["query_string"]) > LONGEST_QUERY:
            return _refuse(414, words("web.long_query"), path)
        if not self._knows_host(Headers(scope=scope).get("host", "")):
            return _refuse(400, words("web.unknown_host"), path)
        if path.startswith(UPLOADS) and scope["method"] not in {"OPTIONS", "GET", "HEAD"} and not _may_edit(scope):
            return _refuse(403, words("web.no_uploads"), path)
        if path.startswith(INSIDE_ONLY) and not _is_from_here(scope):
            return _refuse(404, words("web.no_such_address"), path)
        return None

    def _knows_host(self, host: str) -> bool:
        if not self._allowed_hosts:
            return True
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        wildcards = [pattern[1:] for pattern in self._allowed_hosts if pattern.startswith("*.")]
        return name in self._allowed_hosts or "*" in self._allowed_hosts or name.endswith(tuple(wildcards))


def _may_edit(scope: Scope) -> bool:
    headers = {name.lower(): text for name, text in Headers(scope=scope).items()}
    return visitor(headers, (scope.get("client") or ("",))[0]).may_write


def _is_from_here(scope: Scope) -> bool:
    """Say whether the request was made on this machine, and not handed on by a proxy."""
    host = (scope.get("client") or ("",))[0]
    headers = Headers(scope=scope)
    return host in LOOPBACK and not any(name in headers for name in FORWARDED)


def _refuse(status: int, sentence: str, path: str) -> Response:
    if not path.startswith(("/api/", "/snapshot.")):
        return PlainTextResponse(sentence, status)
    error = {"error": {"parameter": "", "message": sentence}}
    headers = {"Access-Control-Allow-Origin": "*"}
    return Response(json.dumps(error, ensure_ascii=False), status, headers, "application/json")
