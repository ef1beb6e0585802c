"""The words of a film: those that its furniture must have room for, and those of one frame."""

from dataclasses import dataclass, field
from functools import cached_property

from mapapp.domain.actors import Holder
from mapapp.render.caption import Caption
from mapapp.render.typeface import ink_of

NONE_HELD = "–"


@dataclass(frozen=True)
class ReelCaption(Caption):
    """Say of all frames what takes the most room: the widest date, the longest evidence, every holder's most."""

    days: tuple[str, ...] = field(default=())

    @cached_property
    def _each(self) -> list[Caption]:
        return [Caption(self.edition, day, self.messages) for day in self.days]

    @cached_property
    def widest_day(self) -> str:
        """Return the widest of the dates."""
        return max((caption.day_in_words for caption in self._each), key=lambda words: ink_of(words, 700)[0])

    @property
    def day_in_words(self) -> str:
        """Return the widest of the dates."""
        return self.widest_day

    @cached_property
    def evidence(self) -> str:
        """Return the longest of the sentences on the evidence."""
        return max((caption.evidence for caption in self._each), key=lambda words: ink_of(words, 400)[0])

    @cached_property
    def shares(self) -> dict[Holder, float]:
        """Return the largest share of each holder in any frame, largest first."""
        most: dict[Holder, float] = {}
        for caption in self._each:
            for holder, share in caption.shares.items():
                most[holder] = max(share, most.get(holder, 0.0))
        return dict(sorted(most.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class FrameCaption(Caption):
    """Say of one frame what changes, set as large as the widest date allows."""

    widest: str = ""

    @property
    def widest_day(self) -> str:
        """Return the widest date of the film."""
        return self.widest

    def figure(self, holders: list[Holder]) -> str:
        """Return what holders together have on the day, a dash where they have nothing."""
        held = sum(self.shares.get(holder, 0.0) for holder in holders)
        return self.percent(held) if held > 0 else NONE_HELD
