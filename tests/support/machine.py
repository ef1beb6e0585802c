"""What this machine has, and what a test does where something is missing."""

import shutil
import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
NPM = ROOT / "tests" / "npm"


def go_without(sentence: str) -> NoReturn:
    """Skip the test with the sentence; under CI a skipped test counts as failed (tests/conftest.py)."""
    pytest.skip(sentence)


def find_program(name: str) -> str:
    """Return the path of a program; go without it where it is not installed."""
    return shutil.which(name) or go_without(f"{name} is not installed; `make tools` installs it where apt-get can.")


def find_npm_package(name: str) -> Path:
    """Return the folder of a package of tests/npm; go without it where `make tools` has not brought it."""
    folder = NPM / "node_modules" / name
    return folder if folder.is_dir() else go_without(f"The npm package {name} is not here; `make tools` brings it.")


def own_command(name: str = "mapapp") -> str:
    """Return the path of a command installed beside the Python that runs the tests."""
    return str(Path(sys.executable).with_name(name))


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
