"""Views on which something is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.actions import Action
from kiosk.views.parts import Button, Tone


@dataclass(frozen=True, slots=True)
class WhomView:
    """For whom? At most six people a page, the holder of the card first."""

    title: str  # "为谁办？"
    choices: tuple[Button, ...]  # "张*三（代领）\n380 分"
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class ClassTile:
    """One of the three classes on the home screen. ``kind`` picks the drawing: goods, service, repair."""

    kind: str
    label: str  # "商品"
    caption: str  # "米面粮油 · 日用"
    count: str  # "8 种可兑换"
    action: Action


@dataclass(frozen=True, slots=True)
class HomeView:
    """The resident is recognised: masked name, points, three classes."""

    greeting: str  # "张*三，您好"
    points_label: str  # "可用积分"
    points: str  # "380"
    question: str  # "今天想兑换什么？"
    tiles: tuple[ClassTile, ...]
    total: str = ""  # "一共 520 分", when more lies elsewhere and that is known
    mine: Button | None = None  # "我的券\n和积分"


@dataclass(frozen=True, slots=True)
class ItemTile:
    """One item in a page of six. A tile that cannot be had is still shown and says why in ``note``."""

    item: int
    name: str
    price: str  # "120 分"
    note: str  # "还差 20 分", "已兑完", "剩 5 份" or ""
    affordable: bool
    picture: str  # path of a PNG, or "" if there is none
    action: Action


@dataclass(frozen=True, slots=True)
class ItemsView:
    """One page of a class, at most six items."""

    title: str
    tiles: tuple[ItemTile, ...]
    page: str  # "第 1 页，共 2 页"; "" when there is one page
    previous: Button | None
    next: Button | None
    groups: Button | None = None  # "分类找", where a class is long and has groups


@dataclass(frozen=True, slots=True)
class GroupsView:
    """By what a class is searched: at most six groups a page, all of it first."""

    title: str  # "想找哪一类？"
    choices: tuple[Button, ...]  # "粮油\n4 种"
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class Stepper:
    """How many pieces: fewer, so many, more; what they cost, and why not more or what remains."""

    fewer: Button
    more: Button
    count: str  # "2 袋，共 240 分"
    note: str  # "换后还剩 140 分", "一次最多 2 袋"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item: picture, facts, and the button to redeem."""

    name: str
    picture: str
    description: str
    price: str
    facts: tuple[tuple[str, str], ...]  # label and value: where, until when, how many are left
    redeem: Button
    reason: str = ""  # why it cannot be redeemed, or what has to be fetched first
    reason_tone: Tone = Tone.WARNING
    stock: str = ""  # "现有 12 袋", under the price
    stepper: Stepper | None = None


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """Before spending: what, how many points, what remains."""

    title: str  # "请确认兑换"
    name: str
    picture: str
    rows: tuple[tuple[str, str], ...]  # ("现有积分", "380 分"), ("本次使用", "120 分"), ("兑换后剩余", "260 分")
    confirm: Button
    cancel: Button
