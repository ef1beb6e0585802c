"""What a draft would change on a day, for whoever has its id."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.services.deliver import Body
from mapapp.services.draft_map import draft_difference, draft_edition
from mapapp.services.update.difference import areas_geojson
from mapapp.services.update.drafts import find
from mapapp.web.answers import answer
from mapapp.web.parameters import Query

NOT_KEPT = "no-store"
NOTHING = b'{"type": "FeatureCollection", "features": []}'


def changed(request: Request) -> Response:
    """Answer with the ground that the draft gives to another holder on a day, as GeoJSON."""
    draft = find(request.path_params["draft"])
    query, edition = Query(request, ("date",)), draft_edition(draft)
    day = query.day(edition, "date", edition.dataset.default_day)
    found = draft_difference(draft)
    if found is None:
        return answer(request, Body(NOTHING), "application/geo+json", NOT_KEPT)
    return answer(request, Body(areas_geojson(found, day)), "application/geo+json", NOT_KEPT)


ROUTES = [Route("/api/drafts/{draft}/diff.geojson", changed)]
