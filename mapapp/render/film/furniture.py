"""The furniture of a film: set once so that everything has room, then only what changes is written anew."""

from dataclasses import dataclass, replace

from mapapp.domain.actors import Holder
from mapapp.render.film.captions import FrameCaption
from mapapp.render.furniture import Furniture, Layout, Line
from mapapp.render.legend import Group, Row
from mapapp.render.sheet import Sheet

REACH, ARABIC_REACH = (1.08, 0.32), (1.24, 0.5)
"""How far letters reach above and below their baseline, as shares of their size."""


@dataclass(frozen=True)
class FilmFurniture(Furniture):
    """Write what stands still, and what moves: date, evidence, figures."""

    def _reach(self, line: Line) -> tuple[float, float]:
        """Return the room of a line whatever its letters, so that no line moves with those of another day."""
        above, below = ARABIC_REACH if self.sheet.from_right else REACH
        return above * line[1], below * line[1]

    def write_still(self, layout: Layout) -> None:
        """Write title, credit, frame and the legend without its figures."""
        still = replace(
            layout, columns=[(box, [_without(group) for group in groups]) for box, groups in layout.columns]
        )
        with self.sheet.on("title"):
            self._stack(self._title_lines(), self._page.top)
        self.write_around(still)

    def write_moving(self, layout: Layout, sheet: Sheet, caption: FrameCaption) -> None:
        """Write the date, the evidence and the figures of one frame on its own sheet."""
        top = self._page.top - self._height(self._title_lines())
        with sheet.on("title"):
            replace(self, sheet=sheet, caption=caption).write_date(top)
        legend = replace(layout.legend, sheet=sheet)
        listed = {row.of for _, groups in layout.columns for group in groups for row in group if _is_one(row, self)}
        with sheet.on("legend"):
            for box, groups in layout.columns:
                filled = [[_filled(row, self, caption, listed) for row in group] for group in groups]
                legend.draw(filled, box.left, box.top, box.width, only_figures=True)

    def write_date(self, top: float) -> None:
        """Write date and evidence below a height."""
        self._stack(self._date_lines(), top)


def _without(group: Group) -> Group:
    return [replace(row, figure="", room=row.figure) for row in group]


def _is_one(row: Row, furniture: Furniture) -> bool:
    return row.sample == "area" and row.words != furniture.caption.messages("picture.legend.other")


def _filled(row: Row, furniture: Furniture, caption: FrameCaption, listed: set[Holder | str | None]) -> Row:
    """Return a row with the figure of the frame; the row of the others sums up what no row of its own has."""
    if row.sample != "area" or not isinstance(row.of, Holder):
        return row
    others = [holder for holder in caption.shares if holder not in listed and holder.status != "control"]
    holders = [row.of] if _is_one(row, furniture) else others
    return replace(row, figure=caption.figure(holders), room=row.figure)
