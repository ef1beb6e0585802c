"""Draw the picture of a day into a file."""

from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli.base import DatasetName, Day, app, say
from mapapp.domain.errors import BadOption
from mapapp.render.press.options import FORMATS
from mapapp.services.catalog import open_edition
from mapapp.services.picture import order_picture, picture
from mapapp.services.words import day_in_words


@app.command(help=say("cli.export"))
def export(
    to: Annotated[Path, typer.Option(help=say("cli.export.to"))],
    dataset: DatasetName = None,
    date: Day = None,
    width: Annotated[int, typer.Option(help=say("cli.export.width"))] = 1200,
    height: Annotated[int, typer.Option(help=say("cli.export.height"))] = 675,
    scale: Annotated[float, typer.Option(help=say("cli.export.scale"))] = 1.0,
) -> None:
    """Draw the picture of a day."""
    kind = to.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.kind"))
    if not to.absolute().parent.is_dir():
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.folder", folder=to.absolute().parent))
    edition = open_edition(dataset)
    asked = {"format": kind, "date": date or "", "width": str(width), "height": str(height), "scale": str(scale)}
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
