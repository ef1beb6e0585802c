"""The bill of materials names every pin with its licence, and nothing that does not run."""

import json
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from support.machine import ROOT
from tools.sbom import main, only, pins, plain

UNDECLARED = {"protobuf", "pydeck", "xstatic-leaflet"}
"""Packages whose metadata say no licence that can be read by a program; all three are free software."""


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    target = tmp_path_factory.mktemp("bill") / "sbom.cdx.json"
    main(target)
    return json.loads(target.read_text(encoding="utf-8"))


def test_every_pin_is_a_component_and_nothing_else(bill: dict[str, Any]) -> None:
    found = {plain(part["name"]): Version(part["version"]) for part in bill["components"]}
    assert found == pins(ROOT / "requirements.txt")


def test_components_can_be_looked_up_and_have_licences(bill: dict[str, Any]) -> None:
    assert all(part["purl"].startswith("pkg:pypi/") for part in bill["components"])
    assert {plain(part["name"]) for part in bill["components"] if not part.get("licenses")} <= UNDECLARED


def test_no_reference_leads_nowhere(bill: dict[str, Any]) -> None:
    known = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {to for row in bill["dependencies"] for to in (row["ref"], *row["dependsOn"])} <= known


def test_nothing_tells_of_the_machine(bill: dict[str, Any]) -> None:
    text = json.dumps(bill)
    assert str(Path.home()) not in text
    assert str(ROOT) not in text


def test_a_pin_that_is_not_installed_is_told() -> None:
    bill = {"components": [], "dependencies": [], "metadata": {"component": {"bom-ref": "root"}}}
    with pytest.raises(ValueError, match="not installed as pinned: alpha"):
        only(bill, {"alpha": Version("1")})
