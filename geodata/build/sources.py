"""Where the tables of facts are."""

from importlib.resources import files
from pathlib import Path

SOURCES = Path(str(files("geodata"))) / "sources"
