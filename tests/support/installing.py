"""The project as a user has it from a wheel, not as we have it from the work tree."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from support.machine import ROOT

SOURCES = ("mapapp", "geodata", "pyproject.toml", "README.md", "LICENSE")


def build_wheel(folder: Path) -> Path:
    """Build the wheel from a copy of the sources, so that nothing is left in the work tree."""
    copy = folder / "sources"
    copy.mkdir()
    for name in SOURCES:
        put(ROOT / name, copy / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    run([*pip, "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(copy)])
    return next(folder.glob("*.whl"))


def install_wheel(wheel: Path, folder: Path) -> Path:
    """Make an environment that has the wheel, and of this one the packages but not the work tree; return its bin."""
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
    bin_folder = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(bin_folder / "python")]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", "--ignore-installed", str(wheel)])
    # A path listed in a .pth file is searched but its own .pth files are not run: the editable install stays out.
    packages = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    Path(packages, "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return bin_folder


def put(source: Path, target: Path) -> None:
    """Copy a file or a folder, without compiled files."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)


def run(command: list[str], cwd: Path | None = None) -> str:
    """Run a command and return its words; raise with them when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()
