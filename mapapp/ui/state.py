"""What one reader looks at, kept between runs of the script: the address, the map and Python each have a say.

The address leads when it differs from what this session last saw or wrote there (a link, Back, a typed date); the
map leads otherwise: its day comes as `{day, n}` with a growing n, for equal values would be dropped in silence.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadView, MapappError, UnknownPlace
from mapapp.domain.story import Stop
from mapapp.domain.views import Mode, View, read_view
from mapapp.render.look import PALETTES
from mapapp.resources.languages import ENGLISH
from mapapp.resources.messages import Messages, messages
from mapapp.services.catalog import DRAWN
from mapapp.services.place import Place, find_place
from mapapp.ui.address import Asked, follow

PARAMETERS = (
    "dataset", "version", "date", "layers", "compare", "mode", "place", "view", "palette", "base", "story", "lang"
)  # fmt: skip
REMOVED = ("compare", "mode", "place", "view", "palette", "base", "story")
"""The parameters that are taken out of the address when they say nothing."""


@dataclass
class Visit:
    """The state of one session; `jump` is the day last sent to the map, under the growing number `seq`.

    `flights` grows with every place that is ringed on the map, or no longer; `flies` says whether the map goes there.
    `spot` is where an event happened. `stop` is that of the story, `before` the layers shown before it chose its own.
    `view` is where a reader has moved the map, None until then; `looks` grows when Python sends the map somewhere. A
    reader's view is written into the browser's address by the map's component, without a step in the history: here it
    waits until something else is written. `fallback` are the words for a reader whose address names no language.
    """

    words: Messages
    fallback: Messages
    seen: dict[str, str]
    asked: Asked
    day: str
    jump: str
    layers: tuple[str, ...]
    compare: str | None
    notices: tuple[str, ...]
    sid: str = field(default_factory=lambda: secrets.token_hex(8))
    seq: int = 0
    heard: float | None = None
    place: Place | None = None
    flights: int = 0
    flies: bool = True
    palette: str = PALETTES[0]
    base: str = ""
    stop: Stop | None = None
    before: tuple[str, ...] | None = None
    spot: tuple[float, float] | None = None
    mode: Mode | None = None
    view: View | None = None
    looks: int = 0

    @property
    def edition(self) -> Edition:
        """Return the edition that the address names."""
        return self.asked.edition

    def arrive(self, address: Mapping[str, str]) -> None:
        """Follow the address if it is not the one this session last saw or wrote; what is wrong there is noted."""
        seen = _read(address)
        if seen == self.seen:
            return
        self.seen, self.asked = seen, follow(seen, self.fallback)
        self.words = self.asked.words
        self.layers, self.compare, self.mode = self.asked.layers, self.asked.compare, self.asked.mode
        self.palette, self.base = self.asked.palette, self.asked.base
        flown = self.place != self.asked.place
        if flown:
            self.visit_place(self.asked.place, fly=self.asked.view is None)
        if self.view != self.asked.view:
            self._look_again(led=bool(self.asked.stop or (flown and self.asked.place)))
        self.stop = self.asked.stop
        self.before = (self.before or DRAWN) if self.stop else None
        self.go(self.asked.day)
        self.notices = self.asked.notices

    def hear(self, told: object) -> None:
        """Take what the map tells, unless heard before: its day and view, a place asked about, a day compared with."""
        if not isinstance(told, Mapping) or not isinstance(n := told.get("n"), int | float) or n == self.heard:
            return
        self.heard = n
        day = told.get("day")
        if isinstance(day, str) and day != self.day and self._covers(day):
            self.day, self.notices = day, ()
        self._hear_place(told.get("place"))
        if (palette := told.get("palette")) in PALETTES:
            self.paint(palette)
        if "stop" in told:
            self._follow(told["stop"])
        self._hear_view(told.get("view"))
        other = told.get("compare")
        if self.compare and isinstance(other, str) and self._covers(other):
            self.compare_with(other)

    def _hear_view(self, view: object) -> None:
        if isinstance(view, str):
            with suppress(BadView):
                self.view = read_view(view)

    def _hear_place(self, place: object) -> None:
        if isinstance(place, str) and (self.place is None or self.place.id != place):
            with suppress(UnknownPlace):
                self.visit_place(find_place(self.edition, place), fly=False)

    def _follow(self, name: object) -> None:
        """Be at the stop of the story that the map tells, or at none."""
        story = self.edition.dataset.story
        stop = next((stop for stop in story.stops if stop.id == name), None) if story else None
        if stop == self.stop:
            return
        if stop is None:
            self.layers, self.before = self.before or DRAWN, None
        else:
            self.before = self.before or self.layers
            self.layers, self.view = stop.layers, None
        self.stop, self.notices = stop, ()

    def go(self, day: str) -> None:
        """Send the map to a checked day."""
        self.seq += 1
        self.day = self.jump = day
        self.notices = ()

    def choose(self, layers: tuple[str, ...]) -> None:
        """Show these layers and no others."""
        self.layers = tuple(name for name in DRAWN if name in layers)

    def paint(self, palette: str) -> None:
        """Show the map in one of PALETTES."""
        self.palette = palette

    def lay_under(self, base: str) -> None:
        """Show the map over the background map of that key, the built-in one for an empty key."""
        self.base = base
        self.go(self.day)  # the map's page is opened anew, on the day on show

    def speak(self, code: str) -> None:
        """Say everything in one of our languages from now on."""
        self.words, self.notices = messages(code), ()
        self.go(self.day)

    def compare_with(self, day: str | None) -> None:
        """Compare the day on show with another checked day, with none when it is None."""
        self.compare, self.mode = day, self.mode if day else None
        self.notices = ()

    def visit_place(self, place: Place | None, *, fly: bool = True) -> None:
        """Show a place and send the map there, or only ring it; None closes the one on show."""
        self.place, self.flies, self.notices, self.spot = place, fly, (), None
        self.flights += 1
        if place and fly:
            self.view = None

    def visit_spot(self, lon: float, lat: float) -> None:
        """Send the map to a point of EPSG:4326."""
        self.spot, self.view = (lon, lat), None
        self.flights += 1

    def _look_again(self, *, led: bool) -> None:
        """Look where the address says; where it says nothing, a stop or a place leads the map, else it opens anew."""
        if self.asked.view is None and led:
            self.view = None
        else:
            self.look(self.asked.view)

    def look(self, view: View | None) -> None:
        """Send the map to a view, to the one it opens on when it is None."""
        self.view = view
        self.looks += 1

    def unwritten(self) -> dict[str, str]:
        """Return what the address has yet to say, and take it as said; an empty one of REMOVED is to be taken out.

        A wrong value stays there until the reader moves on: correcting it at once would make Back return to it.
        """
        news = {name: text for name, (text, known) in self._told().items() if text != known}
        if self.words != self.asked.words or (news and self.words.language != ENGLISH and "lang" not in self.seen):
            news["lang"] = self.words.language
        if news and str(self.view) != str(self.asked.view):
            news["view"] = str(self.view) if self.view else ""
        if news:
            self.seen = {name: text for name, text in (self.seen | news).items() if text or name not in REMOVED}
            self.asked = follow(self.seen, self.fallback)
        return news

    def _told(self) -> dict[str, tuple[str, str]]:
        """Return for each parameter but the view what it should say, and what the address says."""
        now, asked = self, self.asked
        return {
            "date": (now.day, asked.day),
            "layers": (",".join(now.layers), ",".join(asked.layers)),
            "compare": (now.compare or "", asked.compare or ""),
            "mode": (now.mode or "", asked.mode or ""),
            "place": (_id(now.place), _id(asked.place)),
            "palette": (_unusual(now.palette), _unusual(asked.palette)),
            "base": (now.base, asked.base),
            "story": (_id(now.stop), _id(asked.stop)),
        }

    def _covers(self, day: str) -> bool:
        try:
            self.edition.dataset.check_day(day)
        except MapappError:
            return False
        return True


def begin(address: Mapping[str, str], words: Messages) -> Visit:
    """Begin a visit at an address."""
    seen = _read(address)
    asked = follow(seen, words)
    visit = Visit(
        asked.words,
        words,
        seen,
        asked,
        asked.day,
        asked.day,
        asked.layers,
        asked.compare,
        asked.notices,
        place=asked.place,
        palette=asked.palette,
        base=asked.base,
        flies=asked.view is None,
        mode=asked.mode,
        view=asked.view,
    )
    visit.stop, visit.before = asked.stop, DRAWN if asked.stop else None
    return visit


def _id(thing: Place | Stop | None) -> str:
    return thing.id if thing else ""


def _unusual(palette: str) -> str:
    return "" if palette == PALETTES[0] else palette


def _read(address: Mapping[str, str]) -> dict[str, str]:
    return {name: address[name] for name in PARAMETERS if name in address}
