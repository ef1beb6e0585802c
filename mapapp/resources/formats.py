"""How a language writes days, numbers, shares and lists: one place for Python, handed over to the page's script.

Numbers round halves away from zero, as JavaScript's toFixed does, so that page, panel and picture never differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from mapapp.resources.bidi import set_apart
from mapapp.resources.languages import Language, language_of

MINUS = "−"
MARK = "\N{LEFT-TO-RIGHT MARK}"
WHOLE_FROM_KM = 9.95
"""From here on a distance is told in whole km."""


@dataclass(frozen=True)
class Formats:
    """Writes days and numbers in one language; days are ISO text."""

    language: Language

    @property
    def locale(self) -> Locale:
        """Return Babel's locale."""
        return Locale.parse(self.language.locale)

    def day(self, day: str) -> str:
        """Return a day as people write it: 21 September 2017."""
        return self._dated(day, "d MMMM y")

    def day_of_year(self, day: str) -> str:
        """Return a day without its year: 21 September."""
        return self._dated(day, "d MMMM")

    def day_of_month(self, day: str) -> str:
        """Return a day without month and year: 21."""
        return self._dated(day, "d")

    def short_day(self, day: str) -> str:
        """Return a day in few letters: 21 Sep."""
        return self._dated(day, "d MMM")

    def month(self, day: str) -> str:
        """Return the month and year of a day: September 2017."""
        return self._dated(day, "LLLL y")

    def span(self, first: str, last: str) -> tuple[str, str]:
        """Return two days without repeating what they share: 5, 21 September 2017."""
        if first == last or first[:4] != last[:4]:
            return self.day(first), self.day(last)
        start = self.day_of_month(first) if first[:7] == last[:7] else self.day_of_year(first)
        return start, self.day(last)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number grouped as the language does, with so many decimals and no sign: 1,234.5."""
        exact = abs(Decimal(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(exact, pattern, locale=self.locale, numbering_system="latn"))

    def signed(self, value: float, decimals: int = 0) -> str:
        """Return a number with its sign; what rounds to nothing has none."""
        text = self.number(value, decimals)
        if text == self.number(0, decimals):
            return text
        return self._apart(f"{'+' if value > 0 else MINUS}{text}")

    def kilometres(self, km: float) -> str:
        """Return a distance without its unit: one decimal below ten, whole from there on."""
        return self.number(km, 1 if km < WHOLE_FROM_KM else 0)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share (0-1) in percent with the sign: 47.9%."""
        return self._percent_pattern.format(n=self.number(share * 100, decimals))

    def listed(self, items: Sequence[str]) -> str:
        """Return a list in words: a, b and c."""
        if len(items) < 2:
            return "".join(items)
        joints = self._joints
        if len(items) == 2:
            return joints["two"].replace("{0}", items[0]).replace("{1}", items[1])
        told = items[0]
        for item in items[1:-1]:
            told = joints["middle"].replace("{0}", told).replace("{1}", item)
        return joints["end"].replace("{0}", told).replace("{1}", items[-1])

    def rules(self) -> dict[str, Any]:
        """Return what a script needs to write the same: names of months, patterns and signs."""
        months = self.locale.months
        return {
            "months": list(months["format"]["wide"].values()),
            "short": list(months["stand-alone"]["abbreviated"].values()),
            "day": "{day} {month} {year}",
            "decimal": self._symbol("decimal"),
            "group": self._symbol("group"),
            "minus": f"{self._mark}{MINUS}",
            "percent": self._percent_pattern,
            "whole_from_km": WHOLE_FROM_KM,
            "list": self._joints,
        }

    @property
    def _mark(self) -> str:
        return MARK if self.language.direction == "rtl" else ""

    @property
    def _percent_pattern(self) -> str:
        suffix = self.locale.percent_formats[None].suffix[0].strip(MARK)
        return f"{self._mark}{{n}}{suffix}{self._mark}"

    @property
    def _joints(self) -> dict[str, str]:
        found = self.locale.list_patterns["standard"]
        return {"two": found["2"], "middle": found["middle"], "end": found["end"]}

    def _apart(self, text: str) -> str:
        return set_apart(text, self.language.direction)

    def _dated(self, day: str, pattern: str) -> str:
        return str(format_date(date.fromisoformat(day), pattern, locale=self.locale))

    def _symbol(self, name: str) -> str:
        return str(self.locale.number_symbols["latn"][name])


@cache
def formats_of(code: str) -> Formats:
    """Return the formats of a language by its code; KeyError when the map does not speak it."""
    return Formats(language_of(code))
