"""Films: every frame complete, nothing jumps, what is told before holds, and nothing is left behind."""

import io
import itertools
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.domain.film_faults import EncoderFailed, FilmCancelled, NoEncoder
from mapapp.domain.picture_faults import Faults
from mapapp.render.film import encode
from mapapp.render.film.reel import Reel
from mapapp.resources.languages import LANGUAGES
from mapapp.services.film import ACCURACY, FilmPlan, make_film, plan_film, read_film

SHORT = {"from": "2017-09-01", "to": "2017-09-21", "every": "5d", "width": "481", "height": "361"}
DAYS = ("2017-09-01", "2017-09-06", "2017-09-11", "2017-09-16", "2017-09-21")


@pytest.fixture(scope="module", params=["gif", "mp4"])
def planned(edition: Edition, request: pytest.FixtureRequest) -> FilmPlan:
    """A short film, planned."""
    return plan_film(edition, SHORT | {"format": request.param})


@pytest.fixture(scope="module")
def made(edition: Edition, planned: FilmPlan) -> bytes:
    """The same, made."""
    return make_film(edition, planned).content


def test_a_plan_tells_days_length_and_size(planned: FilmPlan, made: bytes) -> None:
    assert planned.days == DAYS
    assert planned.seconds == pytest.approx(5 * 0.3 + 2)
    assert planned.estimated_bytes == pytest.approx(len(made), rel=ACCURACY)


def test_the_file_has_every_frame_its_size_and_its_length(edition: Edition, planned: FilmPlan, made: bytes) -> None:
    if planned.kind == "gif":
        opened = Image.open(io.BytesIO(made))
        assert (opened.size, getattr(opened, "n_frames", 1)) == ((480, 360), 5)
        assert [_duration(opened, number) for number in range(5)] == [300, 300, 300, 300, 2300]
        assert edition.version.encode() in made
        return
    facts = _probe(made)
    assert "h264" in facts
    assert "yuv420p" in facts
    assert "480x360" in facts
    assert made.index(b"moov") < made.index(b"mdat")
    assert "00:00:03.5" in facts
    assert "Who held what" in facts


def test_the_same_order_gives_the_same_bytes(edition: Edition, planned: FilmPlan, made: bytes) -> None:
    assert make_film(edition, planned).content == made


def test_progress_is_told_and_a_film_can_be_cancelled(
    edition: Edition, planned: FilmPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told: list[tuple[int, int]] = []
    with pytest.raises(FilmCancelled):
        make_film(edition, planned, lambda done, of: told.append((done, of)), lambda: len(told) >= 2)
    assert told == [(1, 5), (2, 5)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("preset", ["article", "square", "story"])
def test_nothing_jumps_and_nothing_meets(edition: Edition, preset: str, language: str) -> None:
    plan = read_film(
        edition, {"from": "2017-05-06", "to": "2017-12-31", "every": "120d", "preset": preset, "lang": language}
    )
    reel = Reel(edition, plan.options, plan.days, "https://maps.example.org/?dataset=deir-ez-zor-2017")
    lefts, still = [], []
    for day in plan.days:
        reel.frame(day)
        for (one, first), (two, second) in itertools.combinations(reel.texts, 2):
            assert not first.grow(-0.5).meets(second.grow(-0.5)), (one, two)
        still.append(tuple(reel.texts[: len(reel.still_texts)]))
        lefts.append(reel.texts[len(reel.still_texts)][1])
    assert len(set(still)) == 1
    # The boxes are those of the ink, which differs from date to date; the line is one if they share a middle.
    assert max(box.bottom for box in lefts) < min(box.top for box in lefts)
    assert max(box.top for box in lefts) - min(box.top for box in lefts) < 0.12 * max(box.height for box in lefts)


def test_what_stands_still_has_the_same_pixels_in_every_frame(edition: Edition) -> None:
    plan = read_film(edition, SHORT | {"layers": "control", "width": "600"})
    reel = Reel(edition, plan.options, plan.days)
    one, two = (np.asarray(reel.frame(day)) for day in (DAYS[0], DAYS[-1]))
    assert (one != two).any()
    foot = one.shape[0] - 30
    assert (one[foot:] == two[foot:]).all()


@pytest.mark.parametrize(
    ("asked", "parameter", "words"),
    [
        ({"every": "never"}, "every", "is no step"),
        ({"frame": "9"}, "frame", "takes 0.04 to 5 seconds"),
        ({"hold": "nan"}, "hold", "takes 0 to 20 seconds"),
        ({"from": "2016-01-01"}, "from", "lies outside"),
        ({"from": "2017-09-21", "to": "2017-09-01"}, "to", "wrong way round"),
        ({"format": "avi"}, "format", "it takes gif, mp4"),
        ({"theme": "transparent"}, "theme", "take light or dark"),
        ({"preset": "a4"}, "preset", "take a size in pixels"),
        ({"compare": "2017-08-05"}, "compare", "take from and to"),
        ({"every": "day", "width": "3000", "height": "2000"}, "width", "400 million are allowed"),
    ],
)
def test_what_cannot_be_made_is_refused(edition: Edition, asked: dict[str, str], parameter: str, words: str) -> None:
    with pytest.raises(Faults, match=words) as refused:
        read_film(edition, asked)
    assert parameter in [fault.parameter for fault in refused.value.faults]


def test_without_the_encoder_gif_still_works(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(encode, "import_module", absent)
    assert read_film(edition, SHORT | {"format": "gif"}).kind == "gif"
    with pytest.raises(NoEncoder, match="mapapp\\[film\\]"):
        read_film(edition, SHORT | {"format": "mp4"})


def test_an_encoder_that_fails_or_hangs_is_told_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = tmp_path / "encoder"
    hanging.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(encode, "find_encoder", lambda: str(hanging))
    timing = encode.Timing(0.3, 0.0)
    with pytest.raises(EncoderFailed, match=r"0\.5 s"):
        encode.write_mp4(_blank(), timing, {}, 0.5, lambda: None)
    hanging.write_text("#!/bin/sh\necho no such thing >&2\nexit 3\n")
    with pytest.raises(EncoderFailed, match="no such thing"):
        encode.write_mp4(_blank(), timing, {}, 20, lambda: None)


def test_the_words_of_a_film_say_its_span(edition: Edition) -> None:
    plan = replace(read_film(edition, SHORT | {"to": "2017-09-01"}), estimated_bytes=1)
    film = make_film(edition, plan)
    assert film.alternative.startswith("Moving map from 1 September 2017 to 1 September 2017.")
    assert film.file_name.endswith("_en_480x360.gif")
    assert film.media_type == "image/gif"


def _blank() -> Iterator[Image.Image]:
    return iter([Image.new("RGB", (64, 64))] * 3)


def _duration(opened: Image.Image, number: int) -> int:
    opened.seek(number)
    return int(opened.info["duration"])


def _probe(film: bytes) -> str:
    """Return what ffmpeg says of a film."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(film)
        file.flush()
        said = subprocess.run([encode.find_encoder(), "-i", file.name], capture_output=True, check=False)
    return said.stderr.decode()
