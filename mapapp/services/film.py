"""Moving pictures as a service: orders read, length and size told before, then made, with progress and a way out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from typing import Literal, TypeVar

from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.domain.errors import MapappError, Phrase
from mapapp.domain.film_faults import (
    FilmCancelled,
    FilmRange,
    FilmTooLarge,
    NotForFilms,
    TooManyFrames,
)
from mapapp.domain.picture_faults import Faults, UnknownChoice
from mapapp.render.caption import Caption
from mapapp.render.film.encode import KEY_EVERY as KEY_FRAMES
from mapapp.render.film.encode import OUTPUT_RATE, Timing, find_encoder, write_gif, write_mp4
from mapapp.render.film.reel import Reel
from mapapp.render.press.house import HouseStyle
from mapapp.render.press.layout import default_title
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.order import read_options
from mapapp.resources.messages import messages
from mapapp.services.picture import file_name, map_link
from mapapp.services.steps import days_by_step, span_of
from mapapp.settings import settings

T = TypeVar("T")
Kind = Literal["gif", "mp4"]
KINDS: dict[str, str] = {"gif": "image/gif", "mp4": "video/mp4"}
OWN = ("from", "to", "every", "frame", "hold", "format")
"""What an order for a film has beyond that for a picture; `frame` and `hold` are seconds."""
FRAME, HOLD = (0.04, 5.0), (0.0, 20.0)
_WHOLE: tuple[str, ...] = ("",)
ACCURACY = 0.7
"""How far the true size may lie from the one told before, as a share of it."""


@dataclass(frozen=True)
class FilmPlan:
    """A film before it is made: its days, how it looks, how long it lasts, how large it will be to within ACCURACY."""

    options: PictureOptions
    days: tuple[str, ...]
    kind: Kind
    timing: Timing
    estimated_bytes: int
    site: str = ""

    @property
    def frames(self) -> int:
        """Return how many frames there are."""
        return len(self.days)

    @property
    def seconds(self) -> float:
        """Return how long the film lasts."""
        return self.timing.length(self.frames)


@dataclass(frozen=True)
class Film:
    """A file with a moving picture, and the picture in words."""

    content: bytes
    media_type: str
    file_name: str
    alternative: str


def plan_film(edition: Edition, asked: Mapping[str, str], site: str = "", style: HouseStyle | None = None) -> FilmPlan:
    """Return the plan of a film from texts by the names of OWN and of a picture's options.

    Some of its frames are drawn to tell the size. Raises Faults, or NoEncoder where MP4 cannot be written. Cost: a few
    seconds.
    """
    plan = read_film(edition, asked, site, style)
    return replace(plan, estimated_bytes=_estimate(edition, plan))


def read_film(edition: Edition, asked: Mapping[str, str], site: str = "", style: HouseStyle | None = None) -> FilmPlan:
    """Return the plan without its size. Raises Faults, or NoEncoder where MP4 cannot be written."""
    faults: list[MapappError] = []
    days = _tried(faults, lambda: _days(edition, asked), _WHOLE)
    kind = asked.get("format", "").strip() or "gif"
    if kind not in KINDS:
        faults.append(UnknownChoice("format", value=kind[:40], option="format", known=", ".join(KINDS)))
    timing = Timing(_seconds(faults, asked, "frame", 0.3, FRAME), _seconds(faults, asked, "hold", 2.0, HOLD))
    picture = {key: value for key, value in asked.items() if key not in OWN and key != "date"}
    options = _tried(faults, lambda: _options(edition, picture, days[-1], style), PictureOptions(days[-1]))
    faults += _too_much(options, len(days))
    if faults:
        raise Faults(faults)
    if kind == "mp4":
        find_encoder()
    return FilmPlan(options, days, "mp4" if kind == "mp4" else "gif", timing, 0, site)


def make_film(
    edition: Edition,
    plan: FilmPlan,
    on_progress: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Film:
    """Make a planned film; `on_progress` hears of each frame that is done, and of how many there are.

    Raises FilmCancelled soon after `cancelled` says so, EncoderFailed when ffmpeg does not end well. Nothing is left
    behind. Cost: some tenths of a second a frame.
    """

    def check() -> None:
        if cancelled and cancelled():
            raise FilmCancelled

    def frames() -> Iterator[Image.Image]:
        for number, day in enumerate(plan.days, start=1):
            check()
            yield reel.frame(day)
            if on_progress:
                on_progress(number, plan.frames)

    reel = _reel(edition, plan)
    content = _write(edition, plan, reel, frames(), plan.frames, check)
    return Film(content, KINDS[plan.kind], film_name(edition, plan), _alternative(edition, plan))


def film_name(edition: Edition, plan: FilmPlan) -> str:
    """Return a name that says what the film shows: dataset, days, version, language, size."""
    stem = file_name(edition, plan.options).removesuffix(f".{plan.options.format}")
    return f"{stem.replace(plan.days[-1], f'{plan.days[0]}_{plan.days[-1]}', 1)}.{plan.kind}"


def _write(
    edition: Edition, plan: FilmPlan, reel: Reel, frames: Iterator[Image.Image], count: int, tick: Callable[[], None]
) -> bytes:
    if plan.kind == "gif":
        told = f"{edition.dataset.name} {edition.version} {reel.link} {edition.dataset.licence}"
        return write_gif(frames, count, reel.palette, plan.timing, told)
    about = {
        "title": plan.options.title or default_title(edition, plan.options),
        "comment": f"{edition.dataset.name} {edition.version} {reel.link}".strip(),
        "copyright": edition.dataset.licence,
        "artist": edition.dataset.credit,
    }
    return write_mp4(frames, plan.timing, about, settings().limits["FILM_SECONDS"], tick)


def _reel(edition: Edition, plan: FilmPlan) -> Reel:
    link = map_link(edition, plan.options, plan.site) if plan.site else ""
    return Reel(edition, plan.options, plan.days, link)


def _estimate(edition: Edition, plan: FilmPlan) -> int:
    """Return about how many bytes the film has, from its first frame and three pairs of neighbours."""
    reel, last = _reel(edition, plan), len(plan.days) - 1
    starts = sorted({last * share // 8 for share in (1, 3, 5, 7)} - {last})

    @cache
    def drawn(day: str) -> Image.Image:
        return reel.frame(day)

    def size(*days: str) -> int:
        short = replace(plan, timing=Timing(plan.timing.frame, 0.0))
        return len(_write(edition, short, reel, map(drawn, days), len(days), lambda: None))

    alone = size(plan.days[0])
    steps = [size(*plan.days[start : start + 2]) - size(plan.days[start]) for start in starts]
    step = sum(steps) / len(steps) if steps else 0.0
    keys = int(plan.seconds * OUTPUT_RATE / KEY_FRAMES) if plan.kind == "mp4" else 0
    return round(alone * (1 + keys) + step * last)


def _alternative(edition: Edition, plan: FilmPlan) -> str:
    words = messages(plan.options.language)
    first, last = (Caption(edition, day, words) for day in (plan.days[0], plan.days[-1]))
    return words("film.alt", first=first.day_in_words, last=last.day_in_words, picture=last.alternative)


def _days(edition: Edition, asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return the days of the frames: those asked for, the last always among them."""
    first, last, every = (asked.get(name, "") for name in ("from", "to", "every"))
    found = days_by_step(edition, first, last, every)
    return tuple(dict.fromkeys([*found, span_of(edition, first, last)[1]]))


def _seconds(
    faults: list[MapappError], asked: Mapping[str, str], option: str, default: float, span: tuple[float, float]
) -> float:
    text = asked.get(option, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        value = float("nan")
    if isfinite(value) and span[0] <= value <= span[1]:
        return value
    faults.append(FilmRange(option, value=text[:40], option=option, least=f"{span[0]:g}", most=f"{span[1]:g}"))
    return default


def _options(edition: Edition, asked: Mapping[str, str], day: str, style: HouseStyle | None) -> PictureOptions:
    """Return the look of a film: a picture's options, in whole and even pixels."""
    options = read_options(edition, {**asked, "date": day}, style)
    if options.compare:
        raise NotForFilms(
            "compare", option="compare", value=options.compare, expected=Phrase("film_span", "take from and to")
        )
    if options.theme == "transparent":
        raise NotForFilms(
            "theme", option="theme", value=options.theme, expected=Phrase("film_theme", "take light or dark")
        )
    if options.unit != "px":
        raise NotForFilms(
            "preset", option="unit", value=options.unit, expected=Phrase("film_pixels", "take a size in pixels")
        )
    if options.scale == 1:
        return replace(options, width=2.0 * (options.pixels[0] // 2), height=2.0 * (options.pixels[1] // 2))
    if any(pixels % 2 for pixels in options.pixels):
        raise NotForFilms(
            "scale",
            option="scale",
            value=f"{options.scale:g}",
            expected=Phrase("film_even", "take one that gives even sides"),
        )
    return options


def _too_much(options: PictureOptions, frames: int) -> list[MapappError]:
    most, megapixels = settings().limits["FILM_FRAMES"], settings().limits["FILM_MEGAPIXELS"]
    width, height = options.pixels
    pixels = frames * width * height / 1e6
    found: list[MapappError] = []
    if frames > most:
        found.append(TooManyFrames("every", frames=frames, most=most))
    elif pixels > megapixels:
        found.append(FilmTooLarge("width", pixels=round(pixels), most=megapixels))
    return found


def _tried(faults: list[MapappError], read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except Faults as error:
        faults += error.faults
    except MapappError as error:
        faults.append(error)
    return otherwise
