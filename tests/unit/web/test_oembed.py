"""What others need to put the map into their pages: oEmbed, the picture, the figures as a file."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services.frame import Framed, frame_code
from support.asgi import Client

SITE = "http://127.0.0.1"
BASE = "/api/datasets/deir-ez-zor-2017"
SHORT = "?date=2017-09-05&layers=control,zone"


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_an_address_of_ours_has_a_frame_that_opens(client: Client, path: str) -> None:
    told = client.get("/oembed", params={"url": f"{SITE}{path}{SHORT}", "format": "json"})
    assert told.headers["content-type"] == "application/json"
    answer = told.json()
    assert (answer["version"], answer["type"], answer["width"], answer["height"]) == ("1.0", "rich", 960, 640)
    source = unescape(re.findall('<iframe src="([^"]*)"', answer["html"])[0])
    assert source.startswith(f"{SITE}/embed?")
    assert "date=2017-09-05" in source
    assert client.get(source.removeprefix(SITE)).status_code == 200


def test_the_frame_keeps_within_what_is_asked(client: Client) -> None:
    asked = {"url": f"{SITE}/", "maxwidth": "400", "maxheight": "99999"}
    answer = client.get("/oembed", params=asked).json()
    assert (answer["width"], answer["height"]) == (400, 640)
    assert 'width="400" height="640"' in answer["html"]


@pytest.mark.parametrize(
    "url",
    [
        *("", "nonsense", "https://evil.test/embed", "http://127.0.0.1.evil.test/", "http://evil.test@127.0.0.1/"),
        *("javascript://127.0.0.1/", "http://[", "//127.0.0.1/", f"{SITE}/method", f"{SITE}/?date=2019-01-01"),
        *(f"{SITE}/?date=nonsense", f"{SITE}/?dataset=nowhere", f"{SITE}/?version=0", f"{SITE}/?layers=x"),
    ],
)
def test_any_other_address_is_not_found(client: Client, url: str) -> None:
    assert client.get("/oembed", params={"url": url}).status_code == 404


def test_no_other_format_than_json(client: Client) -> None:
    assert client.get("/oembed", params={"url": f"{SITE}/", "format": "xml"}).status_code == 501


@pytest.mark.parametrize("value", ["0", "-1", "wide", "1e3", "٤٠٠", "9" * 30])
def test_a_limit_that_is_no_number_is_refused(client: Client, value: str) -> None:
    assert client.get("/oembed", params={"url": f"{SITE}/", "maxwidth": value}).status_code == 400


def test_the_code_holds_no_markup_of_the_data(edition: Edition) -> None:
    code = frame_code(Framed(edition, "2017-09-05"), 'http://x"><script>', messages())
    assert "<script>" not in code
    assert code.count("<iframe ") == code.count("<img ") == 1


def test_the_picture_where_scripts_are_off(client: Client, edition: Edition) -> None:
    code = unescape(frame_code(Framed(edition, "2017-09-05", pinned=True), SITE, messages()))
    source = re.findall('<img src="([^"]*)"', code)[0]
    parts = urlsplit(source)
    answer = client.get(f"{parts.path}?{parts.query}")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"{BASE}/picture.png?date=2019-01-01").status_code == 400
    assert client.get(f"{BASE}/picture.png?palette=neon").status_code == 400


def test_frame_and_picture_keep_the_palette_of_the_address(client: Client) -> None:
    answer = client.get("/oembed", params={"url": f"{SITE}/{SHORT}&palette=bright"}).json()
    sources = [unescape(source) for source in re.findall('(?:src|href)="([^"]*)"', answer["html"])]
    assert len(sources) == 3
    assert all("palette=bright" in source for source in sources)
    painted, plain = (client.get(f"{BASE}/picture.png{query}").content for query in ("?palette=bright", ""))
    assert painted.startswith(b"\x89PNG")
    assert painted != plain
    assert client.get("/oembed", params={"url": f"{SITE}/{SHORT}&palette=neon"}).status_code == 404


def test_figures_as_a_file(client: Client, edition: Edition) -> None:
    answer = client.get(f"{BASE}/series.csv?from=2017-09-05&to=2017-09-06")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    name = f"deir-ez-zor-2017_2017-09-05_2017-09-06_{edition.version}.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.content.startswith(b"\xef\xbb\xbfday,")
    assert client.get(f"{BASE}/series.csv?from=2017-09-06&to=2017-09-05").status_code == 400


def test_the_embedded_page_names_its_oembed_address(client: Client) -> None:
    link = client.get(f"/embed{SHORT}").headers["link"]
    address = re.findall('^<([^>]*)>; rel="alternate"; type="application/json\\+oembed"$', link)[0]
    answer = client.get(address.removeprefix(SITE))
    assert answer.status_code == 200
    assert "date=2017-09-05" in unescape(answer.json()["html"])


def test_the_frame_keeps_story_language_view_and_mode_of_the_address(client: Client) -> None:
    asked = "?date=2017-09-05&lang=ar&compare=2017-07-12&mode=side&view=35.1000,40.2000,9.25&story=2"
    html = client.get("/oembed", params={"url": f"{SITE}/{asked}"}).json()["html"]
    (source,) = re.findall('<iframe src="([^"]*)"', html)
    kept = parse_qs(urlsplit(unescape(source)).query)
    assert (kept["lang"], kept["mode"], kept["view"]) == (["ar"], ["side"], ["35.1000,40.2000,9.25"])
    assert kept["story"] not in ([], ["2"]), "by id: numbers change when stops are added"
    assert client.get(unescape(source).removeprefix(SITE)).status_code == 200
    assert client.get("/oembed", params={"url": f"{SITE}/?story=nowhere"}).status_code == 404


def test_a_stop_of_the_story_without_a_date_is_framed_on_its_own_day(client: Client, edition: Edition) -> None:
    assert edition.dataset.story is not None
    stop = edition.dataset.story.stops[2]
    html = client.get("/oembed", params={"url": f"{SITE}/embed?story={stop.id}"}).json()["html"]
    assert f"date={stop.day}" in unescape(html)


def test_the_head_of_the_embedded_page_lets_others_link_to_it(client: Client) -> None:
    text = client.get("/embed?date=2017-09-05&lang=ru&palette=bright&story=%22%3E%3Cb%3E").text
    assert "og:image" not in text, "no page, no picture"
    head = client.get("/embed?date=2017-09-05&lang=ru&palette=bright&utm_source=x").text.partition("</head>")[0]
    (canonical,) = re.findall('<link rel="canonical" href="([^"]*)">', head)
    assert parse_qs(urlsplit(unescape(canonical)).query).keys() == {"dataset", "date", "lang", "palette"}
    assert client.get(unescape(canonical).removeprefix(SITE)).status_code == 200
    (told,) = re.findall('<link rel="alternate" type="application/json\\+oembed" href="([^"]*)"', head)
    assert "date=2017-09-05" in unescape(client.get(unescape(told).removeprefix(SITE)).json()["html"])
    tags = dict(re.findall('<meta (?:property|name)="([^"]*)" content="([^"]*)">', head))
    assert "сентября 2017" in tags["og:title"]
    assert (tags["og:locale"], tags["twitter:card"]) == ("ru_RU", "summary_large_image")
    picture = client.get(unescape(tags["og:image"]).removeprefix(SITE))
    assert picture.headers["content-type"] == "image/png"


def test_the_frame_in_the_application_has_no_head_for_others(client: Client) -> None:
    assert "og:image" not in client.get("/embed?frame=app").text
