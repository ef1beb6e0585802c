"""The look of a picture: a palette or black and white, under a theme, in a house's own colours."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from mapapp.domain.edition import Edition
from mapapp.render.look import PALETTES, Hatch, HolderStyle, Look, look_of
from mapapp.render.theme import Theme, theme_of

MONO = "mono"
PRESS_PALETTES = (*PALETTES, MONO)
INK, PAPER = "#000000", "#FFFFFF"


def press_look(edition: Edition, palette: str, theme: Theme, colours: Mapping[str, Mapping[str, str]]) -> Look:
    """Return how a picture is drawn; `colours` are a house's own `fill` and `line` by actor, over the palette's.

    Black and white keeps its own paper and takes no colours.
    """
    if palette == MONO:
        return replace(_mono(edition), ground=_rules()["ground"] | _none_of(theme))
    return theme.apply(look_of(edition, palette, colours))


def press_theme(palette: str, name: str) -> Theme:
    """Return a theme, in greys where the palette is black and white."""
    theme = theme_of(name)
    if palette != MONO:
        return theme
    paper, ink, quiet, plate, rule = map(_grey, (theme.paper, theme.ink, theme.quiet, theme.plate, theme.rule))
    return replace(theme, paper=paper, ink=ink, quiet=quiet, plate=plate, rule=rule)


def _grey(colour: str) -> str:
    """Return a colour of #RRGGBB or #RRGGBBAA as the grey of its green; none stays none."""
    return colour if colour == "none" else f"#{colour[3:5] * 3}{colour[7:]}"


@cache
def _rules() -> dict[str, Any]:
    text = (files("mapapp.resources") / "palettes" / "mono.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _none_of(theme: Theme) -> dict[str, str]:
    """Return the parts of the ground that a theme leaves out."""
    return {part: colour for part, colour in theme.ground.items() if colour == "none"}


def _mono(edition: Edition) -> Look:
    """Return the look with a hatching for each actor, and every line black or grey."""
    look, rules = look_of(edition), _rules()
    hatches = _hatches([actor.key for actor in edition.dataset.actors if actor.may_hold])
    holders = {
        holder: HolderStyle((PAPER,), INK, style.lean, tuple(hatches[key] for key in holder.members))
        for holder, style in look.holders.items()
    }
    lines = {key: rules["lines"].get(key, INK) for key in look.lines}
    return replace(look, fills=dict.fromkeys(look.fills, PAPER), lines=lines, holders=holders)


def _hatches(actors: list[str]) -> dict[str, Hatch]:
    """Give every actor a hatching: its own, or the next of the spare ones (wider each time they run out)."""
    rules = _rules()
    spare = chain.from_iterable(
        ({**rule, "pitch": rule["pitch"] * times} for rule in rules["spare"]) for times in range(1, len(actors) + 2)
    )
    chosen = {key: rules["hatches"].get(key) or next(spare) for key in actors}
    return {key: Hatch(tuple(rule["angles"]), rule["pitch"], rule["width"]) for key, rule in chosen.items()}
