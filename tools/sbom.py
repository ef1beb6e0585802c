"""Write the bill of materials of what runs: CycloneDX JSON, one component for each pin of requirements.txt.

Usage: python tools/sbom.py FILE
The licences come from the installed packages, so it is run by the environment that has them; what that environment
holds beside the pins (the tools of development) is left out.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.version import Version

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: Path) -> dict[str, Version]:
    """Return name → version of a requirements file."""
    return {plain(name): Version(version) for name, version in PIN.findall(requirements.read_text(encoding="utf-8"))}


def installed() -> dict[str, Any]:
    """Return the bill of everything in this environment."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--validate"]
    project = ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application", "-o", "-", sys.executable]
    done = subprocess.run([*command, *project], capture_output=True, text=True, check=True)
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def only(bill: dict[str, Any], wanted: dict[str, Version]) -> dict[str, Any]:
    """Keep the components that are pinned; raise ValueError when one is missing or of another version."""
    kept = [part for part in bill["components"] if wanted.get(plain(part["name"])) == Version(part["version"])]
    if missing := sorted(wanted.keys() - {plain(part["name"]) for part in kept}):
        raise ValueError(f"not installed as pinned: {', '.join(missing)}")
    references = {part["bom-ref"] for part in kept} | {bill["metadata"]["component"]["bom-ref"]}
    depends = [
        {**row, "dependsOn": [to for to in row.get("dependsOn", ()) if to in references]}
        for row in bill["dependencies"]
        if row["ref"] in references
    ]
    return {**bill, "components": kept, "dependencies": depends}


def main(target: Path) -> None:
    """Write the bill and say how much it holds."""
    bill = only(installed(), pins(ROOT / "requirements.txt"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} components")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
