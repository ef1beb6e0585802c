"""The charts below the map: a click moves the map; the dialog gives the code of its frame."""

from playwright.sync_api import Page, expect

from support.serving import Served
from support.waiting import wait_for_day, wait_until


def test_a_click_in_a_chart_moves_the_map_and_the_code_follows(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/?date=2017-09-21")
    expect(page.locator(".mapapp-panel .shares").first).to_be_visible(timeout=30_000)
    page.get_by_text("Charts, changes and figures").click()
    expect(page.locator(".mapapp-changes table")).to_have_count(3)
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg, canvas").first).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    at = box["width"] * 0.3

    def clicked() -> bool:
        """Click until the chart, which draws itself in its own time, has heard it."""
        chart.click(position={"x": at, "y": 60})
        page.wait_for_timeout(1000)
        return "date=2017-07" in page.url

    wait_until(page, clicked)
    day = page.url.partition("date=")[2][:10]
    frame = page.locator("iframe.pane").element_handle().content_frame()
    assert frame is not None
    wait_for_day(frame, day)
    page.get_by_role("button", name="Embed").click()
    expect(page.get_by_role("dialog").locator("code").first).to_contain_text(f"date={day}")
