"""The port is ours before anything is told, and a taken one is told in a sentence."""

import socket

import pytest

from mapapp.web.listen import PortTaken, bind, url_of


def test_a_free_port_has_an_address() -> None:
    with bind("127.0.0.1", 0) as bound:
        assert url_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_all_interfaces_are_shown_as_this_machine() -> None:
    with bind("0.0.0.0", 0) as bound:
        assert url_of(bound).startswith("http://127.0.0.1:")


def test_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken, match="--port"):
        bind("127.0.0.1", taken.getsockname()[1])


def test_a_host_that_is_not_here() -> None:
    with pytest.raises(PortTaken):
        bind("203.0.113.9", 0)
