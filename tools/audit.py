"""Ask for known vulnerabilities of everything that is pinned, and say what could not be asked.

Usage: python tools/audit.py REQUIREMENTS…
Exit code: 0 when every package was asked about and none is known to be vulnerable, 1 when one is, 3 when some could
not be asked about. A package that was not asked about is never called good: pip-audit itself answers 0 then.
"""

import json
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
import pyproj
import shapely

GOOD, VULNERABLE, UNKNOWN = 0, 1, 3

# The libraries in C and C++ that read untrusted files: they come inside wheels, where pip-audit does not look.
OLDEST = {"GDAL": (3, 12, 4), "GEOS": (3, 13, 0), "PROJ": (9, 5, 0), "SQLite": (3, 40, 1)}


@dataclass(frozen=True)
class Audit:
    """What is known of one requirements file: the findings as lines, the names not asked about, how many there are."""

    found: tuple[str, ...]
    unknown: tuple[str, ...]
    total: int

    @property
    def code(self) -> int:
        """Return the exit code that says it."""
        return VULNERABLE if self.found else UNKNOWN if self.unknown or not self.total else GOOD


def read_answer(answer: dict[str, Any]) -> Audit:
    """Return what the JSON of pip-audit says."""
    packages = answer["dependencies"]
    found = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}"
        for package in packages
        for fault in package.get("vulns", ())
    ]
    return Audit(
        tuple(found), tuple(package["name"] for package in packages if "skip_reason" in package), len(packages)
    )


def ask(requirements: Path) -> Audit:
    """Run pip-audit on a requirements file; a run without an answer leaves every package of it unknown."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off"]
    done = subprocess.run([*command, "-f", "json", "-r", requirements], capture_output=True, text=True, check=False)
    try:
        return read_answer(json.loads(done.stdout))
    except ValueError:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        pinned = [line.split("==")[0] for line in requirements.read_text().splitlines() if "==" in line]
        return Audit((), tuple(pinned), len(pinned))


def told(name: str, audit: Audit) -> str:
    """Return the sentences about one file."""
    lines = [f"{name}: {audit.total} packages, {len(audit.found)} known vulnerabilities"]
    lines += [f"  {finding}" for finding in audit.found]
    if audit.unknown:
        lines.append(f"  NOT AUDITED: {len(audit.unknown)} of {audit.total}: {', '.join(audit.unknown)}")
    return "\n".join(lines)


def inside() -> dict[str, tuple[int, ...]]:
    """Return the versions of the native libraries that the wheels bring."""
    return {
        "GDAL": tuple(pyogrio.__gdal_version__),
        "GEOS": tuple(shapely.geos_version),
        "PROJ": tuple(int(part) for part in pyproj.proj_version_str.split(".")),
        "SQLite": sqlite3.sqlite_version_info,
    }


def main(names: list[str]) -> int:
    """Audit the files; print what was found; return the exit code."""
    audits = {name: ask(Path(name)) for name in names}
    for name, audit in audits.items():
        print(told(name, audit))
    old = [name for name, version in inside().items() if version < OLDEST[name]]
    for name, version in inside().items():
        wanted = ".".join(map(str, OLDEST[name]))
        print(f"{name} {'.'.join(map(str, version))} (at least {wanted}){': TOO OLD' if name in old else ''}")
    codes = {audit.code for audit in audits.values()}
    return VULNERABLE if old or VULNERABLE in codes else max(codes, default=UNKNOWN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
