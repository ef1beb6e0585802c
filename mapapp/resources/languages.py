"""The languages that the map speaks: their names, their locales, which way they are written."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """A language by its code in addresses; `locale` is Babel's, `tag` the one of HTML, `direction` ltr or rtl.

    Arabic uses the month names of the Levant (21 أيلول 2017) and Western digits, as its newsrooms do.
    """

    code: str
    name: str
    locale: str
    direction: str = "ltr"

    @property
    def tag(self) -> str:
        """Return the BCP 47 tag: en-GB."""
        return self.locale.replace("_", "-")

    def plural(self, count: int) -> str:
        """Return the plural category of a whole number: one, few, many, other and so on, as CLDR has them."""
        return str(Locale.parse(self.locale).plural_form(count))

    @property
    def plurals(self) -> tuple[str, ...]:
        """Return the plural categories that whole numbers can have, `other` last."""
        return (*sorted({self.plural(count) for count in range(201)} - {"other"}), "other")


LANGUAGES = (
    Language("en", "English", "en_GB"),
    Language("ar", "العربية", "ar_SY", "rtl"),
    Language("ru", "Русский", "ru_RU"),
)


def language_of(code: str) -> Language:
    """Return the language of that code; KeyError when the map does not speak it."""
    return {language.code: language for language in LANGUAGES}[code]


@cache
def preferred(accepted: str) -> str:
    """Return the code of the first of our languages that an Accept-Language header wants, else English.

    >>> preferred("de, ru-RU;q=0.8, en;q=0.5"), preferred("fr"), preferred("")
    ('ru', 'en', 'en')
    """
    ranked = sorted(_weighted(accepted[:200]), key=lambda pair: -pair[0])
    known = [language.code for language in LANGUAGES]
    return next((code for weight, code in ranked if weight > 0 and code in known), ENGLISH)


def _weighted(accepted: str) -> Iterable[tuple[float, str]]:
    for part in accepted.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            yield float(weight or 1), tag.strip().partition("-")[0].lower()
        except ValueError:
            continue
