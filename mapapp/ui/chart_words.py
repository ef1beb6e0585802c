"""The names of months and the form of numbers on the axes of charts, as Vega's embedder takes them."""

from typing import Any

from babel import Locale

THOUSANDS = 3


def embed_options(locale: str) -> dict[str, Any]:
    """Return the time and the number format of one of Babel's locales, in the shape that D3 defines."""
    spoken = Locale.parse(locale)
    months, days = spoken.months["stand-alone"], spoken.days["stand-alone"]
    times = {
        "dateTime": "%x, %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": [spoken.day_periods["format"]["abbreviated"].get(key, key) for key in ("am", "pm")],
        "days": _weekdays(days["wide"]),
        "shortDays": _weekdays(days["abbreviated"]),
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
    return {"timeFormatLocale": times, "formatLocale": _numbers(spoken)}


def _weekdays(names: Any) -> list[str]:
    """Return the names from Sunday on; Babel counts from Monday."""
    return [str(names[(day - 1) % 7]) for day in range(7)]


def _numbers(spoken: Locale) -> dict[str, Any]:
    symbols = spoken.number_symbols["latn"]
    marks = {"decimal": symbols["decimal"], "thousands": symbols["group"], "minus": symbols["minusSign"]}
    return {**marks, "grouping": [THOUSANDS], "currency": ["", ""]}
