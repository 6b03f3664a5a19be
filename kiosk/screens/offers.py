"""The foot of the first screen: what can be had here, or the numbers that are being served."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.card import Card
from kiosk.screens.signs import Sign
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import IdleView, Tone

KINDS = ("goods", "service", "repair")
SIGN_MM, BESIDE_MM, BETWEEN_MM = 12.0, 2.4, 5.0
LINES_MAX = 3


class Offers(Widget):
    """The three classes with their drawings, names on a line of their own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._signs = [Sign(theme) for _ in KINDS]
        self._words = [Text(theme, Size.SNUG) for _ in KINDS]
        good = theme.palette.bands[Tone.GOOD]
        self._card = Card(theme, ground=good.ground, edge=good.edge)
        self._label = Text(theme, Size.SNUG, bold=True, colour=good.words)
        self._numbers = Text(theme, Size.TITLE, bold=True, across="center", colour=good.words)

    def height_of(self, body: IdleView, width: int) -> int:
        """Room for the longest offer: two lines, or three where it takes them."""
        theme = self.theme
        words = self._columns(Box(0, 0, width, 1))[0].width - theme.mm(SIGN_MM) - theme.mm(BESIDE_MM)
        counts = [len(self._words[0].needs(apart(offer), words).lines) for offer in body.offers[: len(KINDS)]]
        lines = 2 if body.message or body.serving else max(2, min(LINES_MAX, max(counts, default=2)))
        return theme.lines(Size.SNUG, lines)

    @property
    def names_height(self) -> int:
        """Room for the names alone, in pixels."""
        return self.theme.first_line(Size.BODY)

    def put(self, body: IdleView, box: Box) -> None:
        """Show the offers; while somebody is being served, the numbers of those."""
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.clear_widgets()
        if body.serving:
            self._put_serving(body, box)
            return
        colours, side = self.theme.palette, min(self.theme.mm(SIGN_MM), box.height)
        brief = box.height < self.theme.lines(self._words[0].least, 2)
        for kind, sign, text, offer, column in zip(
            KINDS, self._signs, self._words, body.offers, self._columns(box), strict=False
        ):
            place, words = column.cut_left(side, self.theme.mm(BESIDE_MM))
            sign.put(kind, place, colours.cinnabar, colours.paper)
            text.put(apart(offer).partition("\n")[0] if brief else apart(offer), words)
            self.add_widget(sign)
            self.add_widget(text)

    def _put_serving(self, body: IdleView, box: Box) -> None:
        label, *numbers = body.serving
        self._card.put(box)
        left, right = box.inset(self.theme.mm(4), 0).cut_left(self._label.width_of(label), self.theme.mm(3))
        self._label.put(label, left)
        self._numbers.put("  ".join(numbers), right)
        for part in (self._card, self._label, self._numbers):
            self.add_widget(part)

    def _columns(self, box: Box) -> list[Box]:
        return box.columns(len(KINDS), self.theme.mm(BETWEEN_MM))


def apart(offer: str) -> str:
    """The name of a class on a line of its own, what is in it below: they come with a colon or two spaces between."""
    return offer.replace("：", "\n", 1) if "：" in offer else offer.replace("  ", "\n", 1)
