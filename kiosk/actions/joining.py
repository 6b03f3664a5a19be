"""Asking to join."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Join:
    """我要加入: ask the office to become a resident here."""


@dataclass(frozen=True, slots=True)
class Agree:
    """同意: keep what the notice says."""


@dataclass(frozen=True, slots=True)
class NoIdCard:
    """No ID card is at hand."""


@dataclass(frozen=True, slots=True)
class OfAge:
    """Fourteen or older, or not."""

    adult: bool


@dataclass(frozen=True, slots=True)
class PhoneDigit:
    """One digit of a telephone number."""

    digit: int


@dataclass(frozen=True, slots=True)
class PhoneErase:
    """Take the last digit back."""


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send the request, with the telephone number or without one."""


@dataclass(frozen=True, slots=True)
class PrintSlipAgain:
    """Print the slip once more that did not come out."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """撤回申请: ask first."""


@dataclass(frozen=True, slots=True)
class ConfirmTakeBack:
    """Take the request back for good."""


JoinAction = (
    Join
    | Agree
    | NoIdCard
    | OfAge
    | PhoneDigit
    | PhoneErase
    | SendRequest
    | PrintSlipAgain
    | TakeBack
    | ConfirmTakeBack
)
