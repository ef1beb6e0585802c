"""The picture as PDF: vectors, fonts inside, and the facts as document information and as XMP."""

import io
from typing import Any
from xml.etree import ElementTree as ET

from matplotlib import rc_context
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_pdf import Name, PdfFile, RendererPdf

from mapapp.render.press.about import About
from mapapp.render.press.layout import Composition
from mapapp.render.sheet import POINTS_PER_INCH

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
BASIC = "http://ns.adobe.com/xap/1.0/"
PDF = "http://ns.adobe.com/pdf/1.3/"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'


def write_pdf(composition: Composition, told: About) -> bytes:
    """Return the sheet as a page on which a layout pixel is a point, 1/72 inch."""
    figure = composition.sheet.figure
    figure.set_facecolor(composition.sheet.theme.paper)
    figure.dpi = POINTS_PER_INCH
    width, height = figure.get_size_inches()
    buffer = io.BytesIO()
    info = {
        "Title": told["Title"], "Subject": told["Description"], "Author": told["Author"],
        "Keywords": "; ".join(told[key] for key in ("Date", "Version", "Copyright", "URL") if key in told),
        "Creator": told["Software"], "Producer": told["Software"], "CreationDate": None, "ModDate": None,
    }  # fmt: skip
    file = PdfFile(buffer, metadata=info)
    try:
        file.newPage(width, height)
        renderer: Any = MixedModeRenderer(
            figure, width, height, POINTS_PER_INCH, RendererPdf(file, POINTS_PER_INCH, height, width)
        )
        figure.draw(renderer)
        renderer.finalize()
        _attach(file, _xmp(told), composition.options.language)
        file.finalize()
    finally:
        file.close()
    return buffer.getvalue()


def _attach(file: PdfFile, xmp: bytes, language: str) -> None:
    """Write the facts into the file, and its catalogue again with them."""
    file.endStream()
    place = file.reserveObject("XMP")
    with rc_context({"pdf.compression": 0}):  # programs look for it without reading the rest
        file.outputStream(place, xmp, extra={"Type": Name("Metadata"), "Subtype": Name("XML")})
    catalogue = {
        "Type": Name("Catalog"), "Pages": file.pagesObject, "Metadata": place, "Lang": language.encode(),
        "ViewerPreferences": {"DisplayDocTitle": True},
    }  # fmt: skip
    file.writeObject(file.rootObject, catalogue)


def _xmp(told: About) -> bytes:
    """Return the facts as an XMP packet."""
    for prefix, space in (("rdf", RDF), ("dc", DC), ("xmp", BASIC), ("xmpRights", RIGHTS), ("pdf", PDF)):
        ET.register_namespace(prefix, space)
    root = ET.Element(f"{{{RDF}}}RDF")
    about = ET.SubElement(root, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for name, key in (("title", "Title"), ("description", "Description"), ("rights", "Copyright")):
        line = ET.SubElement(ET.SubElement(about, f"{{{DC}}}{name}"), f"{{{RDF}}}Alt")
        ET.SubElement(line, f"{{{RDF}}}li", {LANGUAGE: "x-default"}).text = told[key]
    for name, key in (("creator", "Author"), ("date", "Date"), ("language", "Language")):
        line = ET.SubElement(ET.SubElement(about, f"{{{DC}}}{name}"), f"{{{RDF}}}Seq")
        ET.SubElement(line, f"{{{RDF}}}li").text = told[key]
    ET.SubElement(about, f"{{{DC}}}identifier").text = f"{told['Dataset']} {told['Version']}"
    if "URL" in told:
        ET.SubElement(about, f"{{{DC}}}source").text = told["URL"]
    ET.SubElement(about, f"{{{RIGHTS}}}UsageTerms").text = told["Copyright"]
    ET.SubElement(about, f"{{{BASIC}}}CreatorTool").text = told["Software"]
    ET.SubElement(about, f"{{{PDF}}}Keywords").text = told["Evidence"]
    wrapped = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{ET.tostring(root, encoding="unicode")}</x:xmpmeta>'
    return f'{BEGIN}{wrapped}\n<?xpacket end="r"?>'.encode()
