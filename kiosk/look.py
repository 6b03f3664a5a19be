"""How the screen looks and speaks to whoever stands before it: chosen there, and gone with the visit. Pure."""

from __future__ import annotations

from dataclasses import dataclass

CHINESE, ENGLISH = "zh_CN", "en"


@dataclass(frozen=True, slots=True)
class Look:
    """Extra-large type, high contrast, the language (a folder of ``kiosk/locales``), and whether prompts are spoken."""

    large: bool = False
    contrast: bool = False
    language: str = CHINESE
    muted: bool = False
