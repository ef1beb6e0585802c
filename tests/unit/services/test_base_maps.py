"""Background maps are opt-in, and a provider that cannot be used is refused by name with the reason."""

import pytest

from mapapp.domain.errors import BadOption
from mapapp.services.base_maps import OWN, base_map, base_maps
from mapapp.settings import read_settings

TILES = {"MAPAPP_BASE_MAP_URL": "https://tiles.example.org/{z}/{x}/{y}.png", "MAPAPP_BASE_MAP_CREDIT": "© a mapper"}


def test_there_are_none_unless_named() -> None:
    assert base_maps(read_settings({})) == ()
    with pytest.raises(BadOption, match="no background map is offered"):
        base_map("OpenTopoMap")


def test_a_provider_comes_with_its_hosts_its_credit_and_its_zooms() -> None:
    (tiles,) = base_maps(read_settings({"MAPAPP_BASE_MAPS": "OpenTopoMap"}))
    assert tiles.key == "OpenTopoMap"
    assert tiles.origins == tuple(f"https://{name}.tile.opentopomap.org" for name in "abc")
    assert tiles.max_zoom == 17
    credit = dict(tiles.credit)
    assert credit["OpenStreetMap"] == "https://www.openstreetmap.org/copyright"
    assert "<" not in "".join(credit)


def test_what_stays_the_same_in_an_address_is_filled_in() -> None:
    (tiles,) = base_maps(read_settings({"MAPAPP_BASE_MAPS": "Stadia.AlidadeSmooth"}))
    assert tiles.url.endswith("/alidade_smooth/{z}/{x}/{y}{r}.png")
    assert tiles.origins == ("https://tiles.stadiamaps.com",)


def test_tiles_of_ones_own_come_first() -> None:
    offered = base_maps(read_settings({"MAPAPP_BASE_MAPS": "OpenTopoMap", **TILES}))
    assert [tiles.key for tiles in offered] == [OWN, "OpenTopoMap"]
    assert offered[0].origins == ("https://tiles.example.org",)
    assert offered[0].credit == (("© a mapper", ""),)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CartoDB.Positron", "needs a key"),
        ("MapBox", "needs a key"),
        ("OpenStreetMap.Mapnik", "address of the page"),
        ("NASAGIBS.ModisTerraChlorophyll", "broken"),
        ("Esri.ArcticImagery", "web Mercator"),
        ("No.Such", "xyzservices"),
    ],
)
def test_a_provider_that_cannot_be_used_is_refused_with_the_reason(name: str, reason: str) -> None:
    with pytest.raises(BadOption, match=reason) as caught:
        base_maps(read_settings({"MAPAPP_BASE_MAPS": name}))
    assert caught.value.parameter == "MAPAPP_BASE_MAPS"
    assert name in str(caught.value)
