"""Marks of one's own: read strictly, kept in a link, drawn where they were put."""

import json

import numpy as np
import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.picture_faults import BadMark, BadMarks, Faults, MarkLacks
from mapapp.render.press.layout import Composition, lay_out
from mapapp.render.press.marks import read_marks, write_marks
from mapapp.render.press.order import read_options

ARROW = {"kind": "arrow", "from": [39.6, 34.6], "to": [40.14, 35.33], "text": "9 September"}
CIRCLE = {"kind": "circle", "at": [40.14, 35.33], "km": 12, "colour": "#102030"}
CALLOUT = {"kind": "callout", "at": [40.6, 34.9], "text": "A gas plant falls"}
RENAMED = {"kind": "label", "place": "hajin", "text": "Hajin town", "at": [41.2, 34.5]}


def composed(edition: Edition, *marks: object, **asked: str) -> Composition:
    asked = {"extent": "deir-ez-zor", "marks": json.dumps(marks)} | asked
    return lay_out(edition, read_options(edition, asked))


def words(composition: Composition) -> list[str]:
    return [text for text, _ in composition.texts]


def test_marks_come_back_from_a_link() -> None:
    marks = read_marks(json.dumps([ARROW, CIRCLE, CALLOUT, RENAMED]))
    assert read_marks(write_marks(marks)) == marks
    assert set(write_marks(marks)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert read_marks("") == ()


@pytest.mark.parametrize(
    ("mark", "kind", "part"),
    [
        ({**CIRCLE, "km": -4}, BadMark, "km"),
        ({**CIRCLE, "at": [500, 35]}, BadMark, "at.0"),
        ({**ARROW, "from": "home"}, BadMark, "from"),
        ({**ARROW, "colour": "red"}, BadMark, "colour"),
        ({"kind": "flag"}, BadMark, "kind"),
        ({**CALLOUT, "onclick": "alert(1)"}, BadMark, "onclick"),
        ({"kind": "arrow", "to": [40, 35]}, MarkLacks, "from"),
        ({"kind": "callout", "at": [40, 35]}, MarkLacks, "text"),
        ({**CALLOUT, "text": "x" * 161}, BadMark, "text"),
    ],
)
def test_a_bad_mark_is_named(mark: dict[str, object], kind: type, part: str) -> None:
    with pytest.raises(Faults) as refused:
        read_marks(json.dumps([CIRCLE, mark]))
    (fault,) = refused.value.faults
    assert isinstance(fault, kind)
    assert (fault.values["number"], fault.values["part"]) == (2, part)


@pytest.mark.parametrize("text", ["{", "[", "!!!", "[" * 5000, json.dumps([CIRCLE] * 41), '{"kind": "arrow"}'])
def test_what_is_no_list_of_marks_is_refused(text: str) -> None:
    with pytest.raises(Faults) as refused:
        read_marks(text)
    assert isinstance(refused.value.faults[0], BadMarks)


def test_texts_of_marks_are_written_and_nothing_meets_them(edition: Edition) -> None:
    composition = composed(edition, ARROW, CALLOUT, CIRCLE)
    assert {"9 September", "A gas plant falls"} <= set(words(composition))
    own = [box for text, box in composition.texts if text in ("9 September", "A gas plant falls")]
    others = [box for text, box in composition.texts if box not in own]
    assert not any(box.meets(other) for box in own for other in others)


def test_labels_are_moved_renamed_and_hidden(edition: Edition) -> None:
    assert "Deir ez-Zor" in words(composed(edition))
    assert "Deir ez-Zor" not in words(composed(edition, {"kind": "label", "place": "deir-ez-zor", "hide": True}))
    composition = composed(edition, RENAMED)
    box = dict(composition.texts)["Hajin town"]
    wanted = composition.frame.place(np.array([RENAMED["at"]]))[0]
    assert ((box.left + box.right) / 2, (box.bottom + box.top) / 2) == pytest.approx(tuple(wanted), abs=2)


def test_marks_outside_the_map_do_no_harm(edition: Edition) -> None:
    far = [{**mark, **{key: [10.0, 10.0] for key in ("at", "from", "to") if key in mark}} for mark in (ARROW, CALLOUT)]
    assert not {"9 September", "A gas plant falls"} & set(words(composed(edition, *far)))
