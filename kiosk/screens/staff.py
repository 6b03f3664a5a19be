"""For staff: papers that did not surely print, three a page."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.card import Card
from kiosk.screens.screen import Piece, Screen, stack
from kiosk.screens.text import Text
from kiosk.theme import Size, Theme
from kiosk.views import StaffJob, StaffView

JOBS_MAX = 3


class JobRow(Widget):
    """One paper: its number and what it was for, why it is here, and two buttons."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._card = Card(theme, lift=True)
        # Read by staff at arm's length: the only words of a page that may be as small as a note.
        self._title = Text(theme, Size.SNUG, bold=True, least=Size.NOTE)
        self._reason = Text(theme, Size.NOTE, colour=theme.palette.soft_ink, least=Size.NOTE)
        self._reprint, self._aside = (
            WordButton(theme, act, size=Size.SNUG),
            WordButton(theme, act, size=Size.SNUG, bold=False),
        )
        for part in (self._card, self._title, self._reason, self._reprint, self._aside):
            self.add_widget(part)

    def put(self, job: StaffJob, box: Box) -> None:
        """Show this paper at ``box``."""
        theme = self.theme
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self._card.put(box)
        inner = box.inset(theme.mm(3), theme.mm(0.8))
        aside, rest = inner.cut_right(self._aside.natural_width(job.set_aside.label), theme.gap)
        reprint, words = rest.cut_right(self._reprint.natural_width(job.reprint.label), theme.mm(4))
        high = max(theme.target, theme.mm(18))
        self._reprint.offer(job.reprint, reprint.middle(reprint.width, high))
        self._aside.offer(job.set_aside, aside.middle(aside.width, high))
        pieces = [
            Piece(self._title, f"{job.number}  {job.title}", Size.SNUG, theme.mm(0.6)),
            Piece(self._reason, f"{job.when}  {job.reason}", Size.NOTE),
        ]
        stack(pieces, words, up="middle")


class StaffScreen(Screen):
    """Title and message with the page buttons beside them, then the papers."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(theme, act)
        self._title = Text(theme, Size.LEAD, bold=True)
        self._message = Text(theme, colour=theme.palette.soft_ink, least=Size.NOTE)
        self._report = Text(theme, Size.NOTE, colour=theme.palette.soft_ink, least=Size.NOTE)
        self._page = Text(theme, Size.SNUG, across="right")
        self._previous, self._next = WordButton(theme, act, size=Size.SNUG), WordButton(theme, act, size=Size.SNUG)
        self._rows = [JobRow(theme, act) for _ in range(JOBS_MAX)]
        for part in (self._title, self._message):
            self.add_widget(part)

    def refill(self, body: StaffView, box: Box) -> None:
        """Show this page of papers."""
        theme = self.theme
        head, rest = box.cut_top(theme.lines(Size.SNUG, 2), theme.mm(1.2))
        words = self._show_pages(body, head)
        pieces = [Piece(self._title, body.title, Size.LEAD), Piece(self._message, body.message, Size.BODY)]
        stack(pieces, words, up="middle")
        if self.show(self._report, wanted=bool(body.report)):
            high = self._report.needs(body.report, rest.width).height
            report, rest = rest.cut_top(high, theme.mm(1))
            self._report.put(body.report, report)
        for at, (row, place) in enumerate(zip(self._rows, rest.rows(JOBS_MAX, theme.gap), strict=True)):
            if self.show(row, wanted=at < len(body.jobs)):
                row.put(body.jobs[at], place)

    def _show_pages(self, body: StaffView, head: Box) -> Box:
        gap = self.theme.gap
        for widget, button in ((self._next, body.next), (self._previous, body.previous)):
            if self.show(widget, wanted=button is not None) and button is not None:
                place, head = head.cut_right(widget.natural_width(button.label), gap)
                widget.offer(button, place.middle(place.width, max(self.theme.target, self.theme.mm(16))))
        if self.show(self._page, wanted=bool(body.page)):
            place, head = head.cut_right(self._page.width_of(body.page), gap)
            self._page.put(body.page, place)
        return head
