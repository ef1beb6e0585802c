"""The command line: serve the map, print statistics, draw a picture, keep versions, examine the installation.

Exit code 1: the data or this machine is at fault; 2: the command was used wrongly; each with one sentence.
"""

import json
import logging
from getpass import getuser
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from mapapp.domain.edition import Edition
from mapapp.domain.errors import (
    BadBackup,
    BadOption,
    BadTable,
    BadTopology,
    MapappError,
    StoreDamaged,
    StoreNewer,
    StoreNotEmpty,
    StoreUnavailable,
    UnknownLayer,
)
from mapapp.domain.schema import LAYERS
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from mapapp.render.press.options import FORMATS
from mapapp.resources.messages import messages
from mapapp.services import versions as history
from mapapp.services.catalog import datasets, open_edition
from mapapp.services.check import as_json as report_as_json
from mapapp.services.check import check_paths, purpose_for
from mapapp.services.check import lines as report_lines
from mapapp.services.doctor import examine
from mapapp.services.picture import order_picture, picture
from mapapp.services.show import COUNTRY, Share, shares
from mapapp.services.words import bank_name, day_in_words, holder_name, percent, points, square_km
from mapapp.settings import settings
from mapapp.web.listen import PortTaken, bind, url_of
from mapapp.web.listen import serve as listen

say = messages()
FAULTS = (BadTable, BadTopology, PortTaken, BadBackup, StoreDamaged, StoreNewer, StoreNotEmpty, StoreUnavailable)


class OneSentence(TyperGroup):
    """A group of commands that tells an error in one sentence, never with a trace."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a known condition ends it with its sentence and exit code."""
        try:
            return super().invoke(ctx)
        except MapappError as error:
            typer.echo(say.error(error), err=True)
            raise typer.Exit(1 if isinstance(error, FAULTS) else 2) from error


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


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", help=say("cli.version"), callback=tell_version, is_eager=True)
    ] = False,
) -> None:
    """Take what belongs to no command."""


@app.command(help=say("cli.serve"))
def serve(
    host: Annotated[str | None, typer.Option(help=say("cli.serve.host"))] = None,
    port: Annotated[int | None, typer.Option(help=say("cli.serve.port"), min=0, max=65535)] = None,
) -> None:
    """Serve until Ctrl-C; options win over settings."""
    chosen = settings()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    datasets()
    with bind(host or chosen.host, chosen.port if port is None else port) as bound:
        url = url_of(bound)
        listen(bound, chosen.log_level, lambda: typer.echo(say("cli.serve.ready", url=url)))


@app.command(help=say("cli.stats"))
def stats(
    dataset: DatasetName = None,
    date: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.stats.json"))] = False,
) -> None:
    """Print tables for people, or JSON for programs."""
    edition = open_edition(dataset)
    day = _day(edition, date)
    if as_json:
        typer.echo(json.dumps(_told(edition, day), ensure_ascii=False, indent=1))
        return
    console = Console()
    title = say(
        "cli.stats.title",
        title=edition.dataset.titled(say.language),
        date=day_in_words(day, say),
        version=edition.version,
    )
    console.print(Text(title, style="bold"))
    for name, held in shares(edition, day).items():
        console.print(_table(edition, name, held))


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


@app.command(help=say("cli.check"))
def check(
    files: Annotated[list[Path], typer.Argument(help=say("cli.check.files"))],
    dataset: DatasetName = None,
    layer: Annotated[str | None, typer.Option(help=say("cli.check.layer"))] = None,
    actor: Annotated[str | None, typer.Option(help=say("cli.check.actor"))] = None,
    form_only: Annotated[bool, typer.Option("--form-only", help=say("cli.check.form"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.check.json"))] = False,
) -> None:
    """Check files against a dataset; every fault is listed."""
    for path in files:
        if not path.exists():
            raise BadOption("files", value=path, option="FILE", expected=say("check.no_file"))
    if layer is not None and layer not in {*LAYERS, "changes"}:
        raise UnknownLayer("layer", name=layer[:60], known=", ".join([*LAYERS, "changes"]))
    purpose = Purpose(form_only=True)
    if not form_only:
        edition = open_edition(dataset)
        if actor is not None and actor not in {one.key for one in edition.dataset.actors}:
            known = ", ".join(one.key for one in edition.dataset.actors)
            raise BadOption("actor", value=actor, option="--actor", expected=known)
        purpose = purpose_for(edition, layer=layer, actor=actor)
    found = check_paths(files, purpose, command_limits())
    if as_json:
        typer.echo(json.dumps(report_as_json(found, say), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(report_lines(found, say)))
    if found.report.errors:
        raise typer.Exit(1)


@app.command(help=say("cli.doctor"))
def doctor() -> None:
    """Examine the installation; exit code 1 when something is to be done."""
    findings = list(examine(say))
    for finding in findings:
        mark = say("cli.doctor.ok" if finding.fine else "cli.doctor.bad")
        typer.echo(f"{mark:<6} {finding.text}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@app.command(help=say("cli.versions"))
def versions(
    dataset: DatasetName = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.versions.json"))] = False,
) -> None:
    """Print the history for people, or JSON for programs; what readers may know."""
    told = [history.tell(version) for version in history.history(dataset or history.first_dataset())]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for row in told:
        gone = row["withdrawn"]
        note = "  " + say("cli.versions.withdrawn", at=gone["at"], reason=gone["reason"]) if gone else ""
        author = row["author"] or "-"
        typer.echo(f"{row['sequence']:>4}  {row['version']}  {row['published']}  {author}  {row['message']}{note}")


@app.command(help=say("cli.restore"))
def restore(
    version: Annotated[str, typer.Argument(help=say("cli.which_version"))],
    message: Annotated[str, typer.Option("--message", "-m", help=say("cli.message"))],
    dataset: DatasetName = None,
    author: Author = "",
) -> None:
    """Append a version that equals an old one."""
    made = history.restore(dataset or history.first_dataset(), version, author or getuser(), message)
    typer.echo(say("cli.restore.done", version=made.id, old=version))


@app.command(help=say("cli.withdraw"))
def withdraw(
    version: Annotated[str, typer.Argument(help=say("cli.which_version"))],
    reason: Annotated[str, typer.Option("--reason", "-m", help=say("cli.withdraw.reason"))],
    dataset: DatasetName = None,
    author: Author = "",
) -> None:
    """Give out a version no longer."""
    gone = history.withdraw(dataset or history.first_dataset(), version, author or getuser(), reason)
    typer.echo(say("cli.withdraw.done", version=gone.id))


@app.command(help=say("cli.backup"))
def backup(file: Annotated[Path, typer.Argument(help=say("cli.backup.to"))]) -> None:
    """Write the whole store into a file."""
    typer.echo(say("cli.backup.done", path=file, count=history.back_up(file)))


@app.command("restore-backup", help=say("cli.restore_backup"))
def restore_backup(file: Annotated[Path, typer.Argument(help=say("cli.restore_backup.from"))]) -> None:
    """Fill an empty store from a file."""
    place, count = history.restore_backup(file)
    typer.echo(say("cli.restore_backup.done", place=place, count=count))


def _write(to: Path, content: bytes) -> None:
    try:
        to.write_bytes(content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadOption("to", value=to, option="--to", expected=say("cli.export.failed", reason=reason)) from error


def _day(edition: Edition, date: str | None) -> str:
    return edition.dataset.default_day if date is None else edition.dataset.check_day(date)


def _area_name(edition: Edition, name: str) -> str:
    return say("cli.stats.country") if name == COUNTRY else bank_name(edition, name, say)


def _table(edition: Edition, name: str, held: list[Share]) -> Table:
    table = Table(title=Text(_area_name(edition, name)), title_justify="left", min_width=60)
    table.add_column(say("cli.stats.holder"))
    for heading in ("km2", "percent", "change"):
        table.add_column(say(f"cli.stats.{heading}"), justify="right")
    for share in held:
        change = "" if share.change is None else points(share.change, say)
        holder = Text(holder_name(edition.dataset, share.holder, say))
        table.add_row(holder, square_km(share.km2, say), percent(share.share, say), change)
    return table


def _told(edition: Edition, day: str) -> dict[str, Any]:
    """Return the shares of a day as JSON has them; `change` in km² against the day before is null on the first day."""
    areas = {
        name: [
            {
                "actor": share.holder.actor,
                "status": share.holder.status,
                "parties": list(share.holder.parties) or None,
                "km2": round(share.km2, 3),
                "percent": round(share.share * 100, 3),
                "change_points": None if share.change is None else round(share.change * 100, 3),
            }
            for share in held
        ]
        for name, held in shares(edition, day).items()
    }
    return {"dataset": edition.dataset.name, "version": edition.version, "day": day, "areas": areas}
