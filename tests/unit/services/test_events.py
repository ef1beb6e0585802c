"""The events of an edition as a list, and what is left of it by actor, kind and day."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.periods import shift_day
from mapapp.resources.messages import messages
from mapapp.services.events import Event, choose_events, events_of

DAY = "2017-09-21"


def event(day: str = DAY, kind: str = "clash", actors: tuple[str, ...] = ("isis", "government")) -> Event:
    return Event(f"{day}-{kind}", day, "Title", kind, actors, "", "", 40.1, 35.3, major=False, plotted=True)


def test_every_event_is_listed_by_day_the_major_ones_of_a_day_first(edition: Edition) -> None:
    events = events_of(edition, messages())
    assert {each.id for each in events} == set(edition.layers["event"]["id"])
    order = [(each.day, not each.major) for each in events]
    assert order == sorted(order)
    assert {each.major for each in events} == {True, False}


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_events_are_titled_in_the_language_asked_for(edition: Edition, language: str) -> None:
    rows = edition.layers["event"].set_index("id")
    for each in events_of(edition, messages(language)):
        told = rows.loc[each.id].get(f"name_{language}")
        assert each.title == (told or rows.loc[each.id, "title"])


def test_no_condition_leaves_the_list_as_it_is() -> None:
    events = [event("2017-10-01"), event("2017-09-01")]
    assert choose_events(events) == events


def test_an_event_is_found_by_each_who_took_part_and_by_no_other() -> None:
    events = [event(), event(actors=("sdf",)), event(actors=())]
    assert choose_events(events, actor="government") == choose_events(events, actor="isis") == events[:1]
    assert choose_events(events, actor="coalition") == []


def test_actor_kind_and_days_hold_together() -> None:
    wanted = event(kind="raid")
    events = [event(), wanted, event(kind="raid", actors=("sdf",)), event("2017-06-01", "raid")]
    assert choose_events(events, "isis", "raid", DAY) == [wanted]


@pytest.mark.parametrize(("days", "near"), [(-31, False), (-30, True), (0, True), (30, True), (31, False)])
def test_the_days_around_are_inclusive(days: int, near: bool) -> None:
    assert bool(choose_events([event(shift_day(DAY, days))], around=DAY)) is near


def test_a_filter_of_the_edition_keeps_all_of_its_kind_and_actor(edition: Edition) -> None:
    events = events_of(edition, messages())
    for actor in {key for each in events for key in each.actors}:
        kept = choose_events(events, actor=actor)
        assert kept == [each for each in events if actor in each.actors]
        assert kept
