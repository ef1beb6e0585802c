"""What the page around the map may hatch on it: areas of holders the map knows, and nothing else."""

import pytest

from mapapp.render.page import Start
from support.map_page import DAY
from support.waiting import wait_until

EMBEDDING = """<!DOCTYPE html><title>The app</title><iframe src="{path}" width="800" height="600"></iframe>"""
TOOK = """() => {
  const areas = { rings: [[[40.1, 35.3], [40.3, 35.3], [40.3, 35.5], [40.1, 35.3]]] };
  const feature = (winner, type, coordinates) => (
    { type: "Feature", properties: { winner, loser: "isis" }, geometry: { type, coordinates } });
  const sent = (...features) => ({ type: "FeatureCollection", from: "2017-09-05", to: "2017-09-21", features });
  return {
    good: sent(feature("gov", "Polygon", areas.rings)),
    point: sent(feature("gov", "Polygon", areas.rings), feature("gov", "Point", [40, 35])),
    stranger: sent(feature("__proto__", "Polygon", areas.rings)),
    broken: sent(feature("gov", "Polygon", [[["a", 35.3], [40.3, 35.3]]])),
    faraway: sent(feature("gov", "Polygon", [[[400, 35.3], [40.3, 35.3]]])),
    undated: { type: "FeatureCollection", features: sent(feature("gov", "Polygon", areas.rings)).features },
    versions: {
      ...sent(feature("gov", "Polygon", areas.rings), feature("no-data", "Polygon", areas.rings)),
      from: "0123abcd4567", to: "89ef0123abcd", date: "2017-09-21",
    },
    elsewhen: { ...sent(feature("gov", "Polygon", areas.rings)), date: "2017-09-20" },
    text: "FeatureCollection",
    empty: null,
  };
}"""


@pytest.mark.parametrize(
    ("sent", "drawn"),
    [
        ("good", 1),
        ("point", 0),
        ("stranger", 0),
        ("broken", 0),
        ("faraway", 0),
        ("undated", 0),
        ("text", 0),
        ("versions", 1),
        ("elsewhen", 0),
    ],
)
def test_the_map_draws_only_areas_of_holders_it_knows(page, server, built, sent, drawn):
    server.put("/framed", built, Start(DAY, parents=("self",)))
    server.pages["/paper"] = (EMBEDDING.format(path="/framed"), "")
    page.add_init_script("window.heard = []; addEventListener('message', event => heard.push(event.data))")
    page.goto(server.url + "/paper")
    wait_until(page, lambda: page.evaluate("heard.length"))
    frame = page.frames[1]
    message = {"type": "mapapp:setOverlay", "day": DAY, "geojson": page.evaluate(TOOK)[sent]}
    page.evaluate("(message) => frames[0].postMessage(message, '*')", message)
    page.wait_for_timeout(200)
    assert frame.evaluate("mapapp.overlay") == drawn
    page.evaluate("(message) => frames[0].postMessage(message, '*')", {**message, "geojson": None})
    wait_until(page, lambda: frame.evaluate("mapapp.overlay") == 0)
