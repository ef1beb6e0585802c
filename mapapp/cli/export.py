"""Write the map into a file: the picture of a day, a film of a span, the interactive page, the data."""

from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli.base import DatasetName, Day, app, say
from mapapp.cli.film import film
from mapapp.cli.keep import KINDS, make_file
from mapapp.domain.errors import BadOption
from mapapp.render.press.options import FORMATS
from mapapp.services.catalog import open_edition
from mapapp.services.film import KINDS as FILMS
from mapapp.services.picture import order_picture, picture
from mapapp.services.words import day_in_words
from mapapp.web.parameters import check_language


@app.command(help=say("cli.export"))
def export(  # noqa: PLR0913, PLR0917 -- each option of a command is a parameter
    to: Annotated[Path, typer.Option(help=say("cli.export.to"))],
    dataset: DatasetName = None,
    date: Day = None,
    width: Annotated[int, typer.Option(help=say("cli.export.width"))] = 1200,
    height: Annotated[int, typer.Option(help=say("cli.export.height"))] = 675,
    scale: Annotated[float, typer.Option(help=say("cli.export.scale"))] = 1.0,
    version: Annotated[str | None, typer.Option("--edition", help=say("cli.export.edition"))] = None,
    layers: Annotated[str, typer.Option(help=say("cli.export.layers"))] = "",
    lang: Annotated[str, typer.Option(help=say("cli.export.lang"))] = "en",
    palette: Annotated[str, typer.Option(help=say("cli.export.palette"))] = "",
    first: Annotated[str, typer.Option("--from", help=say("cli.export.from"))] = "",
    last: Annotated[str, typer.Option("--until", help=say("cli.export.until"))] = "",
    every: Annotated[str, typer.Option(help=say("cli.film.every"))] = "",
) -> None:
    """Make what the ending of the file asks for."""
    kind = to.suffix.lower().removeprefix(".")
    if kind not in (*FORMATS, *FILMS, *KINDS):
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.kind"))
    if not to.absolute().parent.is_dir():
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.folder", folder=to.absolute().parent))
    edition = open_edition(dataset, version)
    chosen = {"date": date or "", "layers": layers, "palette": palette, "lang": check_language(lang)}
    if kind in KINDS:
        made = make_file(edition, kind, chosen | {"from": first, "to": last}, chosen["lang"])
        _write(to, made.content)
        typer.echo(say("cli.export.kept", path=to, size=f"{len(made.content) / 1e6:.2f}", version=edition.version))
        return
    size = {"width": str(width), "height": str(height), "scale": str(scale)}
    asked = {"format": kind} | size | {name: text for name, text in chosen.items() if text}
    if kind in FILMS:
        made_film = film(edition, asked | {"from": first, "to": last, "every": every})
        _write(to, made_film.content)
        typer.echo(say("cli.export.kept", path=to, size=f"{len(made_film.content) / 1e6:.2f}", version=edition.version))
        return
    options = order_picture(edition, asked)
    drawn = picture(edition, options)
    _write(to, drawn.content)
    told = {"width": drawn.width, "height": drawn.height, "version": edition.version}
    typer.echo(say("cli.export.done", path=to, date=day_in_words(options.day, say), **told))


def _write(to: Path, content: bytes) -> None:
    try:
        to.write_bytes(content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.failed", reason=reason)) from error
