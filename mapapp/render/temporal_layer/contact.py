"""How near the two camps stand to each other, day by day, as the page reads it."""

from typing import Any

from mapapp.domain.contact import Post
from mapapp.domain.edition import Edition
from mapapp.domain.periods import days_between
from mapapp.render.temporal_layer.places import Dictionary


def contact_block(edition: Edition) -> dict[str, Any]:
    """Return the closest posts, their distance and the km of front as columns, one entry for each day they change.

    Days count from the dataset's first; every post is kept once. Cost: seconds, unless the edition knows it already.
    """
    posts = Dictionary()
    pairs = [(day, pair) for day in edition.contact_days if (pair := edition.closest_on(day))]
    known: dict[str, Post] = {}
    for _, pair in pairs:
        known |= {_key(pair.one): pair.one, _key(pair.other): pair.other}
    return {
        "from": [days_between(edition.dataset.first_day, day) for day, _ in pairs],
        "km": [round(pair.km, 2) for _, pair in pairs],
        "front": [round(edition.contact_km_on(day), 1) for day, _ in pairs],
        "one": [posts.number(_key(pair.one)) - 1 for _, pair in pairs],
        "other": [posts.number(_key(pair.other)) - 1 for _, pair in pairs],
        "posts": [_post(known[key]) for key in posts.texts if key is not None],
    }


def _key(post: Post) -> str:
    """Return what tells a post from all others: a place may pass from one camp to the other."""
    return f"{post.actor} {post.id}"


def _post(post: Post) -> dict[str, Any]:
    return {
        "name": post.name,
        "kind": post.kind,
        "actor": post.actor,
        "x": round(post.lon, 4),
        "y": round(post.lat, 4),
    }
