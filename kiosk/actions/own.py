"""A resident's own pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenMine:
    """我的券和积分: the resident's own pages."""


@dataclass(frozen=True, slots=True)
class OpenVouchers:
    """我的兑换券."""


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """积分明细."""


@dataclass(frozen=True, slots=True)
class OpenVoucher:
    """Look at one voucher of the page, counted from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class AskPaper:
    """再打印一次: tell staff that another paper is wanted; nothing is printed by it."""
