"""Streamlit runs with our options, however it is started."""

import hashlib
from base64 import b64encode

import pytest
from streamlit import config

from mapapp.settings import read_settings
from mapapp.ui.options import apply_options, inline_script_hashes, options

NEEDED = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.headless": True,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
}


@pytest.mark.parametrize(("name", "value"), NEEDED.items())
def test_options_of_the_security_table(name: str, value: object) -> None:
    assert options()[name] == value


def test_every_option_is_one_that_streamlit_knows() -> None:
    known = config.get_config_options()
    assert [name for name in options() if name not in known] == []


def test_options_are_applied() -> None:
    apply_options(read_settings({"MAPAPP_ALLOWED_HOSTS": "map.example.org"}), [])
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("server.allowedHosts") == ["map.example.org"]
    apply_options(read_settings({}), [])
    assert config.get_option("server.allowedHosts") == []


def test_hash_is_of_the_inline_script_of_the_installed_page() -> None:
    (found,) = inline_script_hashes()
    script = b"\n      window.prerenderReady = false\n    "
    assert found == "sha256-" + b64encode(hashlib.sha256(script).digest()).decode()
