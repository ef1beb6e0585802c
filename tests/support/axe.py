"""axe-core on a page or a frame: what it finds, whatever its impact."""

from functools import cache

from playwright.sync_api import Frame, Page

from support.machine import find_npm_package

RUN = """async () => {
  const found = await axe.run(document, { iframes: false, resultTypes: ["violations"] });
  return { passes: found.passes.length, violations: found.violations.map(({ id, impact, nodes }) =>
    [id, impact, nodes.map((node) => `${node.target} ${node.html.slice(0, 120)}`).slice(0, 4)]) };
}"""
LEAST_PASSES = 5


@cache
def _source() -> str:
    return (find_npm_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page | Frame) -> list[list[object]]:
    """Return every finding of axe's enabled rules, best practices included: rule, impact, elements.

    The script comes in by the browser's debugger, which a page's policy does not bind.
    """
    page.evaluate(_source())
    found = page.evaluate(RUN)
    assert found["passes"] >= LEAST_PASSES, "axe looked at an empty page"
    return list(found["violations"])
