"""The base of everything that can be pressed: one press, one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from kivy.uix.widget import Widget

from kiosk.actions import Action
from kiosk.screens.box import Box
from kiosk.theme import Theme
from kiosk.views import Button

SLIP_MM = 1.4
"""How far a finger may slip off before the press is given up: under half the gap, so that no two targets overlap."""


_ALL: WeakSet[Pressable] = WeakSet()


class Pressable(Widget):
    """A target. Subclasses draw themselves in ``draw`` and call ``offer`` when they are refilled.

    The action is handed over when the finger is lifted on it; ``view_button`` is the button of the view it stands for.
    """

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self._act = theme, act
        self.view_button: Button | None = None
        self.box = Box(0, 0, 0, 0)
        self.pressed = False
        self._aimed_at: Action | None = None
        _ALL.add(self)

    def forget(self) -> None:
        """Stand for nothing: neither a word nor an action of a view stays."""
        self.view_button = self._aimed_at = None
        self.pressed = False

    @property
    def action(self) -> Action | None:
        """What a press asks for; None before the first view."""
        return self.view_button.action if self.view_button else None

    @property
    def enabled(self) -> bool:
        """Whether a press does anything."""
        return self.view_button is not None and self.view_button.enabled

    def offer(self, button: Button, box: Box) -> None:
        """Stand for ``button`` at ``box``."""
        self.view_button, self.box = button, box
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.draw()

    def draw(self) -> None:
        """Draw in the present state: enabled or not, pressed or not."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Forget a press that has begun: the screen changed under the finger."""
        self._aimed_at = None
        self._set_pressed(pressed=False)

    def on_touch_down(self, touch: Any) -> bool:
        """Take a finger that lands here; a second finger on the same target does nothing."""
        if not self.box.holds(*touch.pos):
            return False
        if self.enabled and not self.pressed:
            touch.grab(self)
            self._aimed_at = self.action
            self._set_pressed(pressed=True)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Act if the finger is lifted where it landed."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        aimed_at, self._aimed_at = self._aimed_at, None
        self._set_pressed(pressed=False)
        hit = self.box.holds(*touch.pos, slack=self.theme.mm(SLIP_MM))
        if hit and self.parent is not None and self.enabled and aimed_at == self.action:
            self._act(aimed_at)
        return True

    def _set_pressed(self, *, pressed: bool) -> None:
        if pressed != self.pressed:
            self.pressed = pressed
            self.draw()


def forget_unseen() -> None:
    """Have every target that is not in the window stand for nothing: a name may be on it."""
    for target in list(_ALL):
        if target.view_button is not None and target.get_root_window() is None:
            target.forget()
