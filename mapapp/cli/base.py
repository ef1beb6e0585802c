"""What all commands share: the application, its options, and how errors end it.

Exit code 1: the data or this machine is at fault; 2: the command was used wrongly; each with one sentence.
"""

from importlib.metadata import version as installed_version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mapapp.domain.edition import Edition
from mapapp.domain.errors import (
    BadBackup,
    BadTable,
    BadTopology,
    MapappError,
    StoreDamaged,
    StoreNewer,
    StoreNotEmpty,
    StoreUnavailable,
)
from mapapp.domain.picture_faults import Faults
from mapapp.resources.messages import messages
from mapapp.web.listen import PortTaken

say = messages()
FAULTS = (BadTable, BadTopology, PortTaken, BadBackup, StoreDamaged, StoreNewer, StoreNotEmpty, StoreUnavailable)


class OneSentence(TyperGroup):
    """A group of commands that tells an error in one sentence, never with a trace."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a known condition ends it with its sentence and exit code."""
        try:
            return super().invoke(ctx)
        except MapappError as error:
            typer.echo("\n".join(sentences(error)), err=True)
            raise typer.Exit(1 if isinstance(error, FAULTS) else 2) from error


def sentences(error: MapappError) -> list[str]:
    """Return one sentence for each thing that is wrong, of several each with its option before it."""
    if not isinstance(error, Faults):
        return [say.error(error)]
    return [f"{flag(fault.parameter)}: {say.error(fault)}" for fault in error.faults]


def flag(parameter: str) -> str:
    """Return the option by which a parameter is given: `--until` for `to`, as `--to` names the file."""
    return "--until" if parameter == "to" else f"--{parameter}"


app = typer.Typer(
    cls=OneSentence, help=say("cli.about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
DatasetName = Annotated[str | None, typer.Option("--dataset", help=say("cli.dataset"))]
Author = Annotated[str, typer.Option("--author", help=say("cli.author"))]
Day = Annotated[str | None, typer.Option("--date", help=say("cli.stats.date"))]


def tell_version(wanted: bool) -> None:
    """Print the version and end, when asked to."""
    if wanted:
        typer.echo(f"mapapp {installed_version('mapapp')}")
        raise typer.Exit


def day_of(edition: Edition, date: str | None) -> str:
    """Return the day asked for, else the day that the dataset opens on; raises NotADay or DayOutsideDataset."""
    return edition.dataset.default_day if date is None else edition.dataset.check_day(date)


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", help=say("cli.version"), callback=tell_version, is_eager=True)
    ] = False,
) -> None:
    """Take what belongs to no command."""
