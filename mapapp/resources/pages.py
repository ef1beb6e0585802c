"""The templates of resources/templates, filled in with every value escaped."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined


def fill(template: str, **values: Any) -> str:
    """Return a template with its values as HTML text: no value can become markup, and none is read as a template."""
    return _environment().get_template(template).render(**values)


def text_of(name: str) -> str:
    """Return a file of resources/templates as it is."""
    return (files("mapapp.resources") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True, loader=FunctionLoader(lambda name: text_of(f"{name}.html.jinja")), undefined=StrictUndefined
    )
