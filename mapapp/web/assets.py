"""The typeface of the pages, from the installed font packages: no other host is asked for it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.render.fonts import Family, web_font
from mapapp.resources.messages import messages
from mapapp.services.deliver import Body
from mapapp.services.memory import Memory
from mapapp.web.answers import PINNED, answer

FAMILIES: dict[str, tuple[Family, str]] = {"sans": ("sans", "Noto Sans"), "arabic": ("arabic", "Noto Sans Arabic")}
LETTERS = "".join(map(chr, [*range(0x100, 0x180), *range(0x400, 0x460), 0x2212, 0x2192]))
"""Beyond the basic ones: Latin Extended-A for names, Cyrillic, minus, arrow."""

_fonts: Memory[Body] = Memory(entries=4)


def font(request: Request) -> Response:
    """Give one family as WOFF2, weights 400 to 700."""
    found = FAMILIES.get(request.path_params["family"])
    if found is None:
        raise HTTPException(404, messages()("web.no_such_address"))
    body = _fonts.get(found[0], lambda: Body(web_font(found[0], LETTERS)))
    return answer(request, body, "font/woff2", PINNED)


def font_faces() -> list[dict[str, str]]:
    """Return the families as Streamlit's theme takes them."""
    return [
        {"family": name, "url": f"/fonts/{key}.woff2", "weight": "400 700"} for key, (_family, name) in FAMILIES.items()
    ]


ROUTES = [Route("/fonts/{family}.woff2", font)]
