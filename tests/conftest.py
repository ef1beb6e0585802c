"""Fixtures for every test folder."""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mapapp.domain.edition import Edition
from mapapp.ingest.layers import load_edition

UNDER_CI = os.environ.get("CI") == "true"
BROWSER = Path(__file__).parent / "browser"

# A busy machine is not a failure, so no example has a deadline; CI tries the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if UNDER_CI else "here")


DATA_DIR = "MAPAPP_DATA_DIR"


def pytest_configure() -> None:
    """Give all tests and the servers they start one store of their own, before anything reads the settings."""
    os.environ[DATA_DIR] = tempfile.mkdtemp(prefix="mapapp-test-data-")


def pytest_unconfigure() -> None:
    """Take it away."""
    shutil.rmtree(os.environ.pop(DATA_DIR, ""), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: their driver's event loop stays in this thread, and nothing else can run one then."""
    items.sort(key=lambda item: BROWSER in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skipped test as failed under CI, where everything can be had."""
    report = yield
    if UNDER_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The built-in dataset, read once."""
    return load_edition()
