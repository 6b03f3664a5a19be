"""The host of all screens: shows a view, hands actions back, and lets nothing through while a screen settles."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.uix.floatlayout import FloatLayout

from kiosk import views
from kiosk.actions import Action, Wake
from kiosk.dimness import Dimness
from kiosk.screens import bottom_bar, top_bar
from kiosk.screens.bottom_bar import BottomBar
from kiosk.screens.box import Box
from kiosk.screens.busy import BusyScreen
from kiosk.screens.confirm import ConfirmScreen
from kiosk.screens.done import DoneScreen
from kiosk.screens.fetching import FetchingScreen
from kiosk.screens.gate import SETTLE_SECONDS, Gate
from kiosk.screens.grid import GridScreen
from kiosk.screens.history import HistoryScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.identity import identity
from kiosk.screens.idle import IdleScreen
from kiosk.screens.item import ItemScreen
from kiosk.screens.items import ItemsScreen
from kiosk.screens.keypad import KeypadScreen
from kiosk.screens.message import MessageScreen
from kiosk.screens.mine import MineScreen
from kiosk.screens.notice import NoticeScreen
from kiosk.screens.overlay import StillThereOverlay
from kiosk.screens.phone import PhoneScreen
from kiosk.screens.pressable import Pressable
from kiosk.screens.screen import Screen
from kiosk.screens.shade import Shade, Wandering
from kiosk.screens.staff import StaffScreen
from kiosk.screens.text import forget_hidden
from kiosk.screens.top_bar import TopBar
from kiosk.screens.voucher import VoucherScreen
from kiosk.screens.vouchers import VouchersScreen
from kiosk.screens.whom import WhomScreen
from kiosk.theme import Theme

SCREENS: dict[type, type[Screen]] = {
    views.IdleView: IdleScreen,
    views.WhomView: WhomScreen,
    views.HomeView: HomeScreen,
    views.ItemsView: ItemsScreen,
    views.GroupsView: WhomScreen,
    views.ItemView: ItemScreen,
    views.ConfirmView: ConfirmScreen,
    views.MessageView: MessageScreen,
    views.BusyView: BusyScreen,
    views.FetchingView: FetchingScreen,
    views.DoneView: DoneScreen,
    views.PhoneView: PhoneScreen,
    views.StaffView: StaffScreen,
    views.MineView: MineScreen,
    views.VouchersView: VouchersScreen,
    views.VoucherView: VoucherScreen,
    views.HistoryView: HistoryScreen,
    views.NoticeView: NoticeScreen,
    views.KeypadView: KeypadScreen,
    views.GridView: GridScreen,
}


class Host(FloatLayout):
    """The root widget.

    ``dispatch`` is called on the UI thread with the action of each press; ``clock`` gives seconds that never go back.
    """

    def __init__(self, theme: Theme, dispatch: Callable[[Action], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self.theme, self._dispatch, self._gate = theme, dispatch, Gate(clock)
        whole = Box(0, 0, theme.panel.width_px, theme.panel.height_px)
        top, rest = whole.cut_top(top_bar.height_of(theme))
        bottom, rest = rest.cut_bottom(bottom_bar.height_of(theme))
        self._page = rest.inset(theme.mm(4), theme.mm(1.6))
        self._top, self._bottom = TopBar(theme, top), BottomBar(theme, self._act, bottom)
        self._screens: dict[type, Screen] = {}
        self._screen: Screen | None = None
        self._overlay = StillThereOverlay(theme, self._act)
        self._shade, self._wandering = Shade(theme), Wandering(theme, self)
        self.view: views.View | None = None
        # While the screen settles: textures hang in reference cycles, and left alone they cost 30 MB (measured).
        self._tidy = Clock.create_trigger(lambda _elapsed: gc.collect(), SETTLE_SECONDS / 2)
        self.add_widget(self._top)
        self.add_widget(self._bottom)

    def show(self, view: views.View) -> None:
        """Show ``view``: refill the screen that is there, or change to another. UI thread only."""
        changed = self.view is None or identity(self.view) != identity(view)
        self.view = view
        if changed:
            self._settle()
        self._change_to(self._built(type(view.body)))
        self._top.refill(view.frame)
        self._bottom.refill(view.frame)
        if self._screen is not None:
            self._screen.refill(view.body, self._page)
        self.remove_widget(self._overlay)
        if view.overlay is not None:
            self._overlay.refill(view.overlay)
            self.add_widget(self._overlay)
        self._rest(view)
        if changed:
            forget_hidden()
            self._tidy()

    def build_all(self) -> None:
        """Build every screen now, so that the first visitor waits for none."""
        for kind in SCREENS:
            self._built(kind)

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

    def _built(self, kind: type) -> Screen:
        if kind not in self._screens:
            self._screens[kind] = SCREENS[kind](self.theme, self._act)
        return self._screens[kind]

    def _change_to(self, screen: Screen) -> None:
        if screen is self._screen:
            return
        if self._screen is not None:
            self.remove_widget(self._screen)
        self._screen = screen
        self.add_widget(screen)
