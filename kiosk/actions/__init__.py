"""What a person can ask of the screen: every button carries one of these values. Pure."""

from __future__ import annotations

from kiosk.actions.joining import (
    Agree,
    ConfirmTakeBack,
    Join,
    JoinAction,
    NoIdCard,
    OfAge,
    PhoneDigit,
    PhoneErase,
    PrintSlipAgain,
    SendRequest,
    TakeBack,
)
from kiosk.actions.look import (
    ChooseLook,
    LookAction,
    RepeatLine,
    ToggleContrast,
    ToggleLanguage,
    ToggleLarge,
    ToggleMute,
)
from kiosk.actions.moving import Back, CallStaff, Finish, Home, MoreTime, Wake
from kiosk.actions.own import AskPaper, OpenHistory, OpenMine, OpenVoucher, OpenVouchers
from kiosk.actions.papers import Reprint, SetAside
from kiosk.actions.spending import (
    AcceptLater,
    ChooseClass,
    ChooseGroup,
    ChooseItem,
    ChooseWhom,
    Confirm,
    Redeem,
    SetPieces,
    ShowGroups,
    TurnPage,
)
from kiosk.actions.trust import (
    AgreeNotice,
    ChooseFound,
    ChooseLetter,
    ChooseSurname,
    ClearDigits,
    ConfirmWithdraw,
    DeclineNotice,
    EnterPin,
    EraseDigit,
    FindResident,
    ForgotPin,
    PressDigit,
    TrustAction,
    TryPin,
    Withdraw,
)

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


__all__ = [
    "AcceptLater", "Action", "Agree", "AgreeNotice", "AskPaper", "Back", "CallStaff", "ChooseClass", "ChooseFound",
    "ChooseGroup", "ChooseItem", "ChooseLetter", "ChooseLook", "ChooseSurname", "ChooseWhom", "ClearDigits",
    "Confirm", "ConfirmTakeBack", "ConfirmWithdraw", "DeclineNotice", "EnterPin", "EraseDigit", "FindResident",
    "Finish", "ForgotPin", "Home", "Join", "JoinAction", "LookAction", "MoreTime", "NoIdCard", "OfAge", "OpenHistory",
    "OpenMine", "OpenVoucher", "OpenVouchers", "PhoneDigit", "PhoneErase", "PressDigit", "PrintSlipAgain", "Redeem",
    "RepeatLine", "Reprint", "SendRequest", "SetAside", "SetPieces", "ShowGroups", "TakeBack", "ToggleContrast",
    "ToggleLanguage", "ToggleLarge", "ToggleMute", "TrustAction", "TryPin", "TurnPage", "Wake", "Withdraw",
]  # fmt: skip
