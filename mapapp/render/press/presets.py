"""Sizes that newsrooms ask for, by name."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Unit = Literal["px", "mm"]
MILLIMETRES_PER_INCH = 25.4


@dataclass(frozen=True)
class Preset:
    """A size in pixels (as on a screen) or in millimetres of paper, there with a density for its PNG."""

    width: float
    height: float
    unit: Unit
    dpi: int


@cache
def presets() -> dict[str, Preset]:
    """Return every preset by name, in the order in which they are offered."""
    text = (files("mapapp.resources") / "presets.json").read_text(encoding="utf-8")
    return {name: Preset(**values) for name, values in json.loads(text).items()}
