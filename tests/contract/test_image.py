"""The steps of the image, without an image builder: installed for good, then run by nobody, read-only."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from support.installing import build_wheel, install_wheel
from support.machine import ROOT, go_without
from support.serving import Served, serving

NOBODY = 65534


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every account can reach, as the temporary ones of the tests are not."""
    folder = Path(tempfile.mkdtemp(prefix="mapapp-image-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[Served]:
    if os.geteuid():
        go_without("Only root may mount read-only and become nobody.")
    prefix = install_wheel(build_wheel(place), place / "image").parent
    command = [str(ROOT / "tools" / "read-only.sh"), str(prefix), str(place / "data"), "serve", "--port"]
    with serving(lambda port: [*command, str(port)], place / "log.txt") as running:
        yield running


@pytest.fixture(scope="module")
def process(served: Served, place: Path) -> int:
    """The number of the server's process."""
    assert served.url
    found = subprocess.run(["pgrep", "--full", f"{place}/image/bin/mapapp serve"], capture_output=True, check=True)
    return int(found.stdout.split()[0])


def test_it_serves_map_and_picture(served: Served) -> None:
    with urlopen(f"{served.url}/embed?date=2017-09-21", timeout=60) as page:
        assert b"<html" in page.read()
    with urlopen(f"{served.url}/snapshot.png?date=2017-09-21", timeout=60) as picture:
        assert picture.read(4) == b"\x89PNG"


def test_it_is_nobody_and_may_become_no_one(process: int) -> None:
    status = Path(f"/proc/{process}/status").read_text()
    assert set(re.findall(r"^Uid:(.*)$", status, re.MULTILINE)[0].split()) == {str(NOBODY)}
    assert {int(value, 16) for value in re.findall(r"^Cap\w+:\s*(\w+)$", status, re.MULTILINE)} == {0}
    assert re.search(r"^NoNewPrivs:\s*1$", status, re.MULTILINE)


@pytest.mark.parametrize(("folder", "can"), [("image/bin", False), ("data", True)])
def test_it_writes_to_its_data_alone(process: int, place: Path, folder: str, can: bool) -> None:
    """Even root, who may write anywhere, cannot where the mount is read-only."""
    command = ["nsenter", "--target", str(process), "--mount", "touch", str(place / folder / "trace")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is can, done.stderr
    assert can or "Read-only file system" in done.stderr


def test_what_it_keeps_belongs_to_nobody(process: int, place: Path) -> None:
    assert process
    assert (place / "data" / "mapapp.sqlite").stat().st_uid == NOBODY


def test_every_step_of_the_image_is_a_target() -> None:
    text = (ROOT / "Containerfile").read_text()
    steps = [
        line for line in re.findall(r"^RUN (.*?)(?<!\\)$", text, re.MULTILINE | re.DOTALL) if "apt-get" not in line
    ]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert steps
    assert all((found := re.match(r"make ([a-z-]+)", step)) and found[1] in targets for step in steps)


def test_every_file_that_the_image_copies_is_there() -> None:
    text = (ROOT / "Containerfile").read_text()
    copied = [name for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for name in line.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
