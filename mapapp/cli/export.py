"""Write the map into a file: the picture of a day or of many, a film of a span, the interactive page, the data."""

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli import options
from mapapp.cli.base import DatasetName, Day, app, say
from mapapp.cli.film import film
from mapapp.cli.keep import HTML, make_file
from mapapp.cli.pictures import MANY, check_code, draw, style_of
from mapapp.cli.whole import ENDINGS, check_folder, is_folder, write_whole
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption
from mapapp.render.press.options import FORMATS
from mapapp.services.catalog import open_edition
from mapapp.services.film import KINDS as FILMS
from mapapp.settings import settings
from mapapp.web.parameters import check_language


@app.command(help=say("cli.export"))
def export(  # noqa: PLR0913, PLR0917 -- each option of a command is a parameter
    to: Annotated[Path, typer.Option(help=say("cli.export.to"))],
    dataset: DatasetName = None,
    version: options.Version = None,
    date: Day = None,
    dates: options.Dates = None,
    first: options.First = None,
    last: options.Last = None,
    every: options.Every = None,
    compare: options.Compare = None,
    format: options.Format = None,  # noqa: A002 -- the option's name
    preset: options.Preset = None,
    width: options.Width = None,
    height: options.Height = None,
    unit: options.Unit = None,
    scale: options.Scale = None,
    dpi: options.Dpi = None,
    extent: options.Extent = None,
    bbox: options.Bbox = None,
    layers: options.Layers = None,
    lang: options.Lang = None,
    palette: options.Palette = None,
    theme: options.Theme = None,
    title: options.Title = None,
    north: options.North = None,
    locator: options.Locator = None,
    qr: options.Qr = None,
    text_kind: options.TextKind = None,
    marks: options.Marks = None,
    style: options.Style = None,
    frame: options.Frame = None,
    hold: options.Hold = None,
    mode: options.Mode = None,
    view: options.View = None,
    story: options.Story = None,
) -> None:
    """Make what the ending of the file asks for."""
    asked = options.given(locals())
    kind = _kind(to, format, many=any(name in asked for name in MANY))
    edition = open_edition(dataset, version)
    check_language(lang or "en")
    if marks is not None:
        asked["marks"] = options.marks_of(marks)
    _make(edition, kind, asked, to)


def _make(edition: Edition, kind: str, asked: Mapping[str, str], to: Path) -> None:
    """Make a file of one kind, or one for each day."""
    options.check_fits(asked, kind, _fitting(kind))
    if kind in FORMATS:
        draw(edition, kind, asked, to)
        return
    check_code(asked)
    if kind in FILMS:
        texts = {name: text for name, text in asked.items() if name != "style"} | {"format": kind}
        made_film = film(edition, texts, settings().public_url, style_of(asked))
        content, name = made_film.content, made_film.file_name
    else:
        made = make_file(edition, kind, asked, asked.get("lang", "en"))
        content, name = made.content, made.name
    path = to / name if is_folder(to) else to
    write_whole(path, content)
    typer.echo(say("cli.export.kept", path=path, size=f"{len(content) / 1e6:.2f}", version=edition.version))


def _kind(to: Path, named: str | None, *, many: bool) -> str:
    """Return what kind of file is to be made: that of the file's ending, in a folder the one named, else PNG."""
    kind = to.suffix.lower().removeprefix(".")
    if is_folder(to):
        kind = (named or ("png" if many or to.is_dir() else "")).lower()
    elif named and named.lower() != kind:
        raise BadOption("format", value=named[:20], option="--format", expected=say("cli.export.ending", kind=kind))
    if kind not in ENDINGS:
        option = ("format", named[:20]) if named else ("to", to)
        raise BadOption(option[0], value=option[1], option=f"--{option[0]}", expected=say("cli.export.kind"))
    check_folder(to.absolute().parent)
    return kind


def _fitting(kind: str) -> Set[str]:
    """Return the options that say something about files of a kind."""
    if kind in FORMATS:
        return options.PICTURE
    if kind in FILMS:
        return options.FILM
    return options.PAGE if kind == HTML else options.DATA
