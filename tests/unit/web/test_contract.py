"""The contract page: every layer, every kind of fault, in three languages."""

import json

import pytest

from mapapp.domain.faults import KINDS
from mapapp.domain.schema import LAYERS
from support.asgi import Client


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_it_has_every_layer_and_an_anchor_for_every_fault(client: Client, language: str) -> None:
    page = client.get(f"/contract?lang={language}")
    assert page.status_code == 200
    assert all(f'id="{kind}"' in page.text for kind in KINDS)
    assert all(f'id="layer-{name}"' in page.text for name in LAYERS)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "{" not in page.text.split("<body>")[1]


def test_the_schema_can_be_downloaded(client: Client) -> None:
    told = json.loads(client.get("/contract/schema.json").text)
    assert set(told["$defs"]) == set(LAYERS)
