"""The page's words: every key that the scripts use is in the catalogue, and no key of the page goes unused."""

import re

import pytest

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from support.machine import ROOT

RENDER = ROOT / "mapapp" / "render"
TELLER = RENDER / "temporal_layer" / "story.js"
"""Its words come with the block of the story."""

SCRIPTS = "\n".join(path.read_text() for path in sorted(TELLER.parent.glob("*.js")) if path != TELLER)
PYTHON = "\n".join(path.read_text() for path in sorted(RENDER.rglob("*.py")))
WORDS = messages("en").under("page")
STATUSES = ("contested", "joint")


def named() -> set[str]:
    """Return the keys that are written out."""
    written = set(re.findall(r"\btexts\.([a-z_0-9]+)", SCRIPTS))
    return written | set(re.findall(r'messages\("page\.([a-z_0-9]+)"', PYTHON)) | set(STATUSES)


def families() -> list[str]:
    """Return patterns for the keys that are put together: `kind_${kind}` is kind_.+"""
    made = re.findall(r"\btexts\[`([^`]+)`\]", SCRIPTS)
    return [re.sub(r"\\\$\\\{[^}]+\\\}", ".+", re.escape(pattern)) for pattern in made]


def test_every_key_that_is_written_out_exists() -> None:
    assert sorted(named() - set(WORDS)) == []


def test_the_story_has_every_word_that_its_script_asks_for() -> None:
    asked = set(re.findall(r"\bthis\.texts\.([a-z_0-9]+)", TELLER.read_text()))
    assert asked
    assert sorted(asked - set(messages("en").under("story"))) == []


@pytest.mark.parametrize("family", sorted(set(families())))
def test_every_family_has_members(family: str) -> None:
    assert any(re.fullmatch(family, key) for key in WORDS)


def test_no_key_is_unused() -> None:
    rest = set(WORDS) - named()
    assert sorted(key for key in rest if not any(re.fullmatch(family, key) for family in families())) == []


def test_every_kind_of_the_data_has_a_word(edition: Edition) -> None:
    kinds = {*edition.layers["position"]["kind"], *edition.layers["event"]["kind"], "place"}
    assert sorted(kind for kind in kinds if f"kind_{kind}" not in WORDS) == []


def test_every_stage_confidence_and_dot_has_a_word(edition: Edition) -> None:
    dots = re.search(r"const DOTS = \{([^}]*)\}", SCRIPTS)
    assert dots
    wanted = [f"legend_{key}" for key in re.findall(r"(\w+):", dots[1])]
    wanted += [
        f"{part}_{stage}" for stage in set(edition.layers["zone"]["stage"]) for part in ("zone", "stage", "legend")
    ]
    wanted += [f"confidence_{value}" for value in ("confirmed", "reported", "estimated")]
    assert [key for key in wanted if key not in WORDS] == []
