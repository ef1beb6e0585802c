"""The colours of the paper and its type: light, dark, or nothing behind the map."""

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from mapapp.render.look import Look

THEMES = ("light", "dark", "transparent")


@dataclass(frozen=True)
class Theme:
    """Colours as Matplotlib takes them, #RRGGBB, #RRGGBBAA or none; `ground` are those of the map that differ."""

    paper: str
    ink: str
    quiet: str
    halo: str
    plate: str
    rule: str
    ground: dict[str, str]

    def apply(self, look: Look) -> Look:
        """Return the look with this theme's sea, land and the like."""
        return replace(look, ground=look.ground | self.ground)


@cache
def theme_of(name: str) -> Theme:
    """Return one of THEMES; KeyError for any other."""
    text = (files("mapapp.resources") / "palettes" / "themes.json").read_text(encoding="utf-8")
    return Theme(**json.loads(text)[name])
