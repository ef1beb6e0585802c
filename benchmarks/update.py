"""Compare, in one run, bringing 769 daily files into the store with reading them by geopandas.read_file alone.

    make bench
    python benchmarks/update.py

Reads, checks, proposes and publishes a new dataset into an empty SQLite store, then tells two versions of the built-in
dataset apart. Ends with code 1 when the import takes more than four times the reading, the memory passes 1.5 GB, or a
difference takes a second or more.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from mapapp.domain.edition import Edition
from mapapp.ingest.limits import command_limits
from mapapp.services import catalog
from mapapp.services.check import check_paths
from mapapp.services.rights import command_user
from mapapp.services.update.bring import Asked, make, purpose_of
from mapapp.services.update.difference import difference
from mapapp.services.update.publish import publish_now
from support.daily_fronts import write_days

TIMES, GIGABYTES, SECONDS = 4.0, 1.5, 1.0


def timed(what: str, work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{what:<52}{seconds:>8.2f} s")
    return seconds, result


def bring(paths: list[Path]) -> object:
    asked = Asked("front", "A front", "control", "sdf", sources="bench")
    found = check_paths(paths, purpose_of(asked), command_limits())
    return publish_now(command_user("bench"), make(asked, found), "769 days", "bench")


def another(edition: Edition) -> Edition:
    """Return the built-in dataset with every fiftieth area in other hands."""
    control = edition.layers["control"].copy()
    areas = control.index[(control["status"] == "control")][::50]
    control.loc[areas, "actor"] = ["gov" if actor != "gov" else "isis" for actor in control.loc[areas, "actor"]]
    return Edition(edition.dataset, "another", {**edition.layers, "control": control})


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MAPAPP_DATA_DIR"] = str(Path(folder) / "var")
        days = Path(folder) / "days"
        days.mkdir()
        paths = write_days(days)
        base = catalog.open_edition()
        print(f"{len(paths)} daily files, {sum(path.stat().st_size for path in paths) / 1e6:.0f} MB")
        reading, _ = timed("geopandas.read_file alone", lambda: [len(gpd.read_file(path)) for path in paths])
        bringing, version = timed("read, checked, made one history, published", lambda: bring(paths))
        print(f"    {version.features} features; times reading: {bringing / reading:.2f} (at most {TIMES:g})")
        gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"most memory: {gigabytes:.2f} GB (at most {GIGABYTES})")
        other = another(base)
        comparing, found = timed("difference of two versions, with one day", lambda: compare(base, other))
        print(f"    {len(found.layers['control'].changed)} features changed, {len(found.days)} runs of days differ")
    return 0 if bringing <= TIMES * reading and gigabytes <= GIGABYTES and comparing < SECONDS else 1


def compare(base: Edition, other: Edition) -> object:
    found = difference(base, other)
    found.on(found.days[0].first)
    return found


if __name__ == "__main__":
    sys.exit(main())
