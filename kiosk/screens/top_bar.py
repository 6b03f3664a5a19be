"""The top bar: station, date and clock, who is here with how many points, and the tools."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.lattice import Lattice
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.screens.tools import Tools
from kiosk.theme import Size, Theme
from kiosk.views import Frame

LATTICE_MM = 1.2
PAD_MM = 0.6
MARK_MM = 11.0


def height_of(theme: Theme) -> int:
    """Height of the bar with its ornament, in pixels."""
    return theme.target + 2 * theme.mm(PAD_MM) + theme.mm(LATTICE_MM)


class TopBar(Widget):
    """Drawn on the wall itself; only the resident stands on a card of his own.

    The mark and the station's name at the left, under it the date or the resident; clock and tools at the right.
    """

    def __init__(self, theme: Theme, act: Callable[[Action], None], box: Box) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        strip, row = box.cut_bottom(theme.mm(LATTICE_MM))
        self._row = row.inset(theme.mm(4), theme.mm(PAD_MM))
        self._mark = Sign(theme)
        # Signs on the wall, not something that must be read: they may be smaller than the rest.
        self._station = Text(theme, bold=True, least=Size.NOTE)
        self._date = Text(theme, Size.NOTE, colour=theme.palette.soft_ink, least=Size.NOTE)
        self._clock = Text(theme, Size.SNUG, bold=True, across="right")
        self._chip = Card(theme, ground=theme.palette.blush, radius_mm=1.6)
        self._resident = Text(theme, Size.SNUG, across="center", bold=True, colour=theme.palette.deep_cinnabar)
        self._tools = Tools(theme, act)
        for part in (Lattice(theme, strip), self._mark, self._station, self._clock, self._tools):
            self.add_widget(part)

    def refill(self, frame: Frame) -> None:
        """Show station, time, resident and tools. Where not all of them fit, a tool gives way, then the mark."""
        gap, palette, row = self.theme.mm(3), self.theme.palette, self._row
        words = "  ".join(part for part in (frame.resident, frame.balance) if part)
        clock = self._clock.width_of(frame.clock)
        least = self._least(frame, words) + gap + clock + gap
        mark = self.theme.mm(MARK_MM) + self.theme.mm(1.6)
        for everything, marked in ((True, True), (False, True), (True, False), (False, False)):
            wide = self._tools.width_of(frame.tools, all_of_them=everything)
            if least + (mark if marked else 0) + wide <= row.width:
                break
        tools, row = row.cut_right(wide, gap)
        self._tools.put(frame.tools, tools, all_of_them=everything)
        place, row = row.cut_right(clock, gap)
        self._clock.put(frame.clock, place)
        self.remove_widget(self._mark)
        if marked:
            place, row = row.cut_left(self.theme.mm(MARK_MM), self.theme.mm(1.6))
            self._mark.put("pavilion", place.square(), palette.cinnabar, palette.paper)
            self.add_widget(self._mark)
        self._name(frame, words, row)

    def _least(self, frame: Frame, words: str) -> int:
        """Width that the block of names needs: the resident in full, a long station's name on two lines of notes."""
        if words:
            return self._resident.width_of(words) + 2 * self.theme.mm(1.6)
        return self._station.width_of(frame.station, Size.NOTE) * 6 // 10

    def _name(self, frame: Frame, words: str, row: Box) -> None:
        for part in (self._chip, self._resident, self._date):
            self.remove_widget(part)
        if not words:
            self._undisturbed(frame, row)
            return
        row = row.inset(0, -self.theme.mm(PAD_MM))  # two lines take all of the bar's height
        chip, above = row.cut_bottom(self.theme.first_line(Size.SNUG))
        pad = self.theme.mm(1.6)
        chip, _ = chip.cut_left(self._resident.width_of(words) + 2 * pad)
        self._station.put(frame.station, above, size=Size.NOTE)
        self._chip.put(chip)
        self._resident.put(words, chip.inset(pad - 3, 0))
        self.add_widget(self._chip)
        self.add_widget(self._resident)

    def _undisturbed(self, frame: Frame, row: Box) -> None:
        """Nobody is here: the station's name, and under it the date if there is room for both."""
        date, above = row.cut_bottom(self.theme.first_line(Size.NOTE))
        fits = self._date.width_of(frame.date) <= row.width
        one_line = self._station.width_of(frame.station, Size.NOTE) <= row.width
        if not frame.date or not fits or not one_line:
            self._station.put(frame.station, row, size=Size.BODY)
            return
        self._station.put(frame.station, above, size=Size.BODY)
        self._date.put(frame.date, date)
        self.add_widget(self._date)
