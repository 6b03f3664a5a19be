"""The bottom bar: back, home and finish on the left, a notice, and the call for staff always in the right corner."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.signs import Sign, put_tone
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Button, Frame

PAD_MM = 1.0


def height_of(theme: Theme) -> int:
    """Height of the bar, in pixels."""
    return theme.target + 2 * theme.mm(PAD_MM)


class BottomBar(Widget):
    """Only what the frame offers is there."""

    def __init__(self, theme: Theme, act: Callable[[Action], None], box: Box) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._row = box.inset(theme.mm(4), theme.mm(PAD_MM))
        self._back = WordButton(theme, act, sign="left", bold=False)
        self._home = WordButton(theme, act, sign="house", bold=False)
        self._finish = WordButton(theme, act, sign="door", bold=False)
        self._more = WordButton(theme, act, bold=False)
        self._help = WordButton(theme, act, sign="bell")
        self._sign = Sign(theme)
        self._notice = Text(theme, Size.NOTE)

    def refill(self, frame: Frame) -> None:
        """Show what this frame offers."""
        self.clear_widgets()
        row = self._show_buttons(frame, Size.BODY)
        if frame.notice and not self._show_notice(frame, row):
            self._show_notice(frame, self._show_buttons(frame, Size.SNUG))

    def _show_buttons(self, frame: Frame, size: Size) -> Box:
        """Offer them as wide as their labels are at that size; returns what is left between them."""
        gap, row = self.theme.gap, self._row
        if frame.help is not None:
            place, row = row.cut_right(self._help.natural_width(frame.help.label, size), gap)
            self._put(self._help, frame.help, place)
        offered = ((self._back, frame.back), (self._home, frame.home), (self._finish, frame.finish))
        for widget, button in (*offered, (self._more, frame.more)):
            if button is not None:
                place, row = row.cut_left(widget.natural_width(button.label, size), gap)
                self._put(widget, button, place)
        return row

    def _put(self, widget: WordButton, button: Button, place: Box) -> None:
        widget.offer(button, place)
        if widget.parent is None:
            self.add_widget(widget)

    def _show_notice(self, frame: Frame, row: Box) -> bool:
        """Show it in the middle; returns whether all of it is there."""
        side = self.theme.mm(5)
        left, rest = row.cut_left(side, self.theme.mm(1.5))
        put_tone(self._sign, frame.notice_tone, left.middle(side, side))
        setting = self._notice.put(frame.notice, rest, self.theme.palette.bands[frame.notice_tone].words)
        for part in (self._sign, self._notice):
            if part.parent is None:
                self.add_widget(part)
        return not setting.shortened
