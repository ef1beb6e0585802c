"""The pages that say how the map is made and what its licences ask: documents, no script, nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.domain.errors import MapappError
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill, text_of
from mapapp.services import method as service
from mapapp.services.catalog import open_edition
from mapapp.services.deliver import Body
from mapapp.settings import settings
from mapapp.web.answers import OURS, REVALIDATE, answer
from mapapp.web.parameters import Query, words_for

KNOWN = ("dataset", "day", "version", "place")


def method(request: Request) -> Response:
    """Answer with the method page; a wrong value is told at its top, for the page is worth reading all the same."""
    about, notices = _about(request)
    return _page(request, "README.md", about, notices)


def licences(request: Request) -> Response:
    """Answer with the licences."""
    return _page(request, "LICENCES.md", service.About(open_edition()), [])


def _about(request: Request) -> tuple[service.About, list[str]]:
    """Return what the reader looked at, as far as it can be made out, and a sentence for each value that cannot."""
    notices: list[str] = []
    words = words_for(request, guess=True)
    asked, edition, day, place = None, open_edition(), None, None
    with _told(notices, words):
        asked = Query(request, KNOWN, strict=False)
    if asked is None:
        return service.About(edition), notices
    with _told(notices, words):
        asked.words()
    with _told(notices, words):
        edition = asked.edition(asked.get("dataset"))
    with _told(notices, words):
        day = edition.dataset.check_day(text, "day") if (text := asked.get("day")) else None
    with _told(notices, words):
        place = service.check_place(edition, text) if (text := asked.get("place")) else None
    return service.About(edition, day, place), notices


@contextmanager
def _told(notices: list[str], words: Messages) -> Iterator[None]:
    """Take down the sentence of a wrong value, and go on; a fault of ours goes its way."""
    try:
        yield
    except MapappError as error:
        if isinstance(error, OURS):
            raise
        notices.append(words.error(error))


def _page(request: Request, name: str, about: service.About, notices: list[str]) -> Response:
    """Fill the template with a document and what belongs at its marks."""
    words, style = words_for(request, guess=True), text_of("document.css")
    written = service.document(name)
    html = fill(
        "document",
        document=written,
        contents=[heading for heading in written.headings if heading.level == 2],
        about=about,
        notices=notices,
        corrections=service.corrections(),
        citation=service.citation(about, words),
        map_link=service.map_link(about, words.language),
        slice_link=lambda day: service.map_link(service.About(about.edition, day), words.language),
        report=_report(about, words),
        words=words,
        style=style,
    )
    headers = {"Content-Security-Policy": policy_for(style), "Vary": "Accept-Encoding, Accept-Language"}
    return answer(request, Body(html.encode()), "text/html", REVALIDATE, headers)


def _report(about: service.About, words: Messages) -> str:
    """Return the link for a report; empty when nobody is named to take it."""
    address = settings().report_to
    return service.report_link(address, about, words) if address else ""


def policy_for(style: str) -> str:
    """Return the policy under which the page shows its one style sheet and our own typeface, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {' '.join(settings().frame_ancestors)}"
    )


ROUTES = [Route("/method", method), Route("/licences", licences)]
