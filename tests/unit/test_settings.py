"""Every setting has a default that works, and a wrong value is told by its name."""

from pathlib import Path

import pytest

from mapapp.domain.errors import BadOption
from mapapp.settings import SETTINGS, read_settings


def test_defaults_are_usable() -> None:
    chosen = read_settings({})
    assert (chosen.host, chosen.port, chosen.layers_dir) == ("127.0.0.1", 8501, None)
    assert chosen.frame_ancestors == ("'none'",)
    assert chosen.embed_parents == chosen.allowed_hosts == ()
    assert chosen.report_to == ""
    assert (chosen.base_maps, chosen.base_map_url) == ((), "")


def test_every_setting_says_what_it_is_for() -> None:
    assert all(row.name.startswith("MAPAPP_") and row.help.endswith(".") for row in SETTINGS)


def test_lists_take_commas_and_spaces(tmp_path: Path) -> None:
    chosen = read_settings(
        {
            "MAPAPP_ALLOWED_HOSTS": "Map.example.org, *.example.net",
            "MAPAPP_EMBED_PARENTS": "https://news.example.org  http://localhost:8000",
            "MAPAPP_FRAME_ANCESTORS": "'self' https://*.example.org",
            "MAPAPP_LAYERS_DIR": str(tmp_path),
        }
    )
    assert chosen.allowed_hosts == ("map.example.org", "*.example.net")
    assert chosen.embed_parents == ("https://news.example.org", "http://localhost:8000")
    assert chosen.frame_ancestors == ("'self'", "https://*.example.org")
    assert chosen.layers_dir == tmp_path


@pytest.mark.parametrize("address", ["desk+map@example.org", "https://example.org/repo/issues/new?labels=data"])
def test_reports_go_to_mail_or_a_form(address: str) -> None:
    assert read_settings({"MAPAPP_REPORT_TO": address}).report_to == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAPAPP_PORT", "eighty"),
        ("MAPAPP_PORT", "65536"),
        ("MAPAPP_PORT", "٨٠٨٠"),
        ("MAPAPP_HOST", "a host"),
        ("MAPAPP_LAYERS_DIR", "/no/such/folder"),
        ("MAPAPP_FRAME_ANCESTORS", "'none'; script-src *"),
        ("MAPAPP_EMBED_PARENTS", "news.example.org"),
        ("MAPAPP_EMBED_PARENTS", "https://news.example.org/page"),
        ("MAPAPP_ALLOWED_HOSTS", "map.example.org:80"),
        ("MAPAPP_REPORT_TO", "desk"),
        ("MAPAPP_REPORT_TO", "javascript:alert(1)"),
        ("MAPAPP_REPORT_TO", "http://example.org/new"),
        ("MAPAPP_REPORT_TO", "desk@example.org?bcc=other@example.org"),
        ("MAPAPP_REPORT_TO", 'https://example.org/"><script>'),
        ("MAPAPP_BASE_MAPS", "Open Topo; Map"),
        ("MAPAPP_BASE_MAP_URL", "https://tiles.example.org/{z}/{x}.png"),
        ("MAPAPP_BASE_MAP_URL", "https://{s}.example.org/{z}/{x}/{y}.png"),
        ("MAPAPP_BASE_MAP_URL", "https://tiles.example.org; script-src */{z}/{x}/{y}.png"),
        ("MAPAPP_BASE_MAP_URL", "javascript:alert(1)/{z}/{x}/{y}"),
        ("MAPAPP_LOG_LEVEL", "loud"),
    ],
)
def test_wrong_value_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(BadOption) as caught:
        read_settings({name: value})
    assert caught.value.parameter == name
    assert name in str(caught.value)


def test_tiles_of_ones_own_name_whom_they_are_credited_to() -> None:
    tiles = {"MAPAPP_BASE_MAP_URL": "https://tiles.example.org:8080/{z}/{x}/{y}.png?v=2"}
    with pytest.raises(BadOption, match="MAPAPP_BASE_MAP_CREDIT"):
        read_settings(tiles)
    chosen = read_settings(tiles | {"MAPAPP_BASE_MAP_CREDIT": "© OpenStreetMap contributors"})
    assert chosen.base_map_url == tiles["MAPAPP_BASE_MAP_URL"]
    assert chosen.base_map_credit == "© OpenStreetMap contributors"
