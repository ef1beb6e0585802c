"""Make a film into a file, telling its length and size before and each frame as it is done."""

from collections.abc import Mapping

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mapapp.cli.base import say
from mapapp.domain.edition import Edition
from mapapp.render.press.house import HouseStyle
from mapapp.services.film import ACCURACY, Film, FilmPlan, make_film, plan_film


def film(edition: Edition, asked: Mapping[str, str], site: str = "", style: HouseStyle | None = None) -> Film:
    """Plan and make a film; Ctrl-C ends it and leaves nothing behind."""
    plan = plan_film(edition, asked, site, style)
    typer.echo(planned_in_words(plan), err=True)
    columns = (TextColumn(say("film.making")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=plan.frames)
        return make_film(edition, plan, lambda done, _: progress.update(task, completed=done))


def planned_in_words(plan: FilmPlan) -> str:
    """Return how long and about how large a film will be."""
    return say(
        "film.planned",
        frames=plan.frames,
        seconds=f"{plan.seconds:.1f}",
        megabytes=f"{plan.estimated_bytes / 1e6:.1f}",
        accuracy=round(100 * ACCURACY),
    )
