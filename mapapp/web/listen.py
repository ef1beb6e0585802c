"""Run the application on one port until it is told to end."""

import socket
from collections.abc import Callable

import uvicorn

from mapapp.domain.errors import MapappError

LONGEST_MESSAGE = 1_000_000
"""Bytes a reader's browser may send at once; the largest honest one is a few thousand."""


class PortTaken(MapappError):
    """The address cannot be listened on."""

    sentence = "Port {port} on {host} cannot be used ({reason}); choose another with --port, or 0 for a free one."


class Listener(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to host and port (0 = any free one); raises PortTaken."""
    try:
        family, _type, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family)
    except OSError as error:
        raise PortTaken("port", port=port, host=host, reason=(error.strerror or str(error)).lower()) from error


def url_of(bound: socket.socket) -> str:
    """Return the address to open for a bound socket."""
    host, port = bound.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - it is shown, not bound
    return f"http://{shown}:{port}"


def serve(bound: socket.socket, log_level: str, on_ready: Callable[[], None]) -> None:
    """Serve mapapp.app on a bound socket; returns when the process is asked to end."""
    config = uvicorn.Config(
        "mapapp.app:app",
        log_level="info" if log_level == "debug" else "warning",
        access_log=log_level == "debug",
        server_header=False,
        timeout_graceful_shutdown=3,
        use_colors=False,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
    )
    Listener(config, on_ready).run(sockets=[bound])
