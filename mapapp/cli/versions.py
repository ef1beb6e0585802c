"""List versions, restore and withdraw them, back them up."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mapapp.cli.base import Author, DatasetName, app, say
from mapapp.services import versions as history
from mapapp.services.rights import command_user


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
    made = history.restore(command_user(author), dataset or history.first_dataset(), version, message)
    typer.echo(say("cli.restore.done", version=made.id, old=version))


@app.command(help=say("cli.withdraw"))
def withdraw(
    version: Annotated[str, typer.Argument(help=say("cli.which_version"))],
    reason: Annotated[str, typer.Option("--reason", "-m", help=say("cli.withdraw.reason"))],
    dataset: DatasetName = None,
    author: Author = "",
) -> None:
    """Give out a version no longer."""
    gone = history.withdraw(command_user(author), dataset or history.first_dataset(), version, reason)
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
