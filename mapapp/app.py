"""The entry: one ASGI application that serves pages, API and embedded map on one port."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from mapapp.services.base_maps import base_maps
from mapapp.services.deliver import warm_up
from mapapp.settings import settings
from mapapp.ui.failure import tell_failure
from mapapp.ui.options import apply_options, inline_script_hashes
from mapapp.web.assets import font_faces
from mapapp.web.middleware import Discovery, Gate, HeaderRules, SecurityHeaders, app_policy
from mapapp.web.site import ROUTES, exception_handlers

chosen = settings()
base_maps(chosen)  # a provider that cannot be used is refused before anything is served
logging.getLogger("mapapp").setLevel(chosen.log_level.upper())
apply_options(chosen, font_faces())
rules = HeaderRules(app_policy(inline_script_hashes(), chosen.frame_ancestors), chosen.frame_ancestors)


@asynccontextmanager
async def ready(_app: st.App) -> AsyncIterator[None]:
    """Read the data and build the page before the first reader comes; then spare the collector what stays."""
    apply_options(chosen, font_faces())
    await run_in_threadpool(warm_up)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    str(Path(__file__).parent / "ui" / "main.py"),
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders, rules=rules),
        Middleware(Gate, allowed_hosts=chosen.allowed_hosts),
        Middleware(Discovery),
    ],
    exception_handlers=exception_handlers(rules),
    lifespan=ready,
    on_script_error=tell_failure,
)
