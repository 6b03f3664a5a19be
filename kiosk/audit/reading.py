"""Reads the screen: walks the tree of widgets that hangs in the window, and takes the picture of its pixels along."""

from __future__ import annotations

from typing import Any

from PIL import Image

from kiosk.audit.alone import seconds_alone
from kiosk.audit.faces import Faces
from kiosk.audit.seen import Seen, SeenTarget, SeenText
from kiosk.audit.strings import strings_in
from kiosk.flow.states import Session, Times
from kiosk.presenter.speech import state_name
from kiosk.screens.bottom_bar import BottomBar
from kiosk.screens.box import Box
from kiosk.screens.button import WordButton
from kiosk.screens.hand import Hand
from kiosk.screens.host import Host
from kiosk.screens.pressable import Pressable
from kiosk.screens.text import Text
from kiosk.screens.top_bar import TopBar
from kiosk.texts import Texts
from kiosk.theme import CAPITAL_EM


class Reader:
    """``texts`` is the catalogue of the language on the screen; ``times`` are the flow's."""

    def __init__(self, host: Host, hand: Hand, faces: Faces, texts: Texts, times: Times) -> None:
        self._host, self._hand, self._faces, self._times = host, hand, faces, times
        self._keys = frozenset(texts.all())

    def read(self, name: str, session: Session | None = None, now: float = 0.0, language: str = "zh_CN") -> Seen:
        """What stands on the screen now. ``now`` are the monotonic seconds of ``session``; without one, only a view."""
        host, panel = self._host, self._host.theme.panel
        if host.view is None:
            raise ValueError("nothing is shown yet")
        width, height, pixels = self._hand.pixels()
        picture = Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        layer = self._hand.layer()
        pressables = [widget for widget in layer if isinstance(widget, Pressable)]
        return Seen(
            name=name,
            view=host.view,
            texts=tuple(
                self._text(widget, pressables) for widget in layer if isinstance(widget, Text) and widget.text.strip()
            ),
            targets=tuple(_target(widget) for widget in pressables),
            width=panel.width_px,
            height=panel.height_px,
            px_per_mm=panel.px_per_mm,
            language=language,
            keys=self._keys,
            data=frozenset((host.view.frame.station, *strings_in(session))),
            state=state_name(session.state) if session else "",
            alone_seconds=seconds_alone(session, now, self._times) if session else None,
            picture=picture,
        )

    def _text(self, text: Text, pressables: list[Pressable]) -> SeenText:
        owner = _above(text, Pressable)
        font = self._host.theme.font(text.setting.size)
        lines = tuple(text.setting.lines)
        missing = "".join(sorted({char for line in lines for char in self._faces.missing(line)}))
        return SeenText(
            words=text.text,
            box=_box(text),
            ink=ink_of(text),
            lines=lines,
            capital_mm=font * CAPITAL_EM / self._host.theme.panel.px_per_mm,
            colour=text.colour,
            shortened=text.setting.shortened,
            inside=None if owner is None else pressables.index(owner),
            on_button=isinstance(owner, WordButton),
            missing=missing,
        )


def ink_of(text: Text) -> Box:
    """Where the words of a text stand within its box."""
    box, (width, height) = _box(text), text.texture_size
    left = {"left": box.x, "center": box.x + (box.width - width) // 2}.get(text.across, box.right - width)
    bottom = {"top": box.top - height, "middle": box.y + (box.height - height) // 2}.get(text.up, box.y)
    return Box(left, bottom, width, height)


def _target(widget: Pressable) -> SeenTarget:
    label = "" if widget.view_button is None else widget.view_button.label
    in_bar = _above(widget, (TopBar, BottomBar)) is not None
    return SeenTarget(label, widget.action, _box(widget), widget.enabled, in_bar)


def _above(widget: Any, kind: Any) -> Any:
    """The nearest widget of a kind that holds this one; ``None`` if none does."""
    holder = widget.parent
    while holder is not None and holder is not holder.parent:
        if isinstance(holder, kind):
            return holder
        holder = holder.parent
    return None


def _box(widget: Any) -> Box:
    return Box(int(widget.x), int(widget.y), int(widget.width), int(widget.height))
