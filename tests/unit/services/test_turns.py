"""Who may draw: a queue with an end, a pace for each client."""

import pytest

from mapapp.domain.picture_faults import PicturesWaiting, TooManyPictures
from mapapp.services.turns import MOST_CLIENTS, Pace, Queue


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_draws_and_so_many_wait() -> None:
    queue = Queue()
    with queue.place(1), queue.place(1), pytest.raises(PicturesWaiting), queue.place(1):
        pass
    with queue.place(1):
        pass


def test_a_place_is_given_back_after_a_failure() -> None:
    queue = Queue()
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), queue.place(1):
            raise ZeroDivisionError
    with queue.place(1):
        pass


def test_a_minute_has_room_for_so_many_of_each_client() -> None:
    clock = Clock()
    pace = Pace(clock)
    for clock.now in (0.0, 10.0, 20.0):
        pace.count("192.0.2.1", 3)
    clock.now = 30.0
    with pytest.raises(TooManyPictures) as refused:
        pace.count("192.0.2.1", 3)
    assert refused.value.values["seconds"] == 30
    pace.count("192.0.2.2", 3)
    clock.now = 60.0
    pace.count("192.0.2.1", 3)
    with pytest.raises(TooManyPictures):
        pace.count("192.0.2.1", 3)


def test_a_household_counts_as_one_client() -> None:
    pace = Pace(Clock())
    pace.count("2001:db8::1", 1)
    with pytest.raises(TooManyPictures):
        pace.count("2001:db8::2", 1)
    pace.count("2001:db8:0:1::1", 1)


def test_no_more_clients_are_remembered_than_there_is_room_for() -> None:
    pace = Pace(Clock())
    for number in range(MOST_CLIENTS + 5):
        pace.count(f"client {number}", 1)
    assert len(pace._asked) == MOST_CLIENTS
    pace.count("client 0", 1)
