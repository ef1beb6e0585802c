"""Says things about one edition in one language: holders, actors, their colours."""

from dataclasses import dataclass

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.render.look import PALETTES, Look, look_of, short_name
from mapapp.resources.messages import Messages
from mapapp.services.memory import Memory
from mapapp.services.words import actor_name, holder_name

_looks: Memory[Look] = Memory(entries=4)


@dataclass(frozen=True)
class Teller:
    """Says things about one edition in one language."""

    edition: Edition
    words: Messages
    palette: str = PALETTES[0]

    @property
    def look(self) -> Look:
        """Return the colours of the edition's holders, the same as on the map."""
        key = self.edition.dataset.name, self.edition.version, self.palette
        return _looks.get(key, lambda: look_of(self.edition, self.palette))

    def name(self, holder: Holder) -> str:
        """Return a holder in words."""
        return holder_name(self.edition.dataset, holder, self.words)

    def short(self, holder: Holder) -> str:
        """Return a holder in as few words as a table has room for: actors without what follows in brackets."""
        names = [short_name(self.actor(key)) for key in holder.members]
        if holder.status == "control":
            return names[0]
        return self.words(f"app.holder.{holder.status}", parties=self.words("app.holder.and").join(names))

    def actor(self, key: str) -> str:
        """Return the name of an actor."""
        return actor_name(self.edition.dataset, key, self.words)

    def dot(self, key: str) -> dict[str, str]:
        """Return an actor as a coloured dot and a name; an actor without a colour has a plain dot."""
        return {"name": short_name(self.actor(key)), "paint": self.look.lines.get(key, "transparent")}

    def paint(self, holder: Holder) -> str:
        """Return a CSS background: the colour on the map, or stripes where several hold or contest."""
        style = self.look.style(holder)
        first, last = style.colours[0], style.colours[-1]
        if first == last:
            return first
        return f"repeating-linear-gradient({-45 * style.lean}deg, {first} 0 3px, {last} 3px 6px)"
