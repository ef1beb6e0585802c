"""What the map page needs to know of a background map of tiles from elsewhere."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Tiles:
    """Tiles in web Mercator under a template with {z}, {x}, {y}.

    It may have {s}, a subdomain, and {r}, for sharp screens. `credit` are the pieces of the attribution, each with the
    address that it links to, or an empty one.
    """

    key: str
    name: str
    url: str
    credit: tuple[tuple[str, str], ...]
    subdomains: tuple[str, ...] = ()
    min_zoom: int = 0
    max_zoom: int = 18

    @property
    def origins(self) -> tuple[str, ...]:
        """Return the origins that the tiles come from, as a policy names them."""
        parts = urlsplit(self.url)
        hosts = [parts.netloc.replace("{s}", name) for name in self.subdomains] or [parts.netloc]
        return tuple(dict.fromkeys(f"{parts.scheme}://{host}" for host in hosts))
