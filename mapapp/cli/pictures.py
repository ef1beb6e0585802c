"""Pictures into files: of one day, or of many with a bar that tells how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mapapp.cli.base import flag, say
from mapapp.cli.whole import is_folder, write_whole
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, MapappError
from mapapp.domain.picture_faults import Faults, TwoOptions
from mapapp.render.press.house import HouseStyle, load_style
from mapapp.render.press.options import PictureOptions
from mapapp.services.picture import file_name, order_picture, picture
from mapapp.services.steps import days_by_step
from mapapp.services.words import day_in_words
from mapapp.settings import settings

INTERRUPTED = 130
MANY = ("dates", "every", "from", "to")


@dataclass(frozen=True)
class Ordered:
    """A picture that was ordered, and where it goes."""

    options: PictureOptions
    to: Path


def style_of(asked: Mapping[str, str]) -> HouseStyle | None:
    """Return the house style that was asked for; raises Faults."""
    return load_style(Path(asked["style"])) if "style" in asked else None


def check_code(asked: Mapping[str, str]) -> None:
    """Raise BadOption for a code that would lead nowhere: the address of the map is in the settings."""
    if asked.get("qr") == "1" and not settings().public_url:
        raise BadOption("qr", value="1", option="--qr", expected=say("cli.export.no_address"))


def draw(edition: Edition, kind: str, asked: Mapping[str, str], to: Path) -> None:
    """Draw the pictures that were asked for; everything is checked before the first is drawn. Raises Faults."""
    check_code(asked)
    ordered = _order(edition, kind, asked, to)
    if len(ordered) == 1:
        _write(edition, ordered[0])
        typer.echo(_told(edition, ordered[0]))
        return
    _draw_many(edition, ordered)


def _order(edition: Edition, kind: str, asked: Mapping[str, str], to: Path) -> list[Ordered]:
    days, style = _days(edition, asked), style_of(asked)
    texts = {name: text for name, text in asked.items() if name not in (*MANY, "style")} | {"format": kind}
    options = [order_picture(edition, texts | ({"date": day} if day else {}), style) for day in days]
    return [Ordered(one, _path(edition, one, to, many=len(days) > 1)) for one in options]


def _days(edition: Edition, asked: Mapping[str, str]) -> Sequence[str]:
    """Return the days that were asked for; one empty text for the day that an order without a date has."""
    many = [name for name in MANY if name in asked]
    if not many:
        return [asked.get("date", "")]
    alone = next((name for name in ("date", "dates") if name in asked), "")
    if others := [name for name in many if name != alone and alone]:
        raise Faults([TwoOptions(others[0], one=flag(others[0]), other=flag(alone))])
    if "dates" in asked:
        return _checked(edition, asked["dates"])
    try:
        return days_by_step(edition, *(asked.get(name, "") for name in ("from", "to", "every")))
    except MapappError as error:
        raise Faults([error]) from error


def _checked(edition: Edition, listed: str) -> list[str]:
    days, faults = [], []
    for text in filter(None, (part.strip() for part in listed.split(","))):
        try:
            days.append(edition.dataset.check_day(text, "dates"))
        except MapappError as error:
            faults.append(error)
    if faults or not days:
        raise Faults(
            faults or [BadOption("dates", value=listed, option="--dates", expected=say("cli.export.no_dates"))]
        )
    return list(dict.fromkeys(days))


def _path(edition: Edition, options: PictureOptions, to: Path, *, many: bool) -> Path:
    """Return where a picture goes: into a folder under a name of its own, or under the name that was given."""
    if is_folder(to):
        return to / file_name(edition, options)
    return to.with_name(f"{to.stem}_{options.day}{to.suffix}") if many else to


def _draw_many(edition: Edition, ordered: Sequence[Ordered]) -> None:
    """Draw one after the other; Ctrl-C ends it, what is finished stays."""
    columns = (TextColumn(say("cli.export.drawing")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    done = 0
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=len(ordered))
            for one in ordered:
                _write(edition, one)
                done += 1
                progress.update(task, completed=done)
    except KeyboardInterrupt:
        typer.echo(say("cli.export.interrupted", done=done, count=len(ordered)), err=True)
        raise typer.Exit(INTERRUPTED) from None
    finally:
        typer.echo("\n".join(_told(edition, one) for one in ordered[:done]))


def _write(edition: Edition, ordered: Ordered) -> None:
    write_whole(ordered.to, picture(edition, ordered.options, settings().public_url).content)


def _told(edition: Edition, ordered: Ordered) -> str:
    width, height = ordered.options.pixels
    told = {"width": width, "height": height, "version": edition.version}
    return say("cli.export.done", path=ordered.to, date=day_in_words(ordered.options.day, say), **told)
