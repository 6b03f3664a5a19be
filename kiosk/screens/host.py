"""The host of all screens: shows a view in its look, and lets nothing through while a screen settles."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from kiosk import views
from kiosk.actions import Action, Wake
from kiosk.dimness import Dimness
from kiosk.look import Look
from kiosk.palette import rgba
from kiosk.screens.gate import SETTLE_SECONDS, Gate
from kiosk.screens.glass import Glass
from kiosk.screens.identity import identity
from kiosk.screens.pressable import Pressable, forget_unseen
from kiosk.screens.shade import Shade, Wandering
from kiosk.screens.text import forget_hidden
from kiosk.theme import Theme

KEPT = 2
"""Looks whose pages are kept: the one that everybody starts with, and the one that was chosen last."""


class Host(FloatLayout):
    """The root widget.

    ``dispatch`` is called on the UI thread with the action of each press; ``clock`` gives seconds that never go back.
    """

    def __init__(self, theme: Theme, dispatch: Callable[[Action], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self.theme, self._dispatch, self._gate = theme, dispatch, Gate(clock)
        self._first = self._drawn(theme.look)
        self._kept: dict[Look, Glass] = {}
        self._pages = self._pages_of(self._first)
        self._shade, self._wandering = Shade(theme), Wandering(theme, self)
        self.view: views.View | None = None
        # While the screen settles: textures hang in reference cycles, and left alone they cost 30 MB (measured).
        self._tidy = Clock.create_trigger(lambda _elapsed: gc.collect(), SETTLE_SECONDS / 2)
        self.add_widget(self._pages)

    def show(self, view: views.View) -> None:
        """Show ``view`` in its look: refill the screen that is there, or change to another. UI thread only."""
        changed = self.view is None or identity(self.view) != identity(view)
        self.view = view
        if changed:
            self._settle()
        self._change_to(self._pages_of(self._drawn(view.look)))
        self._pages.show(view)
        self._rest(view)
        if changed:
            forget_hidden()
            forget_unseen()
            self._tidy()

    def build_all(self) -> None:
        """Build every screen of the first look now, so that the first visitor waits for none."""
        self._pages.build_all()

    def on_touch_down(self, touch: Any) -> bool:
        """Swallow what was meant for the screen before this one, and what only wakes this one."""
        if not self._gate.is_open():
            return True
        if self.view is not None and self.view.dimness is not Dimness.BRIGHT:
            self._act(Wake())
            self._settle()  # a second knock on the dark glass is none on a button either
            return True
        taken = bool(super().on_touch_down(touch))
        if not taken and self.view is not None and isinstance(self.view.body, views.IdleView):
            self._act(Wake())
        return taken

    def _act(self, action: Action) -> None:
        if self._gate.accepts(action):
            self._dispatch(action)

    def _rest(self, view: views.View) -> None:
        self._wandering.put(view.shift)
        self.remove_widget(self._shade)
        if view.dimness is not Dimness.BRIGHT:
            self._shade.put(view.dimness)
            self.add_widget(self._shade)

    def _settle(self) -> None:
        self._gate.changed()
        for widget in self.walk():
            if isinstance(widget, Pressable):
                widget.cancel()

    def _drawn(self, look: Look) -> Look:
        """What of a look widgets are built for: another language only fills them with other words."""
        return Look(large=look.large, contrast=look.contrast)

    def _pages_of(self, look: Look) -> Glass:
        pages = self._kept.pop(look, None) or Glass(replace(self.theme, look=look), self._act)
        while len(self._kept) >= KEPT:
            del self._kept[next(other for other in self._kept if other != self._first)]
        self._kept[look] = pages
        return pages

    def _change_to(self, pages: Glass) -> None:
        if pages is self._pages:
            return
        self.remove_widget(self._pages)
        self._pages, self.theme = pages, pages.theme
        self.add_widget(pages)
        Window.clearcolor = rgba(pages.theme.palette.paper)  # seen at the edge where the picture wanders
