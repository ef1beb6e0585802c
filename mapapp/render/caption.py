"""The words of a picture: names, shares, evidence, credit, and the text for those who cannot see it."""

from dataclasses import dataclass

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.render.look import short_name
from mapapp.resources.formats import formats_of
from mapapp.resources.messages import Messages

LEAST_SHARE = 0.001
NOTABLE_SHARE = 0.005


@dataclass(frozen=True)
class Caption:
    """Say what one day of an edition shows, in the language of the messages."""

    edition: Edition
    day: str
    messages: Messages

    @property
    def title(self) -> str:
        """Return the dataset's title."""
        return self.edition.dataset.titled(self.messages.language)

    @property
    def day_in_words(self) -> str:
        """Return the day as people write it: 21 September 2017."""
        return self._words_of(self.day)

    @property
    def widest_day(self) -> str:
        """Return the date that sets the size of its type: in a film the widest of all."""
        return self.day_in_words

    @property
    def shares(self) -> dict[Holder, float]:
        """Return the shares (0-1) of the country by holder, largest first."""
        whole = self.edition.stats.country_km2 or 1.0
        return {holder: km2 / whole for holder, km2 in self.edition.stats.areas_on(self.day).items()}

    @property
    def evidence(self) -> str:
        """Return the sentence on the age of the evidence, and on how much is estimated."""
        estimated = self.edition.stats.estimated_on(self.day) / (self.edition.stats.country_km2 or 1.0)
        if estimated < LEAST_SHARE:
            return self._newest
        told = {"date": self._words_of(self._newest_day), "share": self.percent(estimated)}
        return self.messages("picture.evidence.estimated", **told)

    @property
    def _newest(self) -> str:
        return self.messages("picture.evidence", date=self._words_of(self._newest_day))

    @property
    def _newest_day(self) -> str:
        rows = self.edition.slice("control", self.day)
        return max((min(str(day), self.day) for day in rows["evidence_to"] if day), default=self.day)

    @property
    def credit(self) -> str:
        """Return source and licence."""
        dataset = self.edition.dataset
        credit = dataset.credited(self.messages.language).rstrip(".")
        return self.messages("picture.credit", credit=credit, licence=dataset.licence)

    @property
    def version(self) -> str:
        """Return the version and how the areas came about."""
        return self.messages("picture.version", version=self.edition.version)

    @property
    def alternative(self) -> str:
        """Return the picture in words, from the data."""
        items = [
            self.messages("picture.alt.item", holder=self.holder(holder), share=self.percent(share))
            for holder, share in self.shares.items()
            if share >= NOTABLE_SHARE
        ]
        listed = self.messages("picture.alt.comma").join(items)
        return self.messages("picture.alt", title=self.title, date=self.day_in_words, holders=listed)

    def holder(self, holder: Holder) -> str:
        """Return the name of a holder; the parties of a contested or shared area go by their short names."""
        if holder.status == "control":
            return self.actor(holder.members[0])
        names = self.messages("picture.legend.and").join(short_name(self.actor(key)) for key in holder.members)
        return self.messages(f"page.{holder.status}", names=names)

    def kind(self, kind: str) -> str:
        """Return the name of a kind of position that has a glyph of its own, or of the others."""
        return self.messages("picture.kind.other" if kind == "other" else f"page.kind_{kind}")

    def actor(self, key: str) -> str:
        """Return the name of an actor in the language, else its English one."""
        return self.edition.dataset.actor(key).named(self.messages.language)

    def percent(self, share: float) -> str:
        """Return a share (0-1) in percent with one decimal; what is less than a tenth is said to be so."""
        number = formats_of(self.messages.language).percent(max(share, LEAST_SHARE), 1)
        return number if share >= LEAST_SHARE else self.messages("picture.legend.least", share=number)

    def _words_of(self, day: str) -> str:
        return formats_of(self.messages.language).day(day)
