"""The built-in dataset with every text of its layers and actors made hostile."""

from dataclasses import replace

from mapapp.domain.edition import Edition

HOSTILE = (
    "{{7*7}}",
    "{% if",
    "{% endraw %}{{7*7}}{{ cycler.__init__ }}",
    "</script><script>window.hurt = 1</script>",
    '<img src=x onerror="window.hurt = 1">',
    "one\u2028two\u2029three",
    "</style><b>--><!--<script>",
    "javascript:window.hurt=1",
)
TEXT = " | ".join(HOSTILE)
COLUMNS = ("name", "name_ar", "note", "source", "source_url", "title", "unit")


def poisoned(edition: Edition) -> Edition:
    """Return the edition with HOSTILE as every name, note, source, title, unit, actor's name and credit."""
    layers = {}
    for name, layer in edition.layers.items():
        layers[name] = layer.assign(**{column: TEXT for column in COLUMNS if column in layer and name != "boundary"})
    places = layers["place"]
    periods = [[{**period, "source": TEXT} for period in cell] for cell in places["periods"]]
    layers["place"] = places.assign(periods=periods)
    actors = tuple(replace(actor, name=TEXT) for actor in edition.dataset.actors)
    dataset = replace(edition.dataset, title=TEXT, credit=TEXT, actors=actors)
    return Edition(dataset, "0123456789ab", layers)
