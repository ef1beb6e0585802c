"""A dataset that has areas of control and nothing else is drawn all the same."""

from pathlib import Path

from playwright.sync_api import Page

from mapapp.domain.edition import Edition
from mapapp.render.page import Start, build_page
from mapapp.resources.messages import messages
from support.theatre import theatre
from support.waiting import wait_until


# The fixture fails the test for any error of the page.
def test_the_days_of_polygons_alone_are_painted(page: Page, tmp_path: Path) -> None:
    content = theatre("polygons")
    made = build_page(Edition(content.dataset, "x", {"control": content.layers["control"]}), messages("en"))
    file = tmp_path / "map.html"
    file.write_text(made.html(Start(day="2020-01-02")), encoding="utf-8")
    page.goto(file.as_uri())
    wait_until(page, lambda: page.locator("text=Blue").count() > 0)
