"""One form for the many spellings of a place's name, in Latin, Arabic and Cyrillic letters.

Arabic has three vowels and an article that Latin and Cyrillic writers join, part, assimilate or drop, so all of that
is folded away: `Deir ez-Zor`, `Dayr az Zor` and `Deir Ezzor` become the same.
"""

import re
import unicodedata

LONGEST = 120
"""Characters of a spelling that count; the rest is cut off."""

DROPPED = re.compile(r"['`´‘’‚‛ʼʻʿʾˈˊˋʹ\"ءـъь]")
LETTERS = str.maketrans(
    # Latin: the three vowels of Arabic, y and w as vowels, q as k
    {"e": "a", "o": "u", "y": "i", "w": "u", "q": "k"}
    # Arabic: ta marbuta, alef maqsura, alef wasla, Persian letters
    | {"ة": "ه", "ى": "ي", "ٱ": "ا", "ی": "ي", "ک": "ك", "ہ": "ه"}
    # Cyrillic
    | {"э": "е", "ы": "и", "я": "иа", "ю": "иу"}
)
ARTICLES = frozenset(
    {"al", "ash", "as", "at", "ad", "az", "ar", "an", "adh", "ath", "ال"}
    | {vowel + letter for vowel in "ае" for letter in "лшстдзрн"}
)
JOINED = re.compile(
    r"^(?:a(?P<sun>sh|th|dh|[sztdrn])(?=(?P=sun))"  # ezzor
    r"|al(?=[^aiu\W]\w)"  # albukamal
    r"|[ае](?P<cyr>[шсздтрн])(?=(?P=cyr))"  # эззор
    r"|ال(?=\w\w))"
)
TWIN = re.compile(r"(\w)\1+")
WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return the words of a spelling in one form, single spaces between them; idempotent.

    >>> normalise("Deir ez-Zor") == normalise("Dayr az Zor") == normalise("DEIR EZZOR")
    True
    >>> normalise("الرَّقّة") == normalise("رقه")
    True
    >>> normalise("Дейр-эз-Зор")
    'деир зор'
    """
    before, now = "", text[:LONGEST]
    while now != before:
        before, now = now, _fold(now)[:LONGEST].strip()
    return now


def _fold(text: str) -> str:
    """Fold once; what this leaves behind (an article behind an article) the next round takes."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    spelt = DROPPED.sub("", letters).replace("ee", "i").replace("oo", "u").replace("ou", "u").translate(LETTERS)
    words = WORD.findall(spelt)
    named = [word for word in words if word not in ARTICLES] or words
    return " ".join(_fold_word(word) for word in named)


def _fold_word(word: str) -> str:
    """Return a word without the article joined to it, doubled letters, and the silent h at its end."""
    single = TWIN.sub(r"\1", JOINED.sub("", word))
    return single[:-1] if single.endswith("ah") and len(single) > 2 else single


def slug(text: str) -> str:
    """Return lower-case ASCII letters, digits and single hyphens: a stable id from a name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
