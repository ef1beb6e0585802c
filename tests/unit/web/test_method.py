"""The method page says how the map is made, with the slice that the reader looked at; nothing hostile comes through."""

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest

from mapapp import settings as settings_module
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadTable
from mapapp.resources.messages import messages
from mapapp.services import catalog
from mapapp.services.method import About, check_place, corrections, document, report_link
from support.asgi import Client

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</p><script>1</script>",
    "{{7*7}}",
    '"><b>',
    "\r\nSet-Cookie: a=1",
    "\u202e2017",
)


@pytest.fixture
def report_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Settings that can be changed for one test."""
    settings_module.settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings_module.settings.cache_clear()


def report_of(answer: httpx.Response) -> str:
    (href,) = re.findall('class="action" href="([^"]*)"', answer.text)
    return html.unescape(href)


def policy(answer: httpx.Response) -> dict[str, str]:
    parts = [part.split() for part in answer.headers["content-security-policy"].split(";")]
    return {name: " ".join(values) for name, *values in parts}


@pytest.mark.parametrize("path", ["/method", "/licences"])
def test_is_a_page_without_script_under_a_strict_policy(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    rules = policy(answer)
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == "'none'"
    assert "script-src" not in rules
    assert not re.search(r"<script|\son\w+=|\sstyle=", answer.text)
    (style,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert rules["style-src"] == f"'sha256-{digest}'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_has_every_part(client: Client) -> None:
    text = client.get("/method").text
    for part in ("words mean", "good it is", "weak", "licences", "Corrections", "cite", "report an error"):
        assert re.search(f"<h2[^>]*>[^<]*{part}", text), part
    assert "<!--" not in text
    assert "&lt;!--" not in text


@pytest.mark.parametrize("path", ["/method", "/licences"])
def test_every_link_leads_somewhere(client: Client, path: str) -> None:
    text = client.get(path).text
    ids = re.findall('id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for href in re.findall('href="([^"]+)"', text):
        if href.startswith("#"):
            assert href[1:] in ids
        elif not href.startswith(("./", "https://")):
            assert client.get(f"/{href}").status_code == 200, href


def test_shows_every_correction_with_its_slices(client: Client) -> None:
    text = html.unescape(client.get("/method").text)
    assert len(corrections()) >= 7
    for row in corrections():
        assert row.what in text
        assert f"date={row.first}" in text
        assert f"date={row.last}" in text


def test_corrections_lie_within_the_map(edition: Edition) -> None:
    for row in corrections():
        assert edition.dataset.first_day <= row.first <= row.last <= edition.dataset.last_day, row
        assert row.why
        assert row.source
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row.changed)


def test_cites_the_edition_and_the_day(client: Client, edition: Edition) -> None:
    text = html.unescape(client.get("/method?day=2017-09-21").text)
    assert f"edition {edition.version}, slice of 21 September 2017" in text
    assert f'href="./?dataset={edition.dataset.name}&version={edition.version}&date=2017-09-21"' in text


def test_says_that_nobody_takes_reports(client: Client, report_to: pytest.MonkeyPatch) -> None:
    report_to.delenv("MAPAPP_REPORT_TO", raising=False)
    answer = client.get("/method")
    assert "MAPAPP_REPORT_TO" in answer.text
    assert 'class="action"' not in answer.text


def test_mail_is_filled_in(client: Client, edition: Edition, report_to: pytest.MonkeyPatch) -> None:
    report_to.setenv("MAPAPP_REPORT_TO", "map+desk@example.org")
    about = {"day": "2017-09-21", "version": edition.version, "place": "Al-Suwar"}
    link = urlsplit(report_of(client.get("/method", params=about)))
    fields = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "map%2Bdesk@example.org")
    assert fields["subject"] == ["Deir ez-Zor 2017: Al-Suwar: 2017-09-21"]
    for part in ("2017-09-21", edition.version, "Al-Suwar", "What is right"):
        assert part in fields["body"][0]


@pytest.mark.parametrize("address", ["https://example.org/new", "https://example.org/new?labels=data"])
def test_form_is_filled_in(client: Client, address: str, report_to: pytest.MonkeyPatch) -> None:
    report_to.setenv("MAPAPP_REPORT_TO", address)
    link = report_of(client.get("/method?day=2017-09-21"))
    assert link.startswith(address)
    fields = parse_qs(urlsplit(link).query)
    assert fields["title"] == ["Deir ez-Zor 2017: 2017-09-21"]
    assert "Day: 2017-09-21" in fields["body"][0]


def test_a_place_is_known_by_its_id_too(client: Client, edition: Edition, report_to: pytest.MonkeyPatch) -> None:
    report_to.setenv("MAPAPP_REPORT_TO", "desk@example.org")
    place = edition.layers["place"].iloc[5]
    assert place["name"] in parse_qs(urlsplit(report_of(client.get(f"/method?place={place['id']}"))).query)["body"][0]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["day", "place", "version", "dataset"])
def test_nothing_hostile_comes_through(client: Client, name: str, value: str, report_to: pytest.MonkeyPatch) -> None:
    report_to.setenv("MAPAPP_REPORT_TO", "desk@example.org")
    answer = client.get("/method", params={name: value})
    assert answer.status_code == 200
    assert 'class="notice"' in answer.text
    if re.search('[<>"]', value):
        assert value not in answer.text
    assert "set-cookie" not in answer.headers
    assert value.strip() not in "".join(map(str, parse_qs(urlsplit(report_of(answer)).query).values()))
    assert "script-src" not in policy(answer)


@pytest.mark.parametrize(
    "query", ["day=2018-06-01", "day=", "day=2017-09-21&day=2017-09-22", "place=Atlantis", "version=0", "utm_source=x"]
)
def test_wrong_values_leave_the_page_readable(client: Client, query: str) -> None:
    answer = client.get(f"/method?{query}")
    assert answer.status_code == 200
    assert ('class="notice" role="status"' in answer.text) == (query not in {"day=", "utm_source=x"})


def test_faults_of_ours_are_not_told_as_the_readers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> dict[str, str]:
        raise BadTable("layers", table="somewhere", reason="secret")

    monkeypatch.setattr(catalog, "heads", broken)
    answer = client.get("/method")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_is_not_sent_twice(client: Client) -> None:
    first = client.get("/method")
    assert client.get("/method", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.head("/method").status_code == 200


def test_documents_have_one_title() -> None:
    for name in ("README.md", "LICENCES.md"):
        assert [heading.level for heading in document(name).headings].count(1) == 1


def test_a_place_is_known_by_each_of_its_names(edition: Edition) -> None:
    assert {check_place(edition, name) for name in ("Mayadin", "الميادين", "Эль-Маядин", "mayadin")} == {"Mayadin"}


def test_says_in_the_readers_language_that_the_text_is_english(client: Client) -> None:
    for code, direction in (("ar", "rtl"), ("ru", "ltr")):
        page = client.get(f"/method?lang={code}").text
        assert f'dir="{direction}"' in page
        assert messages(code)("method.english") in page
        assert '<h1 lang="en" dir="ltr">' in page
    assert messages("en")("method.english") not in client.get("/method?lang=en").text


def test_a_report_is_titled_in_the_readers_language(edition: Edition) -> None:
    link = report_link("desk@example.org", About(edition), messages("ar"))
    assert unquote(link).startswith(f"mailto:desk@example.org?subject={edition.dataset.title_ar}")
