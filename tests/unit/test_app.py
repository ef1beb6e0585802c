"""The entry is found by every way of starting it, and holds what it should."""

import ast
from pathlib import Path

from streamlit import config

from mapapp import app as entry


def test_streamlit_run_finds_the_application_in_the_file_itself() -> None:
    tree = ast.parse(Path(entry.__file__).read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "app"]
    (assignment,) = assigned
    assert ast.unparse(assignment.value).startswith("st.App(")


def test_the_script_is_named_by_an_absolute_path_that_is_there() -> None:
    assert entry.app.script_path.is_absolute()
    assert entry.app.script_path.is_file()


def test_options_are_set_on_import() -> None:
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("server.headless") is True
