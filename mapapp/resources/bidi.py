"""Words of one direction inside a sentence of the other: set apart, so that none turns its neighbours round."""

import unicodedata

APART, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
LEFTWARD = "\N{RIGHT-TO-LEFT ISOLATE}"
"""Before a text that has letters of both directions, in a sentence from right to left."""

RIGHT_TO_LEFT = frozenset({"R", "AL"})


def set_apart(text: str, direction: str) -> str:
    """Return a text as it can stand in a sentence of that direction (ltr, rtl); most need nothing.

    In a sentence from right to left, numbers with signs or hyphens need it as much as Latin letters.

    >>> set_apart("Mayadin", "ltr"), set_apart("Mayadin", "rtl") == f"{APART}Mayadin{END}", set_apart("21", "rtl")
    ('Mayadin', True, '21')
    """
    kinds = {unicodedata.bidirectional(sign) for sign in text}
    if direction == "ltr":
        foreign = bool(kinds & RIGHT_TO_LEFT)
    else:
        foreign = "L" in kinds or ("EN" in kinds and bool(kinds - RIGHT_TO_LEFT - {"EN", "CS", "WS", "NSM"}))
    if not foreign or text.startswith((APART, LEFTWARD)):
        return text
    mark = LEFTWARD if direction == "rtl" and kinds & RIGHT_TO_LEFT else APART
    return f"{mark}{text}{END}"


def strip_marks(text: str) -> str:
    """Return a text without the marks that set parts of it apart."""
    return text.replace(APART, "").replace(LEFTWARD, "").replace(END, "")
