"""Who holds how much, as tables for people or JSON for programs."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mapapp.cli.base import DatasetName, Day, app, day_of, say
from mapapp.domain.edition import Edition
from mapapp.services.catalog import open_edition
from mapapp.services.show import COUNTRY, Share, shares
from mapapp.services.words import bank_name, day_in_words, holder_name, percent, points, square_km


@app.command(help=say("cli.stats"))
def stats(
    dataset: DatasetName = None,
    date: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.stats.json"))] = False,
) -> None:
    """Print tables for people, or JSON for programs."""
    edition = open_edition(dataset)
    day = day_of(edition, date)
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
