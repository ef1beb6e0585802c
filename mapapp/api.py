"""What `import mapapp` offers to notebooks and scripts."""

from collections.abc import Iterable
from functools import cache

import folium

from mapapp.domain.edition import Dataset, Edition, Layers
from mapapp.ingest.layers import load_edition, load_layers
from mapapp.render import plain_map
from mapapp.resources.messages import messages

__all__ = ["load_layers", "map_of"]


def map_of(
    day: str,
    *,
    layers: Layers | None = None,
    dataset: Dataset | None = None,
    show: Iterable[str] = plain_map.SHOWN,
    language: str = "en",
) -> folium.Map:
    """Return a plain folium.Map of a day written YYYY-MM-DD; it needs no network, and data stay text in it.

    `layers` are GeoDataFrames in EPSG:4326 such as `load_layers` returns, changed as you like, and `dataset` what they
    belong to; by default the built-in theatre. `show` names the layers to draw, besides the ground. Popups and
    markers that you add work; plugins and Font Awesome icons fetch their scripts from elsewhere. Raises NotADay,
    DayOutsideDataset, UnknownLayer.
    """
    built_in = _built_in()
    edition = Edition(dataset or built_in.dataset, built_in.version, layers) if layers is not None else built_in
    return plain_map.map_of(edition, day, messages=messages(language), show=show)


@cache
def _built_in() -> Edition:
    return load_edition()
