"""Every answer carries its headers, and some requests get no further."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mapapp.services import rights
from mapapp.settings import read_settings
from mapapp.web.middleware import Discovery, Gate, HeaderRules, SecurityHeaders, app_policy
from support.asgi import Client


def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


def make_client(
    frame_ancestors: tuple[str, ...] = ("'none'",), hosts: tuple[str, ...] = (), host: str = "127.0.0.1"
) -> Client:
    rules = HeaderRules(app_policy(("sha256-abc=",), frame_ancestors), frame_ancestors)
    site = Starlette(
        routes=[Route("/{rest:path}", hello, methods=["GET", "PUT", "POST", "DELETE"])],
        middleware=[Middleware(SecurityHeaders, rules=rules), Middleware(Gate, allowed_hosts=hosts)],
    )
    return Client(site, host)


@pytest.mark.parametrize("path", ["/", "/static/x.js", "/_stcore/health", "/api/x", "/embed", "/healthz"])
def test_every_answer_has_the_common_headers(path: str) -> None:
    headers = make_client().get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "fullscreen=*" in headers["permissions-policy"]


def test_pages_have_the_strict_policy() -> None:
    headers = make_client().get("/").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-abc=';")
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("ancestors", "option"), [(("'self'",), "SAMEORIGIN"), (("'self'", "https://a.example"), None), (("*",), None)]
)
def test_frames_may_be_allowed(ancestors: tuple[str, ...], option: str | None) -> None:
    headers = make_client(ancestors).get("/").headers
    assert f"frame-ancestors {' '.join(ancestors)}" in headers["content-security-policy"]
    assert headers.get("x-frame-options") == option


def test_data_may_do_nothing_and_embed_names_its_own_policy() -> None:
    client = make_client()
    assert client.get("/api/x").headers["content-security-policy"].startswith("default-src 'none'")
    assert "content-security-policy" not in client.get("/embed").headers


UPLOAD = "/_stcore/upload_file/session/file"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("served_on", "client", "headers"),
    [
        ("0.0.0.0", "127.0.0.1", {}),
        ("map.example.org", "127.0.0.1", {}),
        ("127.0.0.1", "203.0.113.9", {}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", "127.0.0.1", {"Host": "evil.example"}),
    ],
)
def test_only_who_sits_here_uploads(
    method: str, served_on: str, client: str, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "settings", lambda: read_settings({"MAPAPP_HOST": served_on}))
    answer = make_client(host=client).request(method, UPLOAD, content=b"x", headers={"Host": "127.0.0.1", **headers})
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501"])
def test_who_sits_here_uploads(host: str) -> None:
    assert make_client().request("PUT", UPLOAD, content=b"x", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 404),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.9"}, 404),
    ],
)
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_inner_figures_stay_on_this_machine(path: str, host: str, headers: dict[str, str], status: int) -> None:
    assert make_client(host=host).get(path, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/", "/embed", "/api/datasets"])
def test_endless_addresses_are_refused(path: str) -> None:
    answer = make_client().get(f"{path}?date={'9' * 60_000}")
    assert answer.status_code == 414
    assert len(answer.content) < 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("map.example.org", 200),
        ("MAP.example.org:8501", 200),
        ("map.example.org.", 200),
        ("a.example.net", 200),
        ("example.net", 400),
        ("evil.example", 400),
        ("map.example.org.evil.example", 400),
        ("[", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_answered(host: str, status: int) -> None:
    client = make_client(hosts=("map.example.org", "*.example.net"))
    assert client.get("/", headers={"Host": host}).status_code == status


def test_refusals_under_api_are_json() -> None:
    answer = make_client(hosts=("map.example.org",)).get("/api/datasets")
    assert answer.json()["error"]["message"]


def test_only_the_application_s_own_page_names_its_oembed_address() -> None:
    client = Client(Starlette(routes=[Route("/{rest:path}", hello)], middleware=[Middleware(Discovery)]), "127.0.0.1")
    link = client.get("/?date=2017-09-05&lang=ar").headers["link"]
    assert link.endswith('; rel="alternate"; type="application/json+oembed"')
    assert "%3Fdate%3D2017-09-05%26lang%3Dar" in link
    assert "link" not in client.get("/static/x.js").headers
