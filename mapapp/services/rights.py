"""Who may write: whoever runs the command line, and the reader who sits at the machine that serves only itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from getpass import getuser
from ipaddress import ip_address
from urllib.parse import urlsplit

from mapapp.domain.errors import Phrase
from mapapp.domain.history import Author
from mapapp.domain.update_errors import NotAllowed
from mapapp.settings import settings

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy says that it stands between."""

ACTIONS = {
    "draft": Phrase("do_draft", "draft an update"),
    "publish": Phrase("do_publish", "publish"),
    "restore": Phrase("do_restore", "restore a version"),
    "withdraw": Phrase("do_withdraw", "withdraw a version"),
    "correct": Phrase("do_correct", "correct the map"),
}


@dataclass(frozen=True)
class Person:
    """Who asks: `key` is known to editors only, `name` is shown to readers."""

    key: str
    name: str
    may_write: bool

    @property
    def author(self) -> Author:
        """Return the person as the author of a version."""
        return Author(self.key, self.name)


READER = Person("", "", may_write=False)


def visitor(headers: Mapping[str, str], client: str | None) -> Person:
    """Return who asks over the network, from the headers (names in lower case) and the address of the other side.

    The local user is the editor where the program listens on a loopback address, is asked from this machine, by a
    name of this machine, from a page of this machine, and no proxy says that it stands between; nobody else is.
    """
    told = [headers.get("host", ""), *(headers[name] for name in ("origin",) if name in headers)]
    local = (
        is_loopback(settings().host)
        and is_loopback(client or "")
        and all(is_loopback(_host_of(address)) for address in told)
        and not any(name in headers for name in FORWARDED)
    )
    return _local_user("") if local else READER


def command_user(author: str = "") -> Person:
    """Return whoever runs the command line, under the name given for the audit, else that of the system's account."""
    return _local_user(author)


def check_may(person: Person, action: str) -> None:
    """Raise NotAllowed unless the person may do one of ACTIONS."""
    if not person.may_write:
        raise NotAllowed("person", action=ACTIONS[action])


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine by its loopback address or as `localhost`; a name that resolves is not."""
    if host in {"localhost", "localhost."}:
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _local_user(author: str) -> Person:
    return Person(author or getuser(), settings().editor_name, may_write=True)


def _host_of(address: str) -> str:
    """Return the host of `host:port` or of an origin, empty when it cannot be read."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
