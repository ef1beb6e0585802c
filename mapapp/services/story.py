"""The guided tour of an edition in one language: sentences with their figures measured, sources found, marks placed."""

from typing import Any

from mapapp.domain.edition import Edition
from mapapp.domain.errors import UnknownStop
from mapapp.domain.story import Figure, Sentence, Stop, find_source, measure_figure
from mapapp.resources.messages import Messages
from mapapp.services.words import kilometres, percent

OFFERED = "offer"
"""The value of the parameter `story` that offers the tour and opens no stop."""


def find_stop(edition: Edition, name: str, parameter: str = "story") -> Stop:
    """Return the stop of an id or number; UnknownStop when the edition's story has none, or there is no story."""
    if edition.dataset.story is None:
        raise UnknownStop(parameter, name=name[:40], count=0)
    return edition.dataset.story.find(name, parameter)


def opening(edition: Edition, name: str | None) -> Stop | None:
    """Return the stop that the parameter `story` opens: none when it is missing, or offers the tour that there is."""
    if name is None or (name == OFFERED and edition.dataset.story):
        return None
    return find_stop(edition, name)


def story_block(edition: Edition, words: Messages) -> dict[str, Any] | None:
    """Return what the page needs to tell the story: its words in one language, and nothing of the others.

    None where there is no story.
    """
    story = edition.dataset.story
    if story is None:
        return None
    return {
        "title": _in(story.title, words),
        "credit": _in(story.credit, words),
        "texts": {key.replace(".", "_"): text for key, text in words.under("story").items()},
        "stops": [_stop(edition, stop, words) for stop in story.stops],
    }


def _stop(edition: Edition, stop: Stop, words: Messages) -> dict[str, Any]:
    found = [(name, find_source(edition, name)) for name in _sources(stop)]
    rows = [(name.partition(":")[0], row) for name, row in found if row]
    return {
        "id": stop.id,
        "day": stop.day,
        "extent": stop.extent,
        "layers": stop.layers,
        "title": _in(stop.title, words),
        "sentences": [tell(edition, sentence, stop.day, words) for sentence in stop.sentences],
        "sources": _merge([_source(row, words) for _, row in rows]),
        "marks": [_mark(row) for kind, row in rows if kind == "event" and row["plotted"]],
    }


def _sources(stop: Stop) -> list[str]:
    """Return what the stop rests on, each once, in the order of the sentences."""
    return list(dict.fromkeys(source for sentence in stop.sentences for source in sentence.sources))


def tell(edition: Edition, sentence: Sentence, day: str, words: Messages) -> str:
    """Return a sentence in the language of the messages, its figures measured in the edition."""
    figures = {name: figure_in_words(edition, figure, day, words) for name, figure in sentence.figures.items()}
    return _in(sentence.texts, words).format(**figures)


def figure_in_words(edition: Edition, figure: Figure, day: str, words: Messages) -> str:
    """Return a figure without its unit: whole percent, or km as everywhere."""
    value = measure_figure(edition, figure, day)
    return percent(value, words, decimals=0) if figure.kind == "share" else kilometres(value, words)


def _in(texts: Any, words: Messages) -> str:
    return str(texts.get(words.language) or texts["en"])


def _source(row: dict[str, Any], words: Messages) -> dict[str, str]:
    """Return what a source is about and what it is, with an address where the data has one."""
    name = row.get(f"name_{words.language}") or row.get("title") or row["name"]
    return {"about": str(name), "source": str(row["source"]), "url": str(row["source_url"] or "")}


def _merge(sources: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the sources with one line for those that say the same of several things."""
    merged: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        merged.setdefault((source["source"], source["url"]), []).append(source["about"])
    return [{"about": "; ".join(about), "source": name, "url": url} for (name, url), about in merged.items()]


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    point = row["geometry"]
    return {"x": round(point.x, 4), "y": round(point.y, 4), "day": row["day"]}
