"""The names of months and the marks in numbers on the axes of charts, as Vega's expressions for labels."""

import json

from babel import Locale

MONTHS = 12


def month_label(locale: str) -> str:
    """Return the expression of a tick's month, in short, in one of Babel's locales."""
    names = Locale.parse(locale).months["stand-alone"]["abbreviated"]
    return f"{_quoted([names[month] for month in range(1, MONTHS + 1)])}[utcmonth(datum.value)]"


def number_label(locale: str) -> str:
    """Return the expression of a tick's number with the marks of one of Babel's locales, in Latin digits."""
    symbols = Locale.parse(locale).number_symbols["latn"]
    plain = "replace(format(datum.value, ',~f'), /,/g, '_')"  # a group's mark may be another's decimal mark
    decimal = f"replace({plain}, '.', {_quoted(symbols['decimal'])})"
    return f"replace({decimal}, /_/g, {_quoted(symbols['group'])})"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
