"""What we rely on in Streamlit beyond its documented widgets: when an upgrade changes one, the sentence says which."""

import inspect
import tomllib
from importlib.resources import files

import pytest
import streamlit as st
from streamlit import config
from streamlit.components.v2 import component
from streamlit.web.server.starlette import starlette_routes as routes

from mapapp.ui.options import inline_script_hashes, options
from mapapp.web.middleware import INSIDE_ONLY, UPLOADS, app_policy

APP_PARAMETERS = ("routes", "middleware", "exception_handlers", "lifespan", "on_script_error")


@pytest.mark.parametrize("name", APP_PARAMETERS)
def test_app_takes(name: str) -> None:
    taken = inspect.signature(st.App).parameters
    assert name in taken, f"st.App takes no {name!r} any more: mapapp/app.py gives our routes, headers and gate by it."


def test_own_paths_are_where_the_gate_looks() -> None:
    uploads = f"/{routes.BASE_ROUTE_UPLOAD_FILE}"
    assert uploads == UPLOADS, f"Streamlit takes uploads at {uploads}: web/middleware.py guards {UPLOADS}."
    metrics = f"/{routes.BASE_ROUTE_CORE}/metrics"
    assert metrics in INSIDE_ONLY, f"Streamlit tells its figures at {metrics}: web/middleware.py hides {INSIDE_ONLY}."


def test_uploads_are_sent_by_methods_that_the_gate_refuses() -> None:
    source = inspect.getsource(routes.create_upload_routes)
    methods = {name for name in ("PUT", "POST", "PATCH", "DELETE") if f'"{name}"' in source}
    assert methods == {"PUT", "DELETE"}, f"Streamlit's upload endpoint takes {sorted(methods)}: look at the gate again."


@pytest.mark.parametrize("name", options())
def test_option_is_known(name: str) -> None:
    assert name in config.get_config_options(), f"Streamlit has no option {name} any more (mapapp/.streamlit)."


def test_page_has_the_inline_scripts_that_its_policy_can_name() -> None:
    hashes = inline_script_hashes()
    assert hashes, "Streamlit's page has no inline script any more: ui/options.py need not look for one."
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    foreign = [line for line in page.splitlines() if "src=" in line and "://" in line]
    assert foreign == [], f"Streamlit's page loads from elsewhere: {foreign}"
    assert all(digest in app_policy(hashes, ("'none'",)) for digest in hashes)


def test_components_are_declared_as_streamlit_reads_them() -> None:
    from streamlit.components.v2 import component_manager  # noqa: PLC0415 - a private name may go: told by this test

    assert hasattr(component_manager, "BidiComponentManager"), "The manager of packaged components has another name."
    declared = tomllib.loads((files("mapapp") / "pyproject.toml").read_text(encoding="utf-8"))
    components = declared["tool"]["streamlit"]["component"]["components"]
    for each in components:
        assert (files("mapapp") / each["asset_dir"]).is_dir(), f"{each['name']}: there is no folder of its files."
    taken = inspect.signature(component).parameters
    missing = {"name", "html", "js", "css"} - taken.keys()
    assert not missing, f"components.v2.component takes no {sorted(missing)} any more: our components are made by it."


def test_query_parameters_can_be_replaced_as_a_whole() -> None:
    assert callable(st.query_params.from_dict), "st.query_params.from_dict is gone: ui/address.py writes links by it."


@pytest.mark.parametrize("name", ["headers", "ip_address", "url"])
def test_context_tells(name: str) -> None:
    assert hasattr(type(st.context), name), f"st.context tells no {name} any more: rights and links are read from it."
