"""A Markdown document of the project as HTML: headings that can be linked to, tables, no markup but its own."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARK = re.compile(r"^<!-- page: ([a-z]+) -->$", re.MULTILINE)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
REMARK = re.compile(r"^<!--.*-->\n?", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading with the id under which it can be linked to; level 1 is the title."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a document: its HTML, and the name of the mark that it ends with, empty at the end."""

    html: str
    mark: str


@dataclass(frozen=True)
class Document:
    """A document in pieces, without its title, cut where it says `<!-- page: NAME -->`."""

    headings: tuple[Heading, ...]
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Return the text of the first heading."""
        return self.headings[0].text


def read_document(text: str, addresses: Mapping[str, str]) -> Document:
    """Render a document. Links to files become the addresses given; other relative links stay text without a link.

    Markup inside the document is shown as text; remarks are left out.
    """
    headings: list[Heading] = []
    parts = MARK.split(text)
    htmls = [_render(REMARK.sub("", part), addresses, headings) for part in parts[::2]]
    return Document(tuple(headings), tuple(map(Piece, htmls, [*parts[1::2], ""])))


def _render(text: str, addresses: Mapping[str, str], headings: list[Heading]) -> str:
    """Render one piece and take down its headings."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.disable("image")
    tokens = parser.parse(text)
    _name_headings(tokens, headings)
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, addresses))
    return str(parser.renderer.render(list(_framed(_untitled(tokens))), parser.options, {}))


def _untitled(tokens: list[Token]) -> Iterator[Token]:
    """Leave out headings of level 1: opening, text, end."""
    inside = False
    for token in tokens:
        inside = inside or (token.type == "heading_open" and token.tag == "h1")
        if not inside:
            yield token
        inside = inside and token.type != "heading_close"


def _name_headings(tokens: list[Token], headings: list[Heading]) -> None:
    """Give each heading an id of its own."""
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children or ())
        base = _slug(text)
        taken = sum(heading.id == base or heading.id.startswith(f"{base}--") for heading in headings)
        name = f"{base}--{taken + 1}" if taken else base
        headings.append(Heading(int(opening.tag[1]), name, text))
        opening.attrSet("id", name)


def _slug(text: str) -> str:
    """Return a text as an id: lower-case letters, digits, single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


def _linked(tokens: Iterable[Token], addresses: Mapping[str, str]) -> Iterator[Token]:
    """Yield inline tokens with links that work on the page; no link lies in another."""
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs["href"])
            href = addresses.get(href, href)
            dropped = not href.startswith(("#", "https://")) and href not in addresses.values()
            token.attrSet("href", href)
        if not (dropped and token.type in {"link_open", "link_close"}):
            yield token


def _framed(tokens: Iterable[Token]) -> Iterator[Token]:
    """Put each table into a frame that scrolls by itself, so that a wide one does not widen the page."""
    for token, following in pairwise([*tokens, Token("end", "", 0)]):
        if token.type == "table_open":
            yield Token("html_block", "", 0, content='<div class="table" tabindex="0">\n')
        if token.type in {"th_open", "td_open"} and "style" in token.attrs:
            token.attrs = {"class": "number"}  # the policy of the page allows no inline style
        elif token.type == "td_open" and DAY.fullmatch(following.content):
            token.attrs = {"class": "day"}
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n")
