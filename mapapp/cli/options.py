"""The options of `export`, by the names that the same options have in the address of a picture, a page or data."""

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Annotated, Any

import typer

from mapapp.cli.base import flag, say
from mapapp.domain.errors import BadOption
from mapapp.domain.picture_faults import BadMarks, Faults
from mapapp.render.press.marks import MOST_MARKS, read_marks
from mapapp.render.press.order import KNOWN
from mapapp.services import data_order, export_html
from mapapp.services.film import OWN

Text = str | None
Preset = Annotated[Text, typer.Option(help=say("cli.export.preset"))]
Width = Annotated[Text, typer.Option(help=say("cli.export.width"))]
Height = Annotated[Text, typer.Option(help=say("cli.export.height"))]
Unit = Annotated[Text, typer.Option(help=say("cli.export.unit"))]
Scale = Annotated[Text, typer.Option(help=say("cli.export.scale"))]
Dpi = Annotated[Text, typer.Option(help=say("cli.export.dpi"))]
Extent = Annotated[Text, typer.Option(help=say("cli.export.extent"))]
Bbox = Annotated[Text, typer.Option(help=say("cli.export.bbox"))]
Layers = Annotated[Text, typer.Option(help=say("cli.export.layers"))]
Lang = Annotated[Text, typer.Option(help=say("cli.export.lang"))]
Palette = Annotated[Text, typer.Option(help=say("cli.export.palette"))]
Theme = Annotated[Text, typer.Option(help=say("cli.export.theme"))]
Title = Annotated[Text, typer.Option(help=say("cli.export.title"))]
North = Annotated[bool | None, typer.Option("--north/--no-north", help=say("cli.export.north"))]
Qr = Annotated[bool | None, typer.Option("--qr/--no-qr", help=say("cli.export.qr"))]
Locator = Annotated[bool | None, typer.Option("--locator/--no-locator", help=say("cli.export.locator"))]
TextKind = Annotated[Text, typer.Option("--text", help=say("cli.export.text"))]
Marks = Annotated[Text, typer.Option(help=say("cli.export.marks"))]
Compare = Annotated[Text, typer.Option(help=say("cli.export.compare"))]
Style = Annotated[Path | None, typer.Option(help=say("cli.export.style"))]
Dates = Annotated[Text, typer.Option(help=say("cli.export.dates"))]
First = Annotated[Text, typer.Option("--from", help=say("cli.export.from"))]
Last = Annotated[Text, typer.Option("--until", help=say("cli.export.until"))]
Every = Annotated[Text, typer.Option(help=say("cli.export.every"))]
Frame = Annotated[Text, typer.Option(help=say("cli.export.frame"))]
Hold = Annotated[Text, typer.Option(help=say("cli.export.hold"))]
Mode = Annotated[Text, typer.Option(help=say("cli.export.mode"))]
View = Annotated[Text, typer.Option(help=say("cli.export.view"))]
Story = Annotated[Text, typer.Option(help=say("cli.export.story"))]
Version = Annotated[Text, typer.Option("--version", "--edition", help=say("cli.export.edition"))]
Format = Annotated[Text, typer.Option(help=say("cli.export.format"))]

SPAN = {"from", "to", "every"}
NAMES = {"first": "from", "last": "to", "text_kind": "text"}
"""Parameters of the command whose name differs from the option's."""
PICTURE = (KNOWN - {"format"}) | SPAN | {"dates", "style"}
FILM = ((KNOWN | set(OWN)) - {"format", "date"}) | {"style"}
PAGE = {*export_html.ASKED, "lang"}
DATA = {*data_order.ASKED, "lang"}


def given(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Return what a command was given, by the names of addresses; a switch as 1 or 0, what was left out not at all."""
    known = PICTURE | FILM | PAGE | DATA
    told = {name: value for name, value in parameters.items() if name != "to" and value is not None}
    named = {NAMES.get(name, name): value for name, value in told.items()}
    return {name: _text(value) for name, value in named.items() if name in known}


def check_fits(asked: Mapping[str, str], kind: str, known: Set[str]) -> None:
    """Raise Faults for every option that says nothing about files of this kind."""
    takes = ", ".join(sorted(flag(name) for name in known))
    expected = say("cli.export.unfit", kind=f".{kind}", known=takes)
    strange = [name for name in asked if name not in known]
    if strange:
        raise Faults(
            [BadOption(name, value=asked[name][:40], option=flag(name), expected=expected) for name in strange]
        )


def marks_of(text: str) -> str:
    """Return marks as they stand in a file or in the option itself. Raises Faults."""
    path = Path(text)
    if text.lstrip().startswith("["):
        return text
    try:
        if len(text) < 1024 and path.is_file():
            return path.read_text(encoding="utf-8-sig")
        read_marks(text)
    except (OSError, UnicodeDecodeError) as error:
        raise Faults([BadMarks("marks", most=MOST_MARKS)]) from error
    except Faults as error:
        if isinstance(error.faults[0], BadMarks):
            told = BadOption("marks", value=text[:60], option="--marks", expected=say("cli.export.no_marks"))
            raise Faults([told]) from error
        raise
    return text


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
