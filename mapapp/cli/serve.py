"""Serve the map; examine the installation."""

import logging
import os
from typing import Annotated

import typer

from mapapp.cli.base import app, say
from mapapp.services.catalog import datasets
from mapapp.services.doctor import examine
from mapapp.settings import settings
from mapapp.web.listen import bind, url_of
from mapapp.web.listen import serve as listen


@app.command(help=say("cli.serve"))
def serve(
    host: Annotated[str | None, typer.Option(help=say("cli.serve.host"))] = None,
    port: Annotated[int | None, typer.Option(help=say("cli.serve.port"), min=0, max=65535)] = None,
) -> None:
    """Serve until Ctrl-C; options win over settings."""
    if host is not None:
        os.environ["MAPAPP_HOST"] = host  # whoever asks who may write must know where this listens
        settings.cache_clear()
    chosen = settings()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    datasets()
    with bind(chosen.host, chosen.port if port is None else port) as bound:
        url = url_of(bound)
        listen(bound, chosen.log_level, lambda: typer.echo(say("cli.serve.ready", url=url)))


@app.command(help=say("cli.doctor"))
def doctor() -> None:
    """Examine the installation; exit code 1 when something is to be done."""
    findings = list(examine(say))
    for finding in findings:
        mark = say("cli.doctor.ok" if finding.fine else "cli.doctor.bad")
        typer.echo(f"{mark:<6} {finding.text}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)
