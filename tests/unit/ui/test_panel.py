"""The panel says what the services say, and whatever a name contains stays text."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services import show
from mapapp.ui import panel as panel_module
from mapapp.ui.links import links
from mapapp.ui.panel import panel
from mapapp.ui.state import begin

DAY = "2017-09-21"
HOSTILE = [
    *("{{7*7}}", "{% if", "{% endraw %}{{7*7}}", "</script><script>x()</script>", "<img src=x onerror=x()>"),
    *(
        "![x](http://evil.test/p.png)",
        ":material/delete:",
        "$\\href{http://evil.test}{x}$",
        "\u2028",
        "[a](javascript:x)",
    ),
]


class Reader(HTMLParser):
    """Collects what a browser would see: tags, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_says_shares_and_changes(edition: Edition) -> None:
    text = Reader(panel(edition, DAY, messages())).text
    assert show.sentence(edition, DAY, messages()) in text
    assert "Tabiyeh gas field" in text
    assert "Islamic State → Syrian Democratic Forces (confirmed)" in text
    assert "Source: SouthFront" in text


def test_what_changed_comes_first_then_the_banks_then_the_country(edition: Edition) -> None:
    text = Reader(panel(edition, DAY, messages())).text
    parts = [
        "What changed",
        "How near",
        "East bank of the Euphrates, ",
        "West bank of the Euphrates, ",
        "The whole country",
        "How sure",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_says_how_near_the_camps_stand(edition: Edition) -> None:
    text = Reader(panel(edition, DAY, messages())).text
    assert "Closest: 3.7 km" in text
    assert "Khusham" in text
    assert "39 km" in text


def test_posts_at_one_place_are_no_number(edition: Edition) -> None:
    days = [pair.day for pair in edition.closest.values() if pair.km == 0]
    for day in days[:1]:
        assert "at one and the same place" in Reader(panel(edition, day, messages())).text


def test_events_have_kind_and_actors_and_far_ones_say_so(edition: Edition) -> None:
    assert "statement" in Reader(panel(edition, DAY, messages())).text
    far = edition.layers["event"].query("not plotted")["day"].iloc[0]
    assert "not on the map" in Reader(panel(edition, far, messages())).text


def test_estimates_are_told_by_holder(edition: Edition) -> None:
    text = " ".join(Reader(panel(edition, DAY, messages())).text.split())
    sure = text[text.index("How sure") :]
    assert "rests on estimates" in sure
    assert "Islamic State" in sure
    assert "%" in sure


def test_a_dataset_without_camps_is_silent_about_them(edition: Edition) -> None:
    single = replace(edition, dataset=replace(edition.dataset, camps=()))
    vars(single)["stats"] = edition.stats
    assert "How near" not in Reader(panel(single, DAY, messages())).text


def test_every_day_can_be_told(edition: Edition) -> None:
    for day in ["2017-05-06", *edition.change_days]:
        assert "None" not in Reader(panel(edition, day, messages())).text


def test_a_day_without_changes_says_so(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_module, "changes_on", lambda _edition, _day: show.Changes((), (), 0.0))
    assert "No place changed hands" in Reader(panel(edition, DAY, messages())).text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(edition: Edition, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    told = show.changes_on(edition, DAY)
    handover = replace(told.handovers[0], name=name, source=name, source_url=name)
    happening = show.Happening(name, "battle", (name,), name, f"javascript:{name}")
    hostile = show.Changes((handover,), (happening,), 1.0)
    monkeypatch.setattr(panel_module, "changes_on", lambda _edition, _day: hostile)
    actors = tuple(replace(actor, name=name) for actor in edition.dataset.actors)
    renamed = replace(edition, dataset=replace(edition.dataset, actors=actors))
    for figure in ("stats", "closest", "contact_km"):  # spares measuring the same again
        vars(renamed)[figure] = getattr(edition, figure)
    reader = Reader(panel(renamed, DAY, messages()))
    assert name in reader.text
    assert not {"script", "img", "a"} & set(reader.tags)
    assert {attribute for attribute, _value in reader.attributes} <= {
        "class",
        "style",
        "title",
        "scope",
        "role",
        "aria-label",
    }


def test_sources_with_an_address_are_linked(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    happening = show.Happening("title", "battle", (), "Reuters", "https://example.org/a?b=1&c=2")
    monkeypatch.setattr(panel_module, "changes_on", lambda _edition, _day: show.Changes((), (happening,), 0.0))
    reader = Reader(panel(edition, DAY, messages()))
    assert ("href", "https://example.org/a?b=1&c=2") in reader.attributes
    assert ("rel", "noopener noreferrer") in reader.attributes


def test_links_name_day_and_version(edition: Edition) -> None:
    hrefs = [value or "" for name, value in Reader(links(begin({}, messages()))).attributes if name == "href"]
    assert len(hrefs) == 5
    assert all(edition.version in href and not href.startswith(("/", "http")) for href in hrefs)
    assert any(f"date={DAY}" in href for href in hrefs)
