"""Compare, in one run, checking files with reading them by geopandas.read_file alone.

    make bench
    python benchmarks/check.py

A file of 100,000 polygons, 50 MB; and 769 daily files of about 3,000 vertices, read, checked and made one history.
Ends with code 1 when a check takes more than four times the reading, the memory passes 1.5 GB, or the history is
more than 250 kB as gzipped topology.
"""

import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np

from mapapp.domain.topology import encode
from mapapp.ingest.check import examine
from mapapp.ingest.intake import sources_of
from mapapp.ingest.layers import load_edition
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from support.daily_fronts import write_days

TIMES, GIGABYTES, KILOBYTES = 4.0, 1.5, 250
SIDE, AROUND = 317, 4


def many_polygons(path: Path) -> None:
    """Write 100,000 cells of a wobbled board, with vertices along their edges, as GeoJSON of about 50 MB."""
    along = np.arange(SIDE * AROUND + 1)
    x, y = np.meshgrid(36.0 + along * 6.0 / along[-1], 32.6 + along * 4.4 / along[-1])
    draw = np.random.default_rng(7)
    x, y = (np.round(grid + draw.uniform(-4e-4, 4e-4, grid.shape), 6) for grid in (x, y))
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(cell(number, x, y)) for number in range(SIDE * SIDE)))
        file.write("\n]}")


def cell(number: int, x: np.ndarray, y: np.ndarray) -> dict[str, object]:
    row, column = (part * AROUND for part in divmod(number, SIDE))
    steps = range(AROUND)
    places = [(row, column + step) for step in steps] + [(row + step, column + AROUND) for step in steps]
    places += [(row + AROUND, column + AROUND - step) for step in steps]
    places += [(row + AROUND - step, column) for step in steps]
    ring = [[float(x[at]), float(y[at])] for at in [*places, places[0]]]
    properties = {"id": f"c{number}", "actor": ("gov", "sdf", "isis")[number % 3], "valid_from": "2017-05-06"}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {**properties, "source": "bench"}, "geometry": geometry}


def timed(what: str, work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{what:<52}{seconds:>8.2f} s")
    return seconds, result


def compare(what: str, paths: list[Path], purpose: Purpose) -> tuple[bool, object]:
    """Time reading and checking; say whether the check is quick enough, and return what it found."""
    reading, _ = timed(f"{what}: geopandas.read_file", lambda: [len(gpd.read_file(path)) for path in paths])
    limits = command_limits()
    checking, found = timed(f"{what}: checked", lambda: examine(sources_of(paths, limits)[0], purpose, limits))
    kinds = {kind: len(faults) for kind, faults in found.report.groups.items()}
    print(f"{'':<4}{found.good} of {found.features} features good; {kinds or 'no faults'}")
    print(f"{'':<4}times reading: {checking / reading:.2f} (at most {TIMES:g})")
    return checking <= TIMES * reading and found.good == found.features, found


def main() -> int:
    dataset = replace(load_edition().dataset, last_day="2019-12-31")
    with tempfile.TemporaryDirectory() as folder:
        days = Path(folder) / "days"
        days.mkdir()
        paths = write_days(days)
        print(f"{len(paths)} daily files, {sum(path.stat().st_size for path in paths) / 1e6:.0f} MB")
        quick, found = compare("daily files", paths, Purpose(dataset, layer="control", actor="sdf"))
        control = found.layers["control"]
        packed = gzip.compress(
            json.dumps(encode({"control": control}, 1e-5), separators=(",", ":")).encode(), 9, mtime=0
        )
        gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{len(control)} periods as topology: {len(packed) / 1e3:.0f} kB gzipped (at most {KILOBYTES})")
        print(f"most memory: {gigabytes:.2f} GB (at most {GIGABYTES})")
        del found, control
        large = Path(folder) / "large.geojson"
        many_polygons(large)
        print(f"{large.stat().st_size / 1e6:.0f} MB, {SIDE * SIDE} polygons")
        fine, _ = compare("one large file", [large], Purpose(dataset, layer="control"))
    return 0 if fine and quick and len(packed) <= KILOBYTES * 1000 and gigabytes <= GIGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
