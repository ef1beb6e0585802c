"""The wheel carries every file that the package reads at run time."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from support.installing import build_wheel
from support.machine import ROOT


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from the work tree."""
    with ZipFile(build_wheel(tmp_path_factory.mktemp("wheel"))) as wheel:
        return set(wheel.namelist())


@pytest.mark.parametrize("package", ["mapapp", "geodata"])
def test_wheel_has_every_file(package: str, contents: set[str]) -> None:
    assert set(files_of(package)) - contents == set()


def test_wheel_has_nothing_else(contents: set[str]) -> None:
    own = {*files_of("mapapp"), *files_of("geodata")}
    assert {name for name in contents if ".dist-info/" not in name} - own == set()


def files_of(package: str) -> list[str]:
    """List a package's files as the wheel names them."""
    found = (path for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [path.relative_to(ROOT).as_posix() for path in found if not is_leftover(path)]


def is_leftover(path: Path) -> bool:
    """Tell whether an editor or a tool left the file."""
    return path.suffix in {".pyc", ".swp"} or path.name == ".DS_Store"
