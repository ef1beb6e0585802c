"""Address, map and Python agree, whoever moved last."""

import pytest

from mapapp.resources.messages import messages
from mapapp.services.place import find_place
from mapapp.ui.state import Visit, begin

OPENS = "2017-09-21"


@pytest.fixture
def visit() -> Visit:
    return begin({}, messages())


def write(visit: Visit, address: dict[str, str]) -> dict[str, str]:
    """Return the address after the visit has written what it has to say."""
    return address | visit.unwritten()


def test_a_visit_without_a_word_writes_nothing(visit: Visit) -> None:
    assert visit.day == visit.jump == OPENS
    assert visit.unwritten() == {}


def test_the_map_leads_and_the_address_follows(visit: Visit) -> None:
    visit.hear({"day": "2017-10-01", "n": 1})
    assert visit.day == "2017-10-01"
    assert visit.seq == 0, "the map is there already"
    assert visit.unwritten() == {"date": "2017-10-01"}
    assert visit.unwritten() == {}


def test_what_was_heard_is_not_heard_again(visit: Visit) -> None:
    visit.hear({"day": "2017-10-01", "n": 1})
    visit.go("2017-11-01")
    visit.hear({"day": "2017-10-01", "n": 1})
    assert visit.day == "2017-11-01"


def test_the_map_may_return_to_the_day_before_a_jump(visit: Visit) -> None:
    visit.hear({"day": "2017-10-01", "n": 1})
    visit.go("2017-11-01")
    visit.hear({"day": "2017-10-01", "n": 2})
    assert visit.day == "2017-10-01"


@pytest.mark.parametrize(
    "told", [None, "2017-10-01", {}, {"day": None, "n": 5}, {"day": "2019-01-01", "n": 5}, {"day": "<b>", "n": 5}]
)
def test_what_is_no_day_of_the_map_is_not_believed(visit: Visit, told: object) -> None:
    visit.hear(told)
    assert visit.day == OPENS


def test_back_returns_to_the_day_before(visit: Visit) -> None:
    visit.hear({"day": "2017-10-01", "n": 1})
    write(visit, {})
    visit.arrive({})
    assert (visit.day, visit.seq) == (OPENS, 1)
    assert visit.unwritten() == {}, "writing here would undo the step back"


def test_an_address_already_written_is_not_followed_again(visit: Visit) -> None:
    visit.hear({"day": "2017-10-01", "n": 1})
    visit.arrive(write(visit, {}))
    assert visit.seq == 0


def test_a_jump_to_the_same_day_twice_is_sent_twice(visit: Visit) -> None:
    visit.go("2017-10-01")
    visit.go("2017-10-01")
    assert visit.seq == 2


def test_layers_are_written_and_followed(visit: Visit) -> None:
    visit.choose(("zone", "control"))
    address = write(visit, {})
    assert address == {"layers": "control,zone"}
    visit.arrive({"layers": "place"})
    assert visit.layers == ("place",)
    visit.choose(())
    assert visit.unwritten() == {"layers": ""}


def test_a_wrong_day_stays_in_the_address_until_the_reader_moves() -> None:
    visit = begin({"date": "2019-01-01"}, messages())
    assert visit.day == "2017-12-31"
    assert len(visit.notices) == 1
    assert visit.unwritten() == {}
    visit.hear({"day": "2017-12-30", "n": 1})
    assert visit.notices == ()
    assert visit.unwritten() == {"date": "2017-12-30"}


def test_parameters_of_others_are_left_alone(visit: Visit) -> None:
    visit.arrive({"utm_source": "mail"})
    assert visit.seq == 0


def test_every_session_has_an_id_of_its_own() -> None:
    assert begin({}, messages()).sid != begin({}, messages()).sid


def test_a_place_is_written_flown_to_and_taken_out_again(visit: Visit) -> None:
    visit.visit_place(find_place(visit.edition, "mayadin"))
    assert visit.flights == 1
    address = write(visit, {})
    assert address == {"place": "mayadin"}
    visit.arrive(address)
    assert visit.flights == 1, "written by us, not followed again"
    visit.visit_place(None)
    assert write(visit, address) == {"place": ""}
    visit.arrive({})
    assert (visit.place, visit.flights) == (None, 2)
    visit.arrive(address)
    assert (visit.place and visit.place.id, visit.flights) == ("mayadin", 3)


def test_the_palette_chosen_beside_the_map_gets_into_the_address_and_out_again(visit: Visit) -> None:
    visit.hear({"day": None, "n": 1, "palette": "bright"})
    assert visit.palette == "bright"
    address = write(visit, {})
    assert address == {"palette": "bright"}
    visit.arrive(address)
    visit.paint("default")
    assert visit.unwritten() == {"palette": ""}


def test_a_palette_that_nobody_knows_is_not_heard(visit: Visit) -> None:
    visit.hear({"day": OPENS, "n": 1, "palette": ["neon"]})
    visit.hear({"day": OPENS, "n": 2, "palette": "neon"})
    assert visit.palette == "default"


def test_a_view_waits_for_something_else_to_be_written(visit: Visit) -> None:
    visit.hear({"day": None, "n": 1, "view": "35.1000,40.2000,10"})
    assert str(visit.view) == "35.1000,40.2000,10"
    assert visit.looks == 0, "the map is there already"
    assert visit.unwritten() == {}, "the address has it without a step in the history"
    visit.hear({"day": "2017-10-01", "n": 2, "view": "35.1000,40.2000,10"})
    assert visit.unwritten() == {"date": "2017-10-01", "view": "35.1000,40.2000,10"}
    assert visit.unwritten() == {}


def test_an_address_sends_the_map_to_its_view_and_back(visit: Visit) -> None:
    visit.arrive({"view": "35,40,11"})
    assert (str(visit.view), visit.looks) == ("35.0000,40.0000,11", 1)
    visit.arrive({})
    assert (visit.view, visit.looks) == (None, 2)


@pytest.mark.parametrize("view", [None, 7, "x", "99,99,99"])
def test_what_is_no_view_is_not_believed(visit: Visit, view: object) -> None:
    visit.hear({"day": None, "n": 1, "view": view})
    assert visit.view is None


def test_a_place_to_fly_to_takes_the_view_out_of_the_address() -> None:
    visit = begin({"view": "35,40,11"}, messages())
    visit.visit_place(find_place(visit.edition, "mayadin"))
    assert visit.unwritten() == {"place": "mayadin", "view": ""}
    assert not begin({"view": "35,40,11", "place": "mayadin"}, messages()).flies, "a view and a place: the view leads"


def test_a_place_clicked_on_is_shown_and_not_flown_to(visit: Visit) -> None:
    visit.hear({"day": None, "n": 1, "place": "mayadin"})
    assert (visit.place and visit.place.id, visit.flies) == ("mayadin", False)
    assert visit.unwritten() == {"place": "mayadin"}
    visit.visit_place(None)
    visit.hear({"day": None, "n": 1, "place": "mayadin"})
    assert visit.place is None, "heard before"
    visit.hear({"day": None, "n": 2, "place": "nowhere"})
    assert visit.place is None


def test_the_other_day_may_be_moved_on_the_map_and_takes_its_mode_along(visit: Visit) -> None:
    visit.arrive({"compare": "2017-09-05", "mode": "swipe"})
    assert visit.mode == "swipe"
    visit.hear({"day": None, "n": 1, "compare": "2017-09-01"})
    assert visit.unwritten() == {"compare": "2017-09-01"}
    visit.compare_with(None)
    assert visit.unwritten() == {"compare": "", "mode": ""}
    visit.hear({"day": None, "n": 2, "compare": "2017-09-01"})
    assert visit.compare is None


def stop_told(visit: Visit, number: int, n: float, view: str | None = None) -> dict[str, object]:
    """Return what the map tells when a reader goes to a stop: the stop, its day, no view of the reader's."""
    story = visit.edition.dataset.story
    assert story
    stop = story.stops[number]
    return {"day": stop.day, "n": n, "stop": stop.id} | ({"view": view} if view else {})


def test_a_stop_that_moves_the_map_writes_no_view(visit: Visit) -> None:
    visit.hear(stop_told(visit, 1, 1))
    assert visit.stop
    assert visit.layers == visit.stop.layers
    news = visit.unwritten()
    assert news["story"] == visit.stop.id
    assert "view" not in news
    assert visit.looks == 0, "the map goes there by itself"


def test_the_view_a_reader_chose_at_a_stop_goes_with_the_next_one(visit: Visit) -> None:
    visit.hear(stop_told(visit, 0, 1))
    address = write(visit, {})
    visit.hear(stop_told(visit, 0, 2, view="35.1000,40.2000,10"))
    assert visit.unwritten() == {}, "a view alone makes no step in the history"
    visit.arrive(address | {"view": "35.1000,40.2000,10"})
    visit.hear(stop_told(visit, 1, 3))
    assert visit.view is None
    assert visit.unwritten()["view"] == "", "else a link would lead away from its stop"


def test_an_address_with_a_stop_lets_the_stop_lead_the_map(visit: Visit) -> None:
    story = visit.edition.dataset.story
    assert story
    visit.hear({"day": None, "n": 1, "view": "35.1000,40.2000,10"})
    visit.arrive({"story": story.stops[2].id})
    assert (visit.stop, visit.view, visit.looks) == (story.stops[2], None, 0)
    assert "view" not in visit.unwritten()


def test_leaving_the_story_returns_to_the_layers_before(visit: Visit) -> None:
    visit.choose(("control", "place"))
    visit.hear(stop_told(visit, 0, 1))
    visit.hear(stop_told(visit, 1, 2))
    visit.hear({"day": None, "n": 3, "stop": None})
    assert (visit.stop, visit.layers) == (None, ("control", "place"))


def test_a_stop_that_nobody_knows_is_none(visit: Visit) -> None:
    visit.hear({"day": OPENS, "n": 1, "stop": "<b>"})
    assert visit.stop is None
    assert visit.unwritten() == {}
