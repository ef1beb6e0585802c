"""What a picture's file says about itself: title, day, version, address, licence, and the picture in words."""

from importlib.metadata import version as installed_version

from mapapp.render.press.layout import Composition
from mapapp.render.typeface import plain

About = dict[str, str]
"""The keywords of PNG for what they fit, and plain words for the rest."""


def about(composition: Composition) -> About:
    """Return the facts, the empty ones left out."""
    caption, edition = composition.caption, composition.edition
    told = {
        "Title": composition.title,
        "Date": composition.options.day,
        "Compared with": composition.options.compare,
        "Description": composition.alternative,
        "Author": edition.dataset.credit,
        "Copyright": edition.dataset.licence,
        "Dataset": edition.dataset.name,
        "Version": edition.version,
        "Evidence": caption.evidence,
        "URL": composition.link,
        "Language": composition.options.language,
        "Software": f"mapapp {installed_version('mapapp')}",
    }
    return {key: plain(text) for key, text in told.items() if text}
