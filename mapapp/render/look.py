"""The drawing decisions that page and picture share: colours, hatches, glyphs, the rank of labels."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mapapp.domain import measure
from mapapp.domain.actors import Actor, Holder
from mapapp.domain.edition import Edition
from mapapp.domain.errors import UnknownPalette

PALETTES = ("default", "bright")
"""The sets of colours; the first is told apart by every eye, the second is the one maps of this war made usual."""

CITY, MANY = 13, 255
STANDS_OUT = 3.0
"""The contrast (WCAG 2) that a line needs with what it runs over, or with a casing that has it."""

STEP = 0.04
Polygon = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class HolderStyle:
    """How an area is filled: one opaque colour, or stripes of several when it is contested or shared.

    Every colour belongs to this holder alone, so that a pixel says whose area it is. Stripes lean to the
    right (/) where an area is contested and to the left where it is shared. `hatches`, one for each party, take the
    place of colours in black and white.
    """

    colours: tuple[str, ...]
    line: str
    lean: int
    hatches: tuple["Hatch", ...] = ()


@dataclass(frozen=True)
class Hatch:
    """A hatching that stands for an actor where there is no colour: rulings at angles in degrees, or dots.

    `pitch` and `width` (of a dot its radius) are in units of the layout.
    """

    angles: tuple[float, ...]
    pitch: float
    width: float


@dataclass(frozen=True)
class Look:
    """A palette applied to one edition; colours are #RRGGBB, glyphs polygons in [-1, 1] with y down.

    `position_rank` lists kinds of positions, the ones to draw first where there is no room for all.
    """

    ground: dict[str, str]
    fills: dict[str, str]
    lines: dict[str, str]
    holders: dict[Holder, HolderStyle]
    glyphs: dict[str, tuple[Polygon, ...]]
    position_rank: tuple[str, ...]
    stripe_period: int
    labels: dict[str, Any]

    @property
    def is_hatched(self) -> bool:
        """Say whether areas are told apart by hatching alone."""
        return any(style.hatches for style in self.holders.values())

    def style(self, holder: Holder) -> HolderStyle:
        """Return the style of a holder of the edition; KeyError for any other."""
        return self.holders[holder]

    def glyph(self, kind: str) -> tuple[Polygon, ...]:
        """Return the outline (and holes) of the glyph of a position of that kind, in [-1, 1], y down."""
        return self.glyphs.get(kind, self.glyphs["other"])

    def label_zoom(self, name: str, kind: str, size: float) -> float:
        """Return the web map zoom from which a place is labelled; size is 4 (village) to 30 (city)."""
        zoom = next(zoom for least, zoom in self.labels["zoom_by_size"] if size >= least)
        added = self.labels["zoom_added"].get(kind, self.labels["zoom_added_otherwise"])
        quarter = "(" in name and size < CITY
        return float(zoom + added + (self.labels["zoom_added_to_quarters"] if quarter else 0))


def look_of(edition: Edition, palette: str = "default", own: Mapping[str, Mapping[str, str]] | None = None) -> Look:
    """Apply one of PALETTES to the actors and holders of an edition; UnknownPalette for any other.

    An actor that the palette does not know keeps the dataset's own colours, its fill made lighter and its line darker
    as far as lines need it to stand out. `own` gives an actor's `fill` or `line` precedence over both.
    """
    rules = _read(check_palette(palette)) | _read("marks")
    ground = rules["ground"]
    known = {actor.key: _known(rules, actor, (own or {}).get(actor.key, {})) for actor in edition.dataset.actors}
    fills = {key: _fill(rules, colours["fill"]) for key, colours in known.items()}
    under = [*fills.values(), ground["land"]]
    lines = {key: _line(rules, colours["line"], under) for key, colours in known.items()}
    return Look(
        ground=ground,
        fills=fills,
        lines=lines,
        holders=_styles(holders_in(edition), fills, lines),
        glyphs={
            kind: tuple(tuple((x, y) for x, y in ring) for ring in rings) for kind, rings in _read("glyphs").items()
        },
        position_rank=tuple(rules["position_rank"]),
        stripe_period=rules["stripe_period"],
        labels=rules["labels"],
    )


def check_palette(name: str) -> str:
    """Return the name of one of PALETTES; UnknownPalette for any other."""
    if name not in PALETTES:
        raise UnknownPalette("palette", name=name[:40], known=", ".join(PALETTES))
    return name


def holders_in(edition: Edition) -> list[Holder]:
    """Return every holder that occurs in an edition: single actors in the dataset's order, then pairs."""
    order = {actor.key: number for number, actor in enumerate(edition.dataset.actors)}
    found = set(measure.holders_of(edition.layers["control"]))
    return sorted(
        found, key=lambda holder: (holder.status != "control", holder.status, [order[key] for key in holder.members])
    )


def short_name(name: str) -> str:
    """Return a name for the map: without what follows in brackets."""
    return name.partition(" (")[0]


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with that share (0 to 1) of `other` mixed in, channel by channel."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _hex(round(mine + (theirs - mine) * share) for mine, theirs in pairs)


@cache
def _read(name: str) -> dict[str, Any]:
    text = (files("mapapp.resources") / "palettes" / f"{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def _known(rules: dict[str, Any], actor: Actor, own: Mapping[str, str]) -> dict[str, str]:
    """Return an actor's `fill` and `line`: somebody's own, else the palette's, else the dataset's."""
    named = {part: colour for part, colour in own.items() if colour}
    return {"fill": actor.colour, "line": actor.line, **rules["actors"].get(actor.key, {}), **named}


def _fill(rules: dict[str, Any], colour: str) -> str:
    while contrast(rules["ground"]["front"], colour) < STANDS_OUT:
        colour = mix(colour, "#FFFFFF", STEP)
    return colour


def _line(rules: dict[str, Any], colour: str, under: Iterable[str]) -> str:
    while any(_lost(colour, rules["ground"]["casing"], fill) for fill in under):
        colour = mix(colour, "#000000", STEP)
    return colour


def _lost(line: str, casing: str, fill: str) -> bool:
    """Say whether neither a line nor its casing stands out from a fill."""
    return max(contrast(line, fill), min(contrast(line, casing), contrast(casing, fill))) < STANDS_OUT


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in _channels(colour))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _styles(holders: Iterable[Holder], fills: dict[str, str], lines: dict[str, str]) -> dict[Holder, HolderStyle]:
    taken: set[str] = set()
    styles = {}
    for holder in holders:
        colours = tuple(_free(fills[key], taken) for key in holder.members)
        lean = {"control": 0, "contested": 1, "joint": -1}[holder.status]
        styles[holder] = HolderStyle(colours, mix(lines[holder.members[0]], "#000000", 0.1), lean)
    return styles


def _free(colour: str, taken: set[str]) -> str:
    """Return the colour, or the nearest that no other area uses: a shade that a program sees, and no eye."""
    steps = sorted(range(-MANY, MANY + 1), key=abs)
    found = next(shade for shade in (_shade(colour, step) for step in steps) if shade not in taken)
    taken.add(found)
    return found


def _shade(colour: str, step: int) -> str:
    return _hex(min(255, max(0, channel + step)) for channel in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(channels: Iterable[int]) -> str:
    return "#" + "".join(f"{channel:02X}" for channel in channels)
