"""Agreeing, a PIN, and staff who look somebody up."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AgreeNotice:
    """同意: what is kept may be kept."""


@dataclass(frozen=True, slots=True)
class DeclineNotice:
    """不同意: nothing is kept, and the visit ends."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """我的资料: what is kept, and how to take the agreement back."""


@dataclass(frozen=True, slots=True)
class ConfirmWithdraw:
    """撤回同意."""


@dataclass(frozen=True, slots=True)
class PressDigit:
    """A key of the keypad, 0 to 9; in no repr."""

    digit: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EraseDigit:
    """删除: the last digit."""


@dataclass(frozen=True, slots=True)
class ClearDigits:
    """清除: all of them."""


@dataclass(frozen=True, slots=True)
class EnterPin:
    """确定: six digits are there."""


@dataclass(frozen=True, slots=True)
class ForgotPin:
    """忘记密码: staff help to choose another."""


@dataclass(frozen=True, slots=True)
class TryPin:
    """再试一次, once the time of a lock is over."""


@dataclass(frozen=True, slots=True)
class FindResident:
    """Staff: 找居民, for somebody without a card."""


@dataclass(frozen=True, slots=True)
class ChooseLetter:
    """Staff: the letter of a surname."""

    letter: str


@dataclass(frozen=True, slots=True)
class ChooseSurname:
    """Staff: a surname."""

    surname: str


@dataclass(frozen=True, slots=True)
class ChooseFound:
    """Staff: one of the residents that were found, counted from 0."""

    at: int


TrustAction = (
    AgreeNotice
    | DeclineNotice
    | Withdraw
    | ConfirmWithdraw
    | PressDigit
    | EraseDigit
    | ClearDigits
    | EnterPin
    | ForgotPin
    | TryPin
    | FindResident
    | ChooseLetter
    | ChooseSurname
    | ChooseFound
)
