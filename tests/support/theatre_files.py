"""The small theatre as a folder that `MAPAPP_LAYERS_DIR` may name, and a server of it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from mapapp.services.geojson import write_geojson
from support.machine import own_command
from support.serving import Served, serving
from support.theatre import theatre


def write_theatre(folder: Path) -> Path:
    """Write dataset.json and the layers into a new folder."""
    folder.mkdir()
    content = theatre()
    frame = {name: value for name, value in asdict(content.dataset).items() if value is not None}
    (folder / "dataset.json").write_text(json.dumps(frame), encoding="utf-8")
    for name, layer in content.layers.items():
        (folder / f"{name}.geojson").write_bytes(write_geojson(layer))
    return folder


@contextmanager
def serving_theatre(folder: Path) -> Iterator[Served]:
    """Serve the small theatre from a store of its own until the block ends."""
    layers = write_theatre(folder / "layers")
    env = {**os.environ, "MAPAPP_LAYERS_DIR": str(layers), "MAPAPP_DATA_DIR": str(folder / "var")}
    with serving(lambda port: [own_command(), "serve", "--port", str(port)], folder / "log.txt", env=env) as running:
        yield running
