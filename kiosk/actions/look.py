"""How the screen looks and speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToggleLarge:
    """大字: extra-large type, or back to the standard one."""


@dataclass(frozen=True, slots=True)
class ToggleContrast:
    """黑底白字: high contrast, or back to paper."""


@dataclass(frozen=True, slots=True)
class ToggleLanguage:
    """English, or back to 中文."""


@dataclass(frozen=True, slots=True)
class ToggleMute:
    """不出声: no spoken lines, or again."""


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """再听一遍: say the present line again."""


@dataclass(frozen=True, slots=True)
class ChooseLook:
    """设置: how the screen looks and speaks, all of it on one page."""


LookAction = ToggleLarge | ToggleContrast | ToggleLanguage | ToggleMute | RepeatLine | ChooseLook
"""What changes nothing but how the screen looks and speaks: taken in every state."""
