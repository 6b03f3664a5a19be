"""What a person can ask of the screen: every button carries one of these values. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Back:
    """One screen back."""


@dataclass(frozen=True, slots=True)
class Home:
    """To the first screen of the visit."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End the visit: 结束."""


@dataclass(frozen=True, slots=True)
class CallStaff:
    """呼叫工作人员."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """更多时间: still here."""


@dataclass(frozen=True, slots=True)
class Wake:
    """A touch on a screen that rests, or beside every button of the first one: somebody is here."""


@dataclass(frozen=True, slots=True)
class ChooseWhom:
    """为谁办: one of the people for whom the holder of the card may act, counted from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class ChooseClass:
    """One of the three classes: ``goods``, ``service``, ``repair``."""

    kind: str


@dataclass(frozen=True, slots=True)
class TurnPage:
    """To another page of six; ``page`` counts from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowGroups:
    """按类找: choose a group of the class that is shown."""


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """Narrow the shelf to one group; empty: what has none; ``None``: all of the class."""

    group: str | None


@dataclass(frozen=True, slots=True)
class SetPieces:
    """So many pieces of the item that is shown."""

    pieces: int


@dataclass(frozen=True, slots=True)
class ChooseItem:
    """Look at one item of the catalogue."""

    item: int


@dataclass(frozen=True, slots=True)
class Redeem:
    """兑换: go to the confirmation."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """确认兑换: spend the points."""


@dataclass(frozen=True, slots=True)
class AcceptLater:
    """Go on although the paper will be printed later (纸条稍后补打)."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Staff: print this job again, marked 补打."""

    job: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Staff: the paper of this job is in the resident's hand after all; take it off the list."""

    job: int


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


@dataclass(frozen=True, slots=True)
class AskPaper:
    """再打印一次: tell staff that another paper is wanted; nothing is printed by it."""


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

Action = (
    LookAction
    | JoinAction
    | Back
    | Home
    | Finish
    | CallStaff
    | MoreTime
    | Wake
    | ChooseWhom
    | ChooseClass
    | TurnPage
    | ShowGroups
    | ChooseGroup
    | SetPieces
    | ChooseItem
    | Redeem
    | Confirm
    | AcceptLater
    | Reprint
    | SetAside
    | OpenMine
    | OpenVouchers
    | OpenHistory
    | OpenVoucher
    | AskPaper
    | TrustAction
)
