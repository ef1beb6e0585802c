"""Files to keep beside pictures: the interactive page, and the data for other programs."""

from collections.abc import Mapping

from mapapp.domain.edition import Edition
from mapapp.resources.messages import messages
from mapapp.services import data_order, export_html
from mapapp.services.data_export import export_data
from mapapp.services.export_html import File
from mapapp.settings import settings

HTML = "html"
KINDS = (HTML, *data_order.FORMATS)
"""Endings of the files that are made here."""


def make_file(edition: Edition, kind: str, asked: Mapping[str, str], language: str = "en") -> File:
    """Return the file of a kind of KINDS; what is asked for by the names of addresses, and is not empty, counts.

    Data without a day are those of the whole history. Raises what the orders raise.
    """
    told = {name: text for name, text in asked.items() if text}
    if kind == HTML:
        known = {name: told[name] for name in export_html.ASKED if name in told}
        return export_html.export_html(edition, export_html.order_html(edition, known, messages(language)))
    known = {name: told[name] for name in data_order.ASKED if name in told}
    return export_data(edition, data_order.read_order(edition, kind, known), settings().public_url, language)
