"""Other programs read our topology and find the same areas on every change day: GDAL, and topojson-client."""

import gzip
import json
import subprocess

import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapapp.domain.measure import area_km2
from mapapp.domain.slicing import slice_on
from mapapp.domain.topology import encode
from support.machine import find_npm_package, find_program

KILOBYTE = 1000
FEATURES = """
const fs = require("fs"), client = require(process.argv[1]);
const topology = JSON.parse(fs.readFileSync(process.argv[2]));
fs.writeFileSync(process.argv[3], JSON.stringify(client.feature(topology, topology.objects.control)));
"""


@pytest.fixture(scope="module")
def topology_file(edition, tmp_path_factory):
    path = tmp_path_factory.mktemp("topology") / "topology.json"
    topology = encode({"control": edition.layers["control"]})
    path.write_text(json.dumps(topology, ensure_ascii=False, separators=(",", ":")))
    return path


def same_areas(edition, read):
    """Compare km² of every holder on the first day and every change day."""
    read = read.assign(km2=area_km2(read.geometry))
    ours = edition.layers["control"].assign(km2=area_km2(edition.layers["control"].geometry))
    for day in [edition.dataset.first_day, *edition.change_days]:
        theirs = slice_on(read, day).set_index("id")["km2"].sort_index()
        expected = slice_on(ours, day).set_index("id")["km2"].sort_index()
        assert theirs.index.tolist() == expected.index.tolist()
        np.testing.assert_allclose(theirs.to_numpy(), expected.to_numpy(), rtol=1e-4)


def test_the_topology_of_control_weighs_little(topology_file):
    assert len(gzip.compress(topology_file.read_bytes(), 9)) < 80 * KILOBYTE


def test_gdal_reads_it(edition, topology_file):
    read = gpd.read_file(topology_file, layer="control")
    assert shapely.is_valid(read.geometry.to_numpy()).all()
    for column in ("valid_from", "valid_to"):
        if read[column].dtype.kind == "M":
            read[column] = read[column].dt.strftime("%Y-%m-%d")
    same_areas(edition, read)


def test_topojson_client_reads_it(edition, topology_file, tmp_path):
    client, out = find_npm_package("topojson-client"), tmp_path / "control.geojson"
    subprocess.run([find_program("node"), "-e", FEATURES, str(client), str(topology_file), str(out)], check=True)
    read = gpd.GeoDataFrame.from_features(
        [{**f, "properties": {**f["properties"], "id": f["id"]}} for f in json.loads(out.read_text())["features"]],
        crs=4326,
    )
    assert shapely.is_valid(read.geometry.to_numpy()).all()
    same_areas(edition, read)
