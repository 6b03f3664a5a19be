"""Bars and screens of one look, each built when it is first wanted and refilled ever after."""

from __future__ import annotations

from collections.abc import Callable

from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from kiosk import views
from kiosk.actions import Action
from kiosk.palette import rgba
from kiosk.screens import bottom_bar, top_bar
from kiosk.screens.bottom_bar import BottomBar
from kiosk.screens.box import Box
from kiosk.screens.busy import BusyScreen
from kiosk.screens.confirm import ConfirmScreen
from kiosk.screens.done import DoneScreen
from kiosk.screens.fetching import FetchingScreen
from kiosk.screens.grid import GridScreen
from kiosk.screens.history import HistoryScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.idle import IdleScreen
from kiosk.screens.item import ItemScreen
from kiosk.screens.items import ItemsScreen
from kiosk.screens.keypad import KeypadScreen
from kiosk.screens.looks import LookScreen
from kiosk.screens.message import MessageScreen
from kiosk.screens.mine import MineScreen
from kiosk.screens.notice import NoticeScreen
from kiosk.screens.overlay import StillThereOverlay
from kiosk.screens.phone import PhoneScreen
from kiosk.screens.screen import Screen
from kiosk.screens.staff import StaffScreen
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
    views.LookView: LookScreen,
}


class Glass(Widget):
    """The whole picture in one theme: wall, bars, the screen of the view's kind, and what lies over them."""

    def __init__(self, theme: Theme, act: Callable[[Action], None]) -> None:
        super().__init__(size_hint=(None, None))
        self.theme, self._act = theme, act
        whole = Box(0, 0, theme.panel.width_px, theme.panel.height_px)
        self.size = (whole.width, whole.height)
        top, rest = whole.cut_top(top_bar.height_of(theme))
        bottom, rest = rest.cut_bottom(bottom_bar.height_of(theme))
        _, rest = rest.inset(theme.mm(4), 0).cut_top(theme.mm(1.2))
        _, self._page = rest.cut_bottom(theme.gap - theme.mm(bottom_bar.PAD_MM))
        self._top, self._bottom = TopBar(theme, act, top), BottomBar(theme, act, bottom)
        self._screens: dict[type, Screen] = {}
        self._screen: Screen | None = None
        self._overlay = StillThereOverlay(theme, act)
        with self.canvas.before:
            Color(*rgba(theme.palette.paper))
            Rectangle(pos=(0, 0), size=self.size)
        self.add_widget(self._top)
        self.add_widget(self._bottom)

    def show(self, view: views.View) -> None:
        """Refill the screen that is there, or change to another."""
        screen = self._built(type(view.body))
        self._change_to(screen)
        self._top.refill(view.frame)
        self._bottom.refill(view.frame)
        screen.refill(view.body, self._page)
        self.remove_widget(self._overlay)
        if view.overlay is not None:
            self._overlay.refill(view.overlay)
            self.add_widget(self._overlay)

    def build_all(self) -> None:
        """Build every screen now, so that the first visitor waits for none."""
        for kind in SCREENS:
            self._built(kind)

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
