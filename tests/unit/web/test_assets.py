"""The typeface is served from here, so no reader is told to anybody else."""

from mapapp.web.assets import font_faces
from support.asgi import Client


def test_every_font_of_the_theme_is_served(client: Client) -> None:
    for face in font_faces():
        answer = client.get(face["url"])
        assert answer.content.startswith(b"wOF2")
        assert answer.headers["content-type"] == "font/woff2"


def test_no_other_font(client: Client) -> None:
    assert client.get("/fonts/comic.woff2").status_code == 404
