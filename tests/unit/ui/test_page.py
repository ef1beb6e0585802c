"""The script runs without a browser, and no name that data may carry becomes more than text."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapapp.domain.edition import Edition
from mapapp.ui import page
from support.instead import serve_instead

SCRIPT = Path(page.__file__).with_name("main.py")
NAME = "{{7*7}} ![x](http://evil.test/p.png) <img src=x onerror=x()> :material/delete: $\\href{http://evil.test}{x}$"


@pytest.fixture
def hostile(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The built-in dataset with names that would like to be markup."""
    actors = tuple(replace(actor, name=NAME) for actor in edition.dataset.actors)
    renamed = replace(edition, dataset=replace(edition.dataset, title=NAME, credit=NAME, actors=actors))
    for figure in ("stats", "closest", "contact_km"):
        vars(renamed)[figure] = getattr(edition, figure)
    serve_instead(renamed, monkeypatch)
    return renamed


def run(**address: str) -> AppTest:
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def test_runs_without_an_error() -> None:
    test = run(date="2017-09-05")
    assert not test.exception
    assert [button.label for button in test.button][:2] == ["Previous change", "Next change"]


def test_buttons_are_off_at_the_ends() -> None:
    assert run(date="2017-05-06").button[0].disabled
    assert run(date="2017-12-31").button[1].disabled


def test_hostile_names_are_never_given_to_a_markdown_element(hostile: Edition) -> None:
    test = run(date="2017-09-05")
    assert not test.exception
    assert hostile.dataset.title == NAME
    labels = [element.label for element in [*test.button, *test.get("button_group")] if hasattr(element, "label")]
    read_as_markdown = [*(element.value for element in test.markdown), *labels]
    assert not any("evil.test" in str(text) for text in read_as_markdown)
