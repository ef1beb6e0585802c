"""A reader without picture and mouse: day, holder of a town and what changed, by keys and the accessibility tree."""

from playwright.sync_api import Page, expect

from support.app_page import open_app
from support.serving import Served
from support.waiting import wait_until

MOST_STEPS = 60
NO_PICTURE = "for (const one of document.querySelectorAll('canvas')) one.style.visibility = 'hidden'"
FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || ["BODY", "HTML", "IFRAME", "MAIN"].includes(one.tagName)) return [];
  const marked = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  };
  const near = [one, one.parentElement, one.parentElement?.parentElement, ...one.querySelectorAll("*")];
  const name = `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`;
  return [[name, near.some((each) => each && marked(each))]];
}"""


def focused(page: Page) -> str:
    """Return the role and name of what has the focus, as the accessibility tree tells them; in the frame too."""
    for frame in page.frames:
        here = frame.locator(":focus").last
        if here.count() and here.evaluate("element => !['IFRAME', 'BODY', 'HTML'].includes(element.tagName)"):
            return here.aria_snapshot().partition("\n")[0]
    return ""


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until what has the focus is called so."""
    met = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        met.append(focused(page))
        if words in met[-1]:
            return
    raise AssertionError(f"{words} is not reached by {key}: {met}")


def told(page: Page) -> str:
    """Return the accessibility tree of the application, without the frame."""
    return page.locator("main").first.aria_snapshot()


def changes(page: Page) -> str:
    """Return what the tree says between the heading of the day's changes and the next."""
    return told(page).partition('heading "What changed on this day"')[2].partition("- heading")[0]


def holder_of(page: Page, town: str) -> str:
    """Ask the search for a town by keys; return what the tree says of it on the day."""
    tab_to(page, 'textbox "Search a place"', "Shift+Tab")
    page.keyboard.type(town)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Places found")).to_be_visible()
    tab_to(page, f'button "{town}')
    page.keyboard.press("Enter")
    region = page.get_by_role("region", name="Who held")
    expect(region).to_be_visible()
    return region.aria_snapshot()


def test_day_holder_and_changes_without_picture_and_mouse(page: Page, served: Served) -> None:
    frame = open_app(page, served)
    frame.evaluate(NO_PICTURE)
    tab_to(page, "Skip to the figures of the day")
    page.keyboard.press("Enter")
    wait_until(page, lambda: page.evaluate("document.activeElement.id") == "mapapp-day")
    assert 'heading "21 September 2017"' in page.locator(":focus").aria_snapshot()
    assert "SDF takes Tabiyeh" in changes(page)
    assert "On 21 September 2017: Islamic State." in holder_of(page, "Mayadin")
    tab_to(page, 'slider "', "Shift+Tab")
    for _ in range(23):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="14 October 2017")).to_be_visible()
    wait_until(page, lambda: "Army captures Mayadin" in changes(page))
    region = page.get_by_role("region", name="Who held")
    wait_until(page, lambda: "On 14 October 2017: Syrian government and allies." in region.aria_snapshot())


def test_what_has_the_focus_is_seen(page: Page, served: Served) -> None:
    open_app(page, served)
    met: dict[str, bool] = {}
    for _ in range(30):
        page.keyboard.press("Tab")
        for one in page.frames:
            met |= dict(one.evaluate(FOCUS))
    assert len(met) > 20
    assert [name for name, shown in met.items() if not shown] == []
