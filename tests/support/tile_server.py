"""A server of map tiles on this machine, which can be made to fail or to stay silent."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Event, Thread

from PIL import Image, ImageDraw

INK = "#0000ff"


class TileServer(ThreadingHTTPServer):
    """Answers /z/x/y.png with a tile that says its number, and keeps what it was asked, with the Referer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[tuple[str, str | None]] = []
        self.dead = False
        self.may_answer = Event()
        self.may_answer.set()

    @property
    def template(self) -> str:
        """The address of its tiles, as the settings take it."""
        return f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png"


class _Answer(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        """Answer with a tile, or with an error when dead."""
        self.server.asked.append((self.path, self.headers.get("Referer")))
        self.server.may_answer.wait(30)
        body = b"" if self.server.dead else tile(self.path)
        self.send_response(503 if self.server.dead else 200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # the map has moved on
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def tile(path: str) -> bytes:
    """Draw a tile: a grey cross-hatch of streets, its number, a blue square in the middle."""
    picture = Image.new("RGB", (256, 256), "#f4f1ea")
    pen = ImageDraw.Draw(picture)
    for at in range(0, 256, 64):
        pen.line([(at, 0), (at, 256)], "#b9b0a0", 3)
        pen.line([(0, at), (256, at)], "#b9b0a0", 3)
    pen.text((70, 70), path.removesuffix(".png"), "#444444")
    pen.rectangle([118, 118, 138, 138], INK)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@contextmanager
def tile_server() -> Iterator[TileServer]:
    """Run a tile server on a free port until the block ends."""
    server = TileServer()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.may_answer.set()
        server.shutdown()
        server.server_close()
