"""Before points are spent: what, how many, what remains. The yes stands where no button stood before."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.picture import Picture
from kiosk.screens.rows import Rows
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import ConfirmView


class ConfirmScreen(Screen):
    """A receipt before the fact.

    Confirm is the left half: a second tap after 兑换 lands on cancel, and one after confirm on "not now", should there
    be a question.
    """

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.TITLE, bold=True)
        self._card = Card(theme, lift=True)
        self._picture = Picture(theme)
        self._name = Text(theme, Size.LEAD, bold=True, across="center")
        self._rows = Rows(theme, strong_last=True)
        self._confirm = WordButton(theme, act, size=Size.TITLE)
        self._cancel = WordButton(theme, act, size=Size.LEAD, bold=False)
        for part in (self._title, self._card, self._picture, self._name, self._rows, self._confirm, self._cancel):
            self.add_widget(part)

    def refill(self, body: ConfirmView, box: Box) -> None:
        """Show what is about to be spent."""
        theme = self.theme
        title, rest = box.cut_top(theme.first_line(Size.TITLE), theme.mm(1.6))
        self._title.put(body.title, title)
        foot, page = rest.cut_bottom(theme.mm(21), theme.mm(3.6))
        confirm, cancel = foot.columns(2, theme.mm(8))
        self._confirm.offer(body.confirm, confirm)
        self._cancel.offer(body.cancel, cancel)
        self._card.put(page)
        left, right = page.inset(theme.mm(4), theme.mm(2.4)).cut_left(theme.mm(66), theme.mm(8))
        needed = self._name.needs(body.name, left.width, Size.BODY).height
        name, picture = left.cut_bottom(max(needed, theme.first_line(Size.LEAD)), theme.mm(0.8))
        stack([Piece(self._name, body.name, Size.LEAD)], name, up="middle")
        side = min(picture.width, picture.height)
        self._picture.put(body.picture, picture.middle(side, side))
        self._rows.put(body.rows, right)
