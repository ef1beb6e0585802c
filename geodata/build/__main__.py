"""Command: `python -m geodata.build` writes the layers, `--check` compares them with what the facts give."""

import argparse
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from geodata.build.sources import SOURCES
from geodata.build.validation.figures import write_figures
from geodata.build.validation.report import report
from mapapp.ingest.theatre.derivation import build_files, derive

LAYERS = Path(str(files("geodata"))) / "layers"
METHOD = Path(str(files("geodata"))) / "README.md"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 means that --check found a difference."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file would change")
    parser.add_argument("--validate", action="store_true", help="write nothing; print how good the derivation is")
    parser.add_argument("--write", action="store_true", help="with --validate: write the figures into README.md")
    options = parser.parse_args(arguments)
    if options.validate:
        return _validate(write=options.write)
    built = build_files(SOURCES)
    if options.check:
        return _check(built)
    LAYERS.mkdir(exist_ok=True)
    for name, content in built.items():
        (LAYERS / name).write_bytes(content)
    sys.stdout.write(f"wrote {len(built)} files, {sum(map(len, built.values())) / 1e6:.1f} MB\n")
    return 0


def _validate(*, write: bool) -> int:
    """Print the report; write the figures of the method page when asked to."""
    made = derive(SOURCES)
    sys.stdout.writelines(f"{line}\n" for line in report(made))
    if write:
        text = METHOD.read_text(encoding="utf-8")
        METHOD.write_text(write_figures(text, made, datetime.now(UTC).date().isoformat()), encoding="utf-8")
    return 0


def _check(built: dict[str, bytes]) -> int:
    """Compare built files with those on disk, byte for byte."""
    there = {path.name for path in LAYERS.iterdir()}
    wrong = [name for name, content in built.items() if name not in there or (LAYERS / name).read_bytes() != content]
    stray = sorted(there - built.keys())
    for name in wrong:
        sys.stdout.write(f"{name} is not what the facts give; run python -m geodata.build\n")
    for name in stray:
        sys.stdout.write(f"{name} is not made by the build; remove it\n")
    if not wrong and not stray:
        sys.stdout.write(f"{len(built)} files are what the facts give\n")
    return 1 if wrong or stray else 0


if __name__ == "__main__":
    sys.exit(main())
