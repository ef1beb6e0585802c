"""The picture is the screen's map: the same holders on the same ground, the same fronts, the same names."""

import numpy as np
import pytest

from mapapp.domain.measure import holders_of
from mapapp.render.page import Start, build_page
from mapapp.render.press.layout import lay_out
from mapapp.render.press.order import read_options
from mapapp.render.press.picture import draw_picture
from mapapp.resources.messages import messages
from support.both_maps import distances, front_pixels, read_pdf, read_screen
from support.map_page import DAY, visit

VIEW = "() => mapapp.map.setView([35.2, 40.2], 8.5, {animate: false})"
NOTABLE = 0.01


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_a_pdf_shows_what_the_screen_shows(open_context, server, edition, language):
    built = build_page(edition, messages(language))
    page = visit(
        open_context("desktop").new_page(), server.put("/embed", built, Start(DAY, ("control",), lang=language))
    )
    page.evaluate(VIEW)
    page.wait_for_timeout(600)
    shown = read_screen(page)
    bbox = ",".join(f"{edge:.6f}" for edge in shown.extent)
    options = read_options(edition, {"bbox": bbox, "format": "pdf", "layers": "control", "lang": language})
    composition = lay_out(edition, options)
    owners, seen = read_pdf(draw_picture(edition, options).content, composition, shown)
    seen &= ~shown.covered
    assert seen.mean() > 0.5

    present = set()
    for number, holder in enumerate(shown.holders):
        mine, theirs = (grid[seen] == number for grid in (shown.owners, owners))
        if mine.mean() > NOTABLE:
            present.add(holder)
            assert theirs.sum() == pytest.approx(mine.sum(), rel=0.01), holder
    assert len(present) >= 3

    on_screen, on_paper = front_pixels(shown.owners, seen), front_pixels(owners, seen)
    assert np.percentile(distances(on_screen, on_paper), 95) <= 2
    assert np.percentile(distances(on_paper, on_screen), 95) <= 2

    words = " ".join(text for text, _ in composition.texts)
    names = {holder.key: composition.caption.holder(holder) for holder in holders_of(edition.slice("control", DAY))}
    single = {key: name for key, name in names.items() if "-" not in key}
    named = {key for key, name in single.items() if name.partition(" (")[0] in words}
    assert named == {holder.key for holder in composition.scene.present if holder.actor}
    assert present <= named
