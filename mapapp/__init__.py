"""An interactive map of who held what territory, when.

`load_layers` reads the data as GeoDataFrames, `map_of` draws a day of it; both load when first asked for, so that
`import mapapp` stays quick.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapapp.api import load_layers, map_of

__all__ = ["__version__", "load_layers", "map_of"]
__version__ = version("mapapp")


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name in __all__:
        return getattr(import_module("mapapp.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
