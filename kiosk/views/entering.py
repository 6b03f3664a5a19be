"""Notices, keypads and grids: what is agreed to, typed or looked up."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views.parts import Button, Tone


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A keypad for a telephone number that nobody must leave."""

    title: str  # "留个手机号，好通知您"
    message: str  # "不想留，可以不填"
    number: str  # "138 0013 8000"; empty at first
    hint: str  # how many digits are missing; empty when it can be sent
    digits: tuple[Button, ...]  # 1 … 9, then 0
    erase: Button
    send: Button


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What is kept of a person, and two answers: before the first visit, and under 我的资料."""

    title: str
    rows: tuple[tuple[str, str], ...]  # at most four: ("身份证", "只留一个认卡的记号…")
    yes: Button
    no: Button


@dataclass(frozen=True, slots=True)
class KeypadView:
    """A PIN is entered. ``entered`` of ``wanted`` digits are there; which ones no view says."""

    title: str
    message: str
    tone: Tone
    entered: int
    wanted: int
    keys: tuple[Button, ...]  # twelve, row by row: 1 … 9, clear, 0, erase
    enter: Button
    forgot: Button | None


@dataclass(frozen=True, slots=True)
class GridView:
    """For staff: at most 24 short choices a page, letters or surnames."""

    title: str
    choices: tuple[Button, ...]
    page: str
    previous: Button | None
    next: Button | None
