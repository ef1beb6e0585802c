"""Let the catalogue give out an edition of a test's own."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.services import catalog


def serve_instead(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this the only dataset there is, in this version only, until the test ends."""
    monkeypatch.setattr(catalog, "heads", lambda: {edition.dataset.name: edition.version})
    monkeypatch.setattr(catalog, "_open", lambda _name, _version: edition)
    monkeypatch.setattr(catalog, "_frame", lambda _name, _version: edition.dataset)
