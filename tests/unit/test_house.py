"""What the project promises about itself: pins, licences, documents, no other host."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import mapapp
from mapapp.cli import app as command_line
from mapapp.settings import SETTINGS, Setting
from support.machine import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DOCUMENTS = "\n".join(path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])
OWNERS = packages_distributions()
FILES = ("requirements.txt", "requirements-dev.txt")
SERVED = [path for kind in ("js", "css", "html", "jinja") for path in sorted((ROOT / "mapapp").rglob(f"*.{kind}"))]
ADDRESS = re.compile(r"""https?://([\w.-]+)|["'(]//([\w-]+\.[\w.-]+)""")
NAMESPACE_HOST = "www.w3.org"


def read_entries(name: str) -> list[str]:
    """Return the requirements of a file, each with its hashes on one line."""
    joined = (ROOT / name).read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def read_pins(name: str) -> dict[str, str]:
    """Return the version of each package of a requirement file."""
    pins = (entry.split()[0].split("==") for entry in read_entries(name))
    return {canonicalize_name(package): version for package, version in pins}


@pytest.mark.parametrize("name", FILES)
def test_requirements_are_pinned_and_hashed_and_nothing_else(name: str) -> None:
    entry = re.compile(r"[\w.-]+==[\w.+!-]+( ;[^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line for line in read_entries(name) if not entry.fullmatch(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_requirements_name_no_index_and_no_machine(name: str) -> None:
    assert re.findall(r"\S*(?:://|/home/|/work/|/root/|/opt/|/tmp/)\S*", (ROOT / name).read_text()) == []


def test_requirements_meet_the_project() -> None:
    wanted = [Requirement(text) for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]]
    pins = read_pins("requirements.txt")
    assert [str(want) for want in wanted if not meets(want, pins)] == []


def test_development_adds_to_the_same_pins() -> None:
    wanted = [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]
    pins = read_pins("requirements-dev.txt")
    assert [str(want) for want in wanted if not meets(want, pins)] == []
    assert read_pins("requirements.txt").items() <= pins.items()


def meets(want: Requirement, pins: dict[str, str]) -> bool:
    """Tell whether a pin satisfies a requirement."""
    version = pins.get(canonicalize_name(want.name))
    return version is not None and want.specifier.contains(version, prereleases=True)


def test_every_import_is_a_declared_dependency() -> None:
    imported = {
        name for package in ("mapapp", "geodata") for path in (ROOT / package).rglob("*.py") for name in imports(path)
    }
    foreign = imported - sys.stdlib_module_names - {"mapapp", "geodata"}
    declared = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    owners = {name: {canonicalize_name(owner) for owner in OWNERS.get(name, [])} for name in foreign}
    assert {name for name in foreign if not owners[name] & declared} == set()


def imports(path: Path) -> set[str]:
    """Return the top-level names that a module imports from elsewhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_version_is_the_same_everywhere() -> None:
    assert mapapp.__version__ == PROJECT["version"]


def test_changelog_begins_with_this_version() -> None:
    released = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0] == PROJECT["version"]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented(setting: Setting) -> None:
    assert f"`{setting.name}`" in DOCUMENTS


def test_commands_are_documented() -> None:
    names = {info.name or info.callback.__name__ for info in command_line.registered_commands}
    assert {name for name in names if f"mapapp {name}" not in DOCUMENTS} == set()


def test_every_table_and_layer_has_a_licence() -> None:
    licences = (ROOT / "geodata" / "LICENCES.md").read_text()
    tables = [path.name for path in (ROOT / "geodata" / "sources").rglob("*") if path.suffix in {".csv", ".geojson"}]
    layers = [path.stem for path in (ROOT / "geodata" / "layers").glob("*.geojson")]
    assert [name for name in tables if f"{name}`" not in licences] == []
    assert [name for name in layers if f"`{name}`" not in licences] == []


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_served_file_names_no_other_host(path: Path) -> None:
    hosts = {first or second for first, second in ADDRESS.findall(path.read_text())}
    assert hosts - {NAMESPACE_HOST} == set()
