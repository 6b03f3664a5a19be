"""The bottom bar: back, home and finish on the left, a notice, and the call for staff always in the right corner."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.palette import BANDS
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.signs import Sign, put_tone
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Frame

PAD_MM = 2.0


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
        gap, row = self.theme.gap, self._row
        self.clear_widgets()
        if frame.help is not None:
            place, row = row.cut_right(self._help.natural_width(frame.help.label), gap)
            self._help.offer(frame.help, place)
            self.add_widget(self._help)
        offered = ((self._back, frame.back), (self._home, frame.home), (self._finish, frame.finish))
        for widget, button in (*offered, (self._more, frame.more)):
            if button is not None:
                place, row = row.cut_left(widget.natural_width(button.label), gap)
                widget.offer(button, place)
                self.add_widget(widget)
        if frame.notice:
            self._show_notice(frame, row)

    def _show_notice(self, frame: Frame, row: Box) -> None:
        side = self.theme.mm(5)
        left, rest = row.cut_left(side, self.theme.mm(1.5))
        put_tone(self._sign, frame.notice_tone, left.middle(side, side))
        self._notice.put(frame.notice, rest, BANDS[frame.notice_tone].words)
        self.add_widget(self._sign)
        self.add_widget(self._notice)
