"""A message on a pale band: a drawn sign and words, so that no state is told by colour alone."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.signs import Sign, put_tone
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import Tone


class Band(Widget):
    """One message with its tone."""

    def __init__(self, theme: Theme, size: Size = Size.BODY, *, sign_mm: float = 8.0) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self._sign_side = theme, theme.mm(sign_mm)
        self._card, self._sign, self._text = Card(theme), Sign(theme), Text(theme, size)
        for part in (self._card, self._sign, self._text):
            self.add_widget(part)

    def put(self, message: str, tone: Tone, box: Box) -> None:
        """Fill ``box`` with the message."""
        face, pad = self.theme.palette.bands[tone], self.theme.mm(2)
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self._card.put(box, face.ground, face.ground)
        side = min(self._sign_side, box.height - pad)
        left, rest = box.inset(pad, 0).cut_left(side, pad)
        put_tone(self._sign, tone, left.middle(side, side))
        self._text.put(message, rest, face.words)

    def height_for(self, message: str, width: int) -> int:
        """Height in pixels that this message needs in a band of that width."""
        pad = self.theme.mm(2)
        words = self._text.needs(message, width - 3 * pad - self._sign_side).height
        return max(words, self._sign_side) + pad
