"""What every view is made of: tones, buttons, and the frame around every screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.actions import Action


class Tone(StrEnum):
    """What a button or a message means; the theme gives it a colour, the view always gives it words too."""

    PRIMARY = "primary"  # the one thing most people want here
    PLAIN = "plain"
    QUIET = "quiet"  # back, cancel
    GOOD = "good"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: words and what it asks for. A disabled one says in ``label`` or nearby text why."""

    label: str
    action: Action
    tone: Tone = Tone.PLAIN
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen: top bar and bottom bar."""

    station: str
    clock: str  # "10:24"
    date: str  # "11月22日 星期日"
    resident: str = ""  # "张*三"; empty when nobody is recognised
    balance: str = ""  # "380 分"
    back: Button | None = None
    home: Button | None = None
    finish: Button | None = None
    help: Button | None = None  # 呼叫工作人员: same corner on all screens
    more: Button | None = None  # one thing more that can be done here: 我的资料, 找居民
    notice: str = ""  # one short line of state, for example "演示模式" or "打印机缺纸"
    notice_tone: Tone = Tone.PLAIN
    tools: tuple[Button, ...] = ()  # 再听一遍, 大字, language, 设置: in the top bar of every screen


@dataclass(frozen=True, slots=True)
class LookView:
    """How the screen looks and speaks: four switches, each labelled with what a press makes of it."""

    title: str
    choices: tuple[Button, ...]
    done: Button
