"""Write frames as a GIF, or as an H.264 MP4 by ffmpeg in a process of its own."""

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pathlib import Path
from threading import Timer

import numpy as np
from PIL import Image

from mapapp.domain.film_faults import EncoderFailed, NoEncoder

EXACT, COLOURS = 96, 256
OUTPUT_RATE = 25
QUALITY = "20"
KEY_EVERY = 250
"""Frames of the output between two that stand for themselves."""


@dataclass(frozen=True)
class Timing:
    """How long each frame is shown, and how much longer the last, in seconds."""

    frame: float
    hold: float

    def length(self, frames: int) -> float:
        """Return the length of a film in seconds."""
        return frames * self.frame + self.hold


def palette_of(samples: Sequence[Image.Image]) -> Image.Image:
    """Return one palette for all frames: the colours that flat ground has as they are, the others by median cut."""
    pixels = np.concatenate([np.asarray(sample).reshape(-1, 3) for sample in samples])
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    order = np.lexsort([*colours.T[::-1], -counts])
    exact, others = colours[order[:EXACT]], colours[order[EXACT:]]
    wanted = exact
    if len(others):
        rest = Image.fromarray(others[np.newaxis].astype(np.uint8))
        cut = rest.quantize(COLOURS - EXACT, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
        wanted = np.concatenate([exact, np.array(cut, dtype=np.uint8).reshape(-1, 3)])[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette(wanted.astype(np.uint8).tobytes())
    return palette


def write_gif(
    frames: Iterable[Image.Image], count: int, palette: Image.Image, timing: Timing, comment: str = ""
) -> bytes:
    """Return an endless GIF; the same frames give the same bytes. Times are kept to hundredths of a second."""
    drawn = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    buffer = io.BytesIO()
    first = next(drawn)
    each = round(timing.frame * 100) * 10
    first.save(
        buffer, "GIF", save_all=True, append_images=drawn, loop=0,
        duration=[*[each] * (count - 1), each + round(timing.hold * 1000)],
        disposal=1, optimize=False, comment=comment.encode()[:255],
    )  # fmt: skip
    return buffer.getvalue()


def find_encoder() -> str:
    """Return where ffmpeg is; raises NoEncoder."""
    try:
        imageio_ffmpeg = import_module("imageio_ffmpeg")
    except ImportError as error:
        raise NoEncoder("format") from error
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise NoEncoder("format") from error


def write_mp4(
    frames: Iterable[Image.Image], timing: Timing, about: dict[str, str], seconds: float, tick: Callable[[], None]
) -> bytes:
    """Return an MP4 (H.264, yuv420p, starts before it is loaded whole); width and height must be even.

    ffmpeg runs in a process of its own for at most that many seconds, and ends with this function whatever happens;
    `tick` is called before each frame and may raise. Raises NoEncoder or EncoderFailed.
    """
    encoder = find_encoder()
    drawn = iter(frames)
    first = next(drawn)
    with tempfile.TemporaryDirectory(prefix="mapapp-film-") as folder:
        target, told = Path(folder) / "film.mp4", Path(folder) / "said.txt"
        with told.open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - the wheel's own binary, arguments as a list
                [encoder, *_arguments(first.size, timing, about), str(target)],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, cwd=folder, env={},
            )  # fmt: skip
            watch = Timer(seconds, process.kill)
            watch.daemon = True
            watch.start()
            try:
                _feed(process, chain([first], drawn), tick)
            finally:
                in_time = watch.is_alive()
                watch.cancel()
                process.kill()
                process.wait()
        if process.returncode or not target.is_file():
            lines = told.read_text(errors="replace").strip().splitlines()
            raise EncoderFailed("format", reason=(lines or ["no answer"])[-1][:200] if in_time else f"{seconds:g} s")
        return target.read_bytes()


def _feed(process: "subprocess.Popen[bytes]", frames: Iterable[Image.Image], tick: Callable[[], None]) -> None:
    """Hand over the frames and wait for the end; a process that ended early is left to the caller."""
    assert process.stdin is not None, "opened as a pipe"
    with suppress(BrokenPipeError), process.stdin as pipe:
        for frame in frames:
            tick()
            pipe.write(frame.tobytes())
    process.wait()


def _arguments(size: tuple[int, int], timing: Timing, about: dict[str, str]) -> list[str]:
    width, height = size
    told = chain.from_iterable(("-metadata", f"{key}={value}") for key, value in about.items())
    hold = f"tpad=stop_mode=clone:stop_duration={timing.hold:g}," if timing.hold else ""
    named = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    colours = f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{named}"
    return [
        "-hide_banner", "-loglevel", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}",
        "-framerate", f"1000/{round(timing.frame * 1000)}",
        "-i", "pipe:0", "-an", "-vf", f"fps={OUTPUT_RATE},{hold}{colours}",
        "-c:v", "libx264", "-preset", "medium", "-tune", "animation", "-crf", QUALITY, "-g", str(KEY_EVERY),
        "-threads", "2", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", *told, "-f", "mp4",
    ]  # fmt: skip
