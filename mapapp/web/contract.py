"""The contract page: what each layer asks for, and every fault a check can tell, each with an anchor of its own."""

import json
from collections import defaultdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.domain.faults import KINDS
from mapapp.domain.schema import LAYERS, json_schema
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill, text_of
from mapapp.services.deliver import Body
from mapapp.web.answers import REVALIDATE, answer
from mapapp.web.method import policy_for
from mapapp.web.parameters import Query


def contract(request: Request) -> Response:
    """Answer with the page in the language of `lang`, made from the schema and the kinds of faults."""
    say, style = Query(request, ("lang",)).words(), text_of("document.css")
    about = {"layers": LAYERS.values(), "kinds": KINDS, "rules": _rules(say), "direction": say.spoken.direction}
    html = fill("contract", words=say, style=style, **about)
    return answer(request, Body(html.encode()), "text/html", REVALIDATE, {"Content-Security-Policy": policy_for(style)})


def schema(request: Request) -> Response:
    """Answer with the JSON Schemas of all layers."""
    return answer(request, Body(json.dumps(json_schema(), indent=1).encode()), "application/schema+json", REVALIDATE)


def _rules(say: Messages) -> dict[str, str]:
    """Return what is expected for each kind, with an ellipsis where a fault fills in its own values."""
    return {kind: text.format_map(defaultdict(lambda: "…")) for kind, text in say.under("fault").items()}


ROUTES = [Route("/contract", contract), Route("/contract/schema.json", schema)]
