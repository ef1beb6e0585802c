import base64
import gzip
import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.periods import days_between
from mapapp.domain.topology import decode
from mapapp.render.page import MapPage, Start, build_page
from mapapp.resources.messages import messages
from support.poison import HOSTILE, TEXT, poisoned

START = Start("2017-09-21")


class Parts(HTMLParser):
    """What a browser sees: tags with attributes, and the raw text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.texts.append((*self.tags[-1], data))

    def block(self, name: str):
        return json.loads(next(text for _, attributes, text in self.texts if attributes.get("id") == f"mapapp-{name}"))

    def code(self, tag: str) -> list[str]:
        return [text for kind, attributes, text in self.texts if kind == tag and not attributes.get("type")]


@pytest.fixture(scope="module")
def page(edition: Edition) -> MapPage:
    return build_page(edition, messages("en"))


@pytest.fixture(scope="module")
def parts(page: MapPage) -> Parts:
    return Parts(page.html(START))


@pytest.fixture(scope="module")
def hostile(edition: Edition) -> Parts:
    return Parts(build_page(poisoned(edition), messages("en"), standalone=True).html(START))


def source_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_script_and_style_is_allowed_by_its_hash_and_nothing_else_is(page, parts):
    rules = {rule.split()[0]: rule.split()[1:] for rule in page.policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    for tag in ("script", "style"):
        assert sorted(set(rules[f"{tag}-src"])) == sorted({source_of(text) for text in parts.code(tag)})


def test_the_page_asks_no_one_for_anything(parts):
    for tag, attributes in parts.tags:
        assert tag not in {"link", "img", "iframe", "object", "base"}
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert all("url(" not in text.replace("url(data:", "") for text in parts.code("style"))


def test_only_the_start_differs_between_two_days(page):
    one = page.html(START)
    other = page.html(Start("2017-10-01", ("control",), parents=("self",)))
    assert Parts(other).block("start") == {
        "day": "2017-10-01",
        "layers": ["control"],
        "lang": "en",
        "parents": ["self"],
        "palette": "default",
        "story": False,
        "newer": None,
        "base": None,
        "bases": [],
        "stop": None,
    }
    cut = re.compile(r'<script type="application/json" id="mapapp-start">.*?</script>')
    assert cut.sub("", one) == cut.sub("", other)


def test_the_page_is_the_same_in_every_rendering(edition, page):
    again = build_page(edition, messages("en"))
    assert (again.before, again.after, again.policy) == (page.before, page.after, page.policy)


def test_a_standalone_page_carries_its_policy_before_anything_else(edition):
    built = build_page(edition, messages("en"), standalone=True)
    tags = Parts(built.html(START)).tags
    policy = next(number for number, (_, attributes) in enumerate(tags) if attributes.get("http-equiv"))
    assert [tag for tag, _ in tags[:policy]] == ["html", "head", "meta"]
    assert unescape(str(tags[policy][1]["content"])) == built.policy


def test_the_page_is_light(page):
    assert len(gzip.compress(page.html(START).encode(), 6)) < 450_000


def test_the_topology_holds_every_period_of_control(edition, parts):
    topology = parts.block("topology")
    assert set(topology["objects"]) == {"control", "estimate", "zone", "side"}
    control = decode(topology, "control")
    assert list(control["valid_from"]) == list(edition.layers["control"]["valid_from"])


def test_statistics_name_every_holder_in_the_order_of_the_legend(edition, parts):
    stats, config = parts.block("stats"), parts.block("config")
    keys = [holder["key"] for holder in config["holders"]]
    number = stats["days"].index(max(day for day in stats["days"] if day <= "2017-09-21"))
    areas = edition.stats.areas_on("2017-09-21")
    assert dict(zip(keys, stats["km2"][number], strict=True)) == {
        key: round(next((km2 for holder, km2 in areas.items() if holder.key == key), 0)) for key in keys
    }


def test_statistics_say_what_rests_on_estimates(edition, parts):
    stats = parts.block("stats")
    number = stats["days"].index(max(day for day in stats["days"] if day <= "2017-09-21"))
    assert sum(stats["estimated"][number]) == pytest.approx(edition.stats.estimated_on("2017-09-21"), rel=0.002)
    for km2, estimated in zip(stats["km2"], stats["estimated"], strict=True):
        assert all(part <= whole for whole, part in zip(km2, estimated, strict=True))


def test_the_closest_posts_are_there_for_every_day(edition, parts):
    contact = parts.block("contact")
    assert contact["from"][0] == 0
    assert contact["from"] == sorted(set(contact["from"]))
    for day in ("2017-05-06", "2017-09-21", "2017-12-31"):
        number = max(n for n, start in enumerate(contact["from"]) if start <= days_between("2017-05-06", day))
        pair = edition.closest_on(day)
        ends = [contact["posts"][contact[end][number]] for end in ("one", "other")]
        assert [end["name"] for end in ends] == [pair.one.name, pair.other.name]
        assert [end["actor"] for end in ends] == [pair.one.actor, pair.other.actor]
        assert contact["km"][number] == pytest.approx(pair.km, abs=0.006)
        assert contact["front"][number] == pytest.approx(edition.contact_km_on(day), abs=0.06)


def test_major_events_come_first_and_say_so(parts):
    majors = [event["major"] for event in parts.block("marks")["events"]]
    assert majors == sorted(majors, reverse=True)
    assert 10 < sum(majors) < len(majors) / 2


def test_hostile_texts_stay_data(hostile):
    assert hostile.block("config")["dataset"]["title"] == TEXT
    assert set(hostile.block("places")["name"]) == {TEXT}
    assert {event["title"] for event in hostile.block("marks")["events"]} == {TEXT}
    assert {zone["properties"]["note"] for zone in hostile.block("topology")["objects"]["zone"]["geometries"]} == {TEXT}


def test_hostile_texts_become_no_markup_and_no_template(hostile):
    assert {tag for tag, _ in hostile.tags} == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "body",
        "noscript",
        "main",
        "h1",
        "div",
    }
    assert all(data not in "".join(hostile.code("script")) for data in HOSTILE)


def test_hostile_texts_meet_the_same_scripts(parts, hostile):
    assert parts.code("script")[0] == hostile.code("script")[0]
    assert parts.code("script")[-1] == hostile.code("script")[-1]
