"""Check files as an upload would."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli.base import DatasetName, app, say
from mapapp.domain.errors import BadOption, UnknownLayer
from mapapp.domain.schema import LAYERS
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from mapapp.services.catalog import open_edition
from mapapp.services.check import as_json as report_as_json
from mapapp.services.check import check_paths, purpose_for
from mapapp.services.check import lines as report_lines


def check_named(files: list[Path], layer: str | None) -> None:
    """Raise BadOption for a file that is not there, UnknownLayer for a layer that files cannot hold."""
    for path in files:
        if not path.exists():
            raise BadOption("files", value=path, option="FILE", expected=say("check.no_file"))
    if layer is not None and layer not in {*LAYERS, "changes"}:
        raise UnknownLayer("layer", name=layer[:60], known=", ".join([*LAYERS, "changes"]))


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
    check_named(files, layer)
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
