"""The picture as SVG: a group for each layer, named so in Inkscape and Illustrator; letters as outlines or as text."""

import io
import re
from copy import deepcopy
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG

from mapapp.render.press.about import About
from mapapp.render.press.layout import Composition
from mapapp.render.sheet import GROUPS
from mapapp.render.typeface import is_arabic

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
RDF, DC, CC = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://creativecommons.org/ns#",
)
FAMILIES = "'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
LONG = re.compile(r"\d+\.\d{3,}")
FACTS = {
    "title": "Title", "date": "Date", "description": "Description", "creator": "Author", "rights": "Copyright",
    "identifier": "Version", "source": "URL", "language": "Language", "publisher": "Software", "coverage": "Evidence",
}  # fmt: skip


def write_svg(composition: Composition, told: About) -> bytes:
    """Return the sheet as a file; sizes are in px or mm, and one unit of it is a layout pixel."""
    buffer = io.StringIO()
    fonttype = "none" if composition.sheet.live_text else "path"
    with rc_context({"svg.fonttype": fonttype, "svg.id": None}):
        FigureCanvasSVG(composition.sheet.figure).print_svg(buffer, metadata={"Date": None})
    for prefix, space in (("", SVG), ("xlink", XLINK), ("inkscape", INKSCAPE), ("rdf", RDF), ("dc", DC), ("cc", CC)):
        ET.register_namespace(prefix, space)
    drawn = fromstring(buffer.getvalue())
    made = _root(composition, told)
    made.extend(element for element in drawn.iter(f"{{{SVG}}}defs"))
    _add_layers(made, drawn, composition)
    written: str = ET.tostring(made, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'.encode()


def _root(composition: Composition, told: About) -> ET.Element:
    """Return the outermost element with size, title, description and facts."""
    options = composition.options
    width, height = composition.sheet.width, composition.sheet.height
    root = ET.Element(
        f"{{{SVG}}}svg",
        {
            "width": f"{options.width:g}{options.unit if options.unit == 'mm' else ''}",
            "height": f"{options.height:g}{options.unit if options.unit == 'mm' else ''}",
            "viewBox": f"0 0 {width:g} {height:g}",
            "version": "1.1",
            "role": "img",
            "lang": options.language,
            "aria-labelledby": "title desc",
        },
    )
    ET.SubElement(root, f"{{{SVG}}}title", {"id": "title"}).text = told["Title"]
    ET.SubElement(root, f"{{{SVG}}}desc", {"id": "desc"}).text = told["Description"]
    metadata = ET.SubElement(root, f"{{{SVG}}}metadata")
    work = ET.SubElement(ET.SubElement(metadata, f"{{{RDF}}}RDF"), f"{{{CC}}}Work")
    for name, key in FACTS.items():
        if key in told:
            ET.SubElement(work, f"{{{DC}}}{name}").text = told[key]
    return root


def _add_layers(root: ET.Element, drawn: ET.Element, composition: Composition) -> None:
    """Put what Matplotlib drew into one group a layer, in the order in which it was drawn."""
    paper = composition.sheet.theme.paper
    layer = _layer(root, "background")
    if paper != "none":
        size = {"width": f"{composition.sheet.width:g}", "height": f"{composition.sheet.height:g}"}
        ET.SubElement(layer, f"{{{SVG}}}rect", {"fill": paper, **size})
    parts = [element for element in drawn.iter(f"{{{SVG}}}g") if "|" in element.get("id", "")]
    for name in GROUPS:
        own = [element for element in parts if element.get("id", "").startswith(f"{name}|")]
        if own:
            layer = layer if name == "background" else _layer(root, name)
            layer.extend(made for element in own for made in _finish(element, composition))


def _layer(root: ET.Element, name: str) -> ET.Element:
    marks = {"id": name, f"{{{INKSCAPE}}}groupmode": "layer", f"{{{INKSCAPE}}}label": name}
    return ET.SubElement(root, f"{{{SVG}}}g", marks)


def _finish(element: ET.Element, composition: Composition) -> list[ET.Element]:
    """Return what was drawn without the id that only told its layer; live text with its halo below it."""
    _, _, *halo = element.attrib.pop("id").split("|")
    if not composition.sheet.live_text:
        for path in element.iter(f"{{{SVG}}}path"):
            path.set("d", LONG.sub(lambda number: f"{float(number[0]):.2f}", path.get("d", "")))
        return [element]
    texts = list(element.iter(f"{{{SVG}}}text"))
    for text in texts:
        _dress(text, composition)
    if not texts or not halo:
        return [element]
    below = deepcopy(element)
    for text in below.iter(f"{{{SVG}}}text"):
        colour, width = halo
        style = re.sub(r"fill: [^;]+", f"fill: {colour}", text.get("style", ""))
        text.set("style", f"{style}; stroke: {colour}; stroke-width: {width}; stroke-linejoin: round")
        text.set("aria-hidden", "true")
    return [below, element]


def _dress(text: ET.Element, composition: Composition) -> None:
    """Name fonts that others have, and say in which direction the line reads."""
    own = composition.options.style.name and composition.sheet.typeface
    if not own:
        text.set("style", re.sub(r"font-family: [^;]+", f"font-family: {FAMILIES}", text.get("style", "")))
    first = next((letter for letter in text.text or "" if letter.isalpha()), "")
    if is_arabic(first) or (text.text or "").startswith("\N{RIGHT-TO-LEFT MARK}"):
        style = text.get("style", "")
        anchor = style if "text-anchor: middle" in style else style.replace("text-anchor: start", "text-anchor: end")
        text.set("style", f"{anchor}; direction: rtl")
