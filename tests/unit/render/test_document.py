"""Documents become pages in which every link works and nothing but their own markup is markup."""

from mapapp.render.document import read_document


def html(text: str) -> str:
    return "".join(piece.html for piece in read_document(text, {"OTHER.md": "other"}).pieces)


def test_headings_can_be_linked_to_and_differ() -> None:
    document = read_document("# Map\n\n## Évidence, *here*\n\ntext\n\n## Evidence here\n\n## ؟\n", {})
    assert document.title == "Map"
    assert [heading.id for heading in document.headings] == ["map", "evidence-here", "evidence-here--2", "section"]
    assert '<h2 id="evidence-here--2">' in document.pieces[0].html


def test_pieces_end_at_their_marks() -> None:
    document = read_document("# A\n\n<!-- page: log -->\n\n## B\n\n<!-- page: cite -->\n", {})
    assert [piece.mark for piece in document.pieces] == ["log", "cite", ""]
    assert "<h2" in document.pieces[1].html
    assert "A" not in document.pieces[0].html, "the title is not part of it"


def test_markup_is_text_and_remarks_are_left_out() -> None:
    text = html("<!-- figures: x -->\na <b>bold</b> <script>1</script>\n\n<div onclick=x>\n")
    assert "figures" not in text
    assert "<b>" not in text
    assert "<script" not in text
    assert "<div" not in text


def test_links_lead_to_pages_or_are_text() -> None:
    text = html("[a](OTHER.md) [b](sources/x.csv) [c](#here) [d](https://example.org/) [e](javascript:x) [f](//e.org)")
    assert text.count("<a ") == 3
    assert '<a href="other">a</a> b <a href="#here">c</a> <a href="https://example.org/">d</a>' in text


def test_no_picture_is_fetched() -> None:
    assert "<img" not in html("![a](https://example.org/a.png)")


def test_wide_tables_scroll_and_need_no_inline_style() -> None:
    text = html("| a | b |\n|---|---:|\n| 2017-09-21 | 1 |\n")
    assert '<td class="day">2017-09-21</td>' in text
    assert text.startswith('<div class="table" tabindex="0">')
    assert '<td class="number">1</td>' in text
    assert "style=" not in text
