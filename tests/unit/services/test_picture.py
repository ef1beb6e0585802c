"""Pictures as a service: remembered, and linked to the map they show."""

from urllib.parse import parse_qs, urlsplit

from mapapp.domain.edition import Edition
from mapapp.render.press.marks import read_marks
from mapapp.services.picture import map_link, order_picture, picture

SITE = "https://maps.example.org/"


def test_the_same_order_is_drawn_once(edition: Edition) -> None:
    asked = {"width": "480", "height": "360"}
    first = picture(edition, order_picture(edition, asked), SITE)
    assert first.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture(edition, order_picture(edition, dict(asked)), SITE) is first
    assert picture(edition, order_picture(edition, asked)) is not first


def test_the_link_leads_to_the_map_of_the_picture(edition: Edition) -> None:
    marks = '[{"kind":"circle","at":[40.14,35.33],"km":12}]'
    options = order_picture(edition, {"lang": "ar", "date": "2017-10-01", "layers": "control,zone", "marks": marks})
    link = urlsplit(map_link(edition, options, SITE))
    told = {key: values[0] for key, values in parse_qs(link.query).items()}
    assert (link.netloc, link.path) == ("maps.example.org", "/")
    assert read_marks(told.pop("marks")) == options.marks
    assert told == {
        "dataset": edition.dataset.name, "date": "2017-10-01", "version": edition.version, "lang": "ar",
        "layers": "control,zone",
    }  # fmt: skip
