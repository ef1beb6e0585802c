"""The map page, built once and put on a shelf of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from mapapp.domain.edition import Edition
from mapapp.render.page import MapPage, Start, build_page
from mapapp.resources.messages import messages
from support.map_page import DAY, Shelf, shelf, visit


@pytest.fixture(scope="module")
def server() -> Iterator[Shelf]:
    """A server that gives the pages a test puts on it."""
    with shelf() as server:
        yield server


@pytest.fixture(scope="session")
def built(edition: Edition) -> MapPage:
    """The page of the built-in dataset."""
    return build_page(edition, messages("en"))


@pytest.fixture
def opened(page: Page, server: Shelf, built: MapPage) -> Page:
    """The page on a desktop screen, drawn."""
    return visit(page, server.put("/embed", built, Start(DAY)))
