"""Bring files into a dataset from the command line; tell two versions apart."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli.base import Author, DatasetName, app, say
from mapapp.cli.check import check_named
from mapapp.domain.updates import Proposal
from mapapp.ingest.limits import command_limits
from mapapp.services.catalog import open_edition
from mapapp.services.check import check_paths
from mapapp.services.check import lines as report_lines
from mapapp.services.rights import command_user
from mapapp.services.update.bring import Asked, make, purpose_of
from mapapp.services.update.difference import between, check_day, difference, tell
from mapapp.services.update.publish import publish_now
from mapapp.services.update.tell import lines as difference_lines


@app.command("import", help=say("cli.import"))
def import_files(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Annotated[list[Path], typer.Argument(help=say("cli.check.files"))],
    dataset: Annotated[str, typer.Option("--dataset", help=say("cli.import.dataset"))],
    message: Annotated[str, typer.Option("--message", "-m", help=say("cli.message"))],
    layer: Annotated[str | None, typer.Option(help=say("cli.check.layer"))] = None,
    actor: Annotated[str | None, typer.Option(help=say("cli.check.actor"))] = None,
    title: Annotated[str, typer.Option(help=say("cli.import.title"))] = "",
    mode: Annotated[str, typer.Option(help=say("cli.import.mode"))] = "",
    first: Annotated[str, typer.Option("--from", help=say("cli.import.first"))] = "",
    last: Annotated[str, typer.Option("--to", help=say("cli.import.last"))] = "",
    sources: Annotated[str, typer.Option(help=say("cli.import.sources"))] = "",
    author: Author = "",
    good_only: Annotated[bool, typer.Option("--good-only", help=say("cli.import.good_only"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.import.dry_run"))] = False,
) -> None:
    """Check files, tell what they change, and publish them; nothing is published when an error is found."""
    check_named(files, layer)
    asked = Asked(dataset, title, layer, actor, mode, first, last, sources)
    found = check_paths(files, purpose_of(asked), command_limits())
    typer.echo("\n".join(report_lines(found, say)))
    if found.report.errors and (found.report.stops_all or not good_only):
        raise typer.Exit(1)
    made = make(asked, found)
    _tell(made)
    if dry_run:
        typer.echo(say("cli.import.dry"))
        return
    named = sources or ", ".join(path.name for path in files)
    version = publish_now(command_user(author), made, message, named)
    typer.echo(say("cli.import.done", version=version.id, dataset=dataset))


def _tell(made: Proposal) -> None:
    if made.base is not None:
        found = difference(made.base, made.edition)
        day = found.days[0].first if found.days else made.edition.dataset.default_day
        typer.echo("\n".join(difference_lines(found, day, say)))


@app.command(help=say("cli.diff"))
def diff(
    before: Annotated[str, typer.Argument(metavar="V", help=say("cli.diff.before"))],
    after: Annotated[str, typer.Argument(metavar="W", help=say("cli.diff.after"))],
    dataset: DatasetName = None,
    date: Annotated[str | None, typer.Option("--date", help=say("cli.diff.date"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.diff.json"))] = False,
) -> None:
    """Tell what the second version changes against the first."""
    one, other = (open_edition(dataset, version) for version in (before, after))
    found, day = between(one, other), check_day(one, other, date)
    if as_json:
        typer.echo(json.dumps(tell(found, day), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(difference_lines(found, day, say)))
