"""What goes with data: where they come from, what each column means, how to cite them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd

from mapapp.domain.edition import Edition
from mapapp.domain.history import Version
from mapapp.domain.schema import COMMON, LAYERS
from mapapp.resources.messages import Messages
from mapapp.services.data_formats import HELD
from mapapp.services.data_order import DataOrder
from mapapp.services.method import About, citation
from mapapp.services.versions import public_author
from mapapp.services.words import day_in_words

MOST_SOURCES = 40
"""Sources of a layer that the text lists; the others stand in its column `source`."""

CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)")
SPDX = re.compile(r"(CC0|CC-BY(-NC)?(-SA|-ND)?|ODbL|ODC-By|PDDL)-\d\.\d")

Layers = Mapping[str, gpd.GeoDataFrame]


def readme(edition: Edition, order: DataOrder, layers: Layers, version: Version, link: str, words: Messages) -> str:
    """Return the text as Markdown; the meaning of columns is in English, as in the schema."""
    parts = [
        _head(edition, order, version, link, words),
        _reading(words),
        _common(words),
        *(_layer(name, rows, bool(order.day), words) for name, rows in layers.items()),
        _actors(edition, words),
        _method(edition, link, words),
        _sources(edition, layers, words),
        _citing(edition, order, link, words),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(edition: Edition, order: DataOrder, version: Version, link: str, words: Messages) -> Iterator[str]:
    dataset = edition.dataset
    if order.day:
        span = words("data.readme.on", day=day_in_words(order.day, words))
    else:
        span = words("data.readme.span", first=day_in_words(order.first, words), last=day_in_words(order.last, words))
    yield f"# {_line(dataset.titled(words.language))}"
    yield ""
    yield span
    yield ""
    told = {
        "dataset": dataset.name,
        "version": version.id,
        "published": version.at.date().isoformat(),
        "author": public_author(version),
        "message": version.message,
        "made_from": version.sources,
        "link": link,
    }
    texts = words.under("data.readme")  # filled in as they are: a link is to be copied without marks of direction
    yield from (f"- {texts[key].format(value=_line(value))}" for key, value in told.items() if value)


def _reading(words: Messages) -> Iterator[str]:
    yield f"## {words('data.readme.reading')}"
    yield ""
    yield from (f"- {text}" for text in words.under("data.readme.rule").values())


def _common(words: Messages) -> Iterator[str]:
    yield f"## {words('data.readme.common')}"
    yield ""
    yield from _table({prop.name: prop.meaning for prop in COMMON}, words)


def _layer(name: str, rows: gpd.GeoDataFrame, slice_of_a_day: bool, words: Messages) -> Iterator[str]:
    schema = LAYERS.get(name)
    yield f"## {words('data.readme.layer', name=name)}"
    yield ""
    kinds = ", ".join(sorted(set(rows.geom_type)))
    about = f"{schema.meaning[:1].upper()}{schema.meaning[1:]}. " if schema else ""
    yield about + words("data.readme.features", count=len(rows), kinds=kinds)
    meanings = {prop.name: prop.meaning for prop in schema.own} if schema else {}
    spared = {"geometry", *(prop.name for prop in COMMON)}
    told = {str(column): meanings.get(str(column), "") for column in rows.columns if column not in spared}
    if slice_of_a_day and "periods" in rows:
        told |= {column: f"{words('data.readme.held')}: {member}" for column, member in HELD.items()}
    if told:
        yield ""
        yield from _table(told, words)


def _table(meanings: Mapping[str, str], words: Messages) -> Iterator[str]:
    yield f"| {words('data.readme.column')} | {words('data.readme.meaning')} |"
    yield "|---|---|"
    yield from (f"| `{_line(column)}` | {_line(meaning)} |" for column, meaning in meanings.items())


def _actors(edition: Edition, words: Messages) -> Iterator[str]:
    yield f"## {words('data.readme.actors')}"
    yield ""
    for actor in edition.dataset.actors:
        named = dict.fromkeys(name for name in (actor.name, actor.name_ar, actor.name_ru) if name)
        yield f"- `{_line(actor.key)}`: {_line(' / '.join(named))}"


def _method(edition: Edition, link: str, words: Messages) -> Iterator[str]:
    yield f"## {words('data.readme.method')}"
    yield ""
    yield words("data.readme.derived" if edition.dataset.basis == "derived" else "data.readme.drawn")
    if link:
        yield ""
        yield words("data.readme.method_at", address=f"{link.partition('?')[0]}method?version={edition.version}")


def _sources(edition: Edition, layers: Layers, words: Messages) -> Iterator[str]:
    dataset = edition.dataset
    yield f"## {words('data.readme.sources')}"
    yield ""
    yield words("data.readme.credit", credit=_line(dataset.credited(words.language)), licence=_line(dataset.licence))
    for name, rows in layers.items():
        counts = rows["source"].dropna().value_counts() if "source" in rows else {}
        ranked = sorted(dict(counts).items(), key=lambda pair: (-pair[1], str(pair[0])))
        yield ""
        yield f"### {name}"
        yield ""
        yield from (f"- {_line(source)} ({count})" for source, count in ranked[:MOST_SOURCES])
        if len(ranked) > MOST_SOURCES:
            yield f"- {words('data.readme.more_sources', count=len(ranked) - MOST_SOURCES)}"


def _citing(edition: Edition, order: DataOrder, link: str, words: Messages) -> Iterator[str]:
    yield f"## {words('data.readme.citing')}"
    yield ""
    yield citation(About(edition, order.day), words) + (f" {link}" if link else "")


def citation_cff(edition: Edition, order: DataOrder, version: Version, link: str) -> str:
    """Return a CITATION.cff (Citation File Format 1.2.0); texts are quoted as JSON, which YAML reads the same."""
    dataset = edition.dataset
    days = order.day or f"{order.first} to {order.last}"
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite them as below and give the credit named in the abstract.",
        "type": "dataset",
        "title": f"{dataset.title}: who held what, {days}",
        "version": version.id,
        "date-released": version.at.date().isoformat(),
        "abstract": f"Control map, {days}. Credit: {dataset.credit}. Licence: {dataset.licence}.",
    }
    told |= {"license": spdx} if (spdx := spdx_of(dataset.licence)) else {}
    told |= {"url": link} if link else {}
    lines = [f"{key}: {json.dumps(' '.join(str(value).split()), ensure_ascii=False)}" for key, value in told.items()]
    return "\n".join([*lines, "authors:", '  - name: "mapapp contributors"']) + "\n"


def spdx_of(licence: str) -> str | None:
    """Return the SPDX identifier of a licence that is named plainly; None for any other text.

    >>> spdx_of("CC BY-SA 4.0"), spdx_of("CC0-1.0"), spdx_of("ask us")
    ('CC-BY-SA-4.0', 'CC0-1.0', None)
    """
    if found := CREATIVE_COMMONS.fullmatch(licence):
        return f"CC-{found[1]}-{found[2]}"
    return licence if SPDX.fullmatch(licence) else None


def _line(value: object) -> str:
    """Return a text on one line that Markdown takes for no heading, cell or markup."""
    return re.sub(r"([|<>])", r"\\\1", " ".join(str(value).split()))
