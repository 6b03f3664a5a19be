"""The top bar: station, date and clock, and who is here with how many points."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.lattice import Lattice
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Frame

LATTICE_MM = 1.4


def height_of(theme: Theme) -> int:
    """Height of the bar with its ornament, in pixels."""
    return theme.first_line(Size.BODY) + theme.mm(1.6) + theme.mm(LATTICE_MM)


class TopBar(Widget):
    """Drawn on the wall itself; only the resident stands on a card of his own."""

    def __init__(self, theme: Theme, box: Box) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        strip, self._row = box.cut_bottom(theme.mm(LATTICE_MM))
        self._row = self._row.inset(theme.mm(4), theme.mm(0.4))
        self._mark = Sign(theme)
        # A sign on the wall, not something that must be read: a long name may be smaller.
        self._station = Text(theme, bold=True, least=Size.NOTE)
        self._clock = Text(theme, bold=True, across="right")
        self._date = Text(theme, across="right", colour=theme.palette.soft_ink)
        self._chip = Card(theme, ground=theme.palette.blush)
        self._resident = Text(theme, across="center", bold=True, colour="#7A0000")
        for part in (Lattice(theme, strip), self._mark, self._station, self._clock):
            self.add_widget(part)

    def refill(self, frame: Frame) -> None:
        """Show station, time and resident. With a resident the date gives its room to name and points."""
        gap, palette = self.theme.mm(3), self.theme.palette
        mark, row = self._row.cut_left(self._row.height, self.theme.mm(1.6))
        self._mark.put("pavilion", mark, palette.cinnabar, palette.paper)
        place, row = row.cut_right(self._clock.width_of(frame.clock), gap)
        self._clock.put(frame.clock, place)
        row = self._show_date(frame.date if not frame.resident else "", row, gap)
        row = self._show_resident(frame, row, gap)
        self._station.put(frame.station, row)

    def _show_date(self, date: str, row: Box, gap: int) -> Box:
        self.remove_widget(self._date)
        if not date:
            return row
        place, row = row.cut_right(self._date.width_of(date), gap)
        self._date.put(date, place)
        self.add_widget(self._date)
        return row

    def _show_resident(self, frame: Frame, row: Box, gap: int) -> Box:
        self.remove_widget(self._chip)
        self.remove_widget(self._resident)
        words = "  ".join(part for part in (frame.resident, frame.balance) if part)
        if not words:
            return row
        pad = self.theme.mm(1.6)
        place, row = row.cut_right(self._resident.width_of(words) + 2 * pad, gap)
        self._chip.put(place)
        self._resident.put(words, place.inset(pad - 3, 0))
        self.add_widget(self._chip)
        self.add_widget(self._resident)
        return row
