"""What can happen to the screen, and what it can ask for."""

from __future__ import annotations

from kiosk.flow.events.answers import (
    Answer,
    DeskAnswer,
    ElsewhereLooked,
    JoinAnswer,
    JoinReported,
    OfficeAnswered,
    Own,
    PageRead,
    PaperAsked,
    PapersListed,
    PrintReported,
    Recognised,
    Redeemed,
    SlipReported,
    StaffAnswered,
    WishLooked,
    WithdrawReported,
)
from kiosk.flow.events.effects import (
    CarryOut,
    DeskEffect,
    Fetch,
    ListPapers,
    LookAtWish,
    LookUp,
    LookUpCard,
    ReprintPaper,
    SettlePaper,
    Unwish,
)
from kiosk.flow.events.join_effects import AskOffice, JoinEffect, LookAtAsk, PrintSlip, SendJoin, Unask, WithdrawJoin
from kiosk.flow.events.own_effects import AskPaper, LookElsewhere, OwnEffect, ReadHistory, ReadVouchers
from kiosk.flow.events.seen import (
    BoardTold,
    CardLaid,
    CardReaderReported,
    CardUnread,
    FoundTornOff,
    JournalFailed,
    JournalRecovered,
    OfficeLooked,
    Pressed,
    PrinterReported,
    Report,
    Scanned,
    ScannerReported,
    ScreenFailed,
    Ticked,
    card_laid,
)
from kiosk.flow.trust_events import TrustEffect

Event = Scanned | Pressed | Answer | Report | FoundTornOff | ScreenFailed | JournalFailed | JournalRecovered | Ticked


Effect = DeskEffect | OwnEffect | TrustEffect | JoinEffect


__all__ = [
    "Answer", "AskOffice", "AskPaper", "BoardTold", "CardLaid", "CardReaderReported", "CardUnread", "CarryOut",
    "DeskAnswer", "DeskEffect", "Effect", "ElsewhereLooked", "Event", "Fetch", "FoundTornOff", "JoinAnswer",
    "JoinEffect", "JoinReported", "JournalFailed", "JournalRecovered", "ListPapers", "LookAtAsk", "LookAtWish",
    "LookElsewhere", "LookUp", "LookUpCard", "OfficeAnswered", "OfficeLooked", "Own", "OwnEffect", "PageRead",
    "PaperAsked", "PapersListed", "Pressed", "PrintReported", "PrintSlip", "PrinterReported", "ReadHistory",
    "ReadVouchers", "Recognised", "Redeemed", "Report", "ReprintPaper", "Scanned", "ScannerReported", "ScreenFailed",
    "SendJoin", "SettlePaper", "SlipReported", "StaffAnswered", "Ticked", "Unask", "Unwish", "WishLooked",
    "WithdrawJoin", "WithdrawReported", "card_laid",
]  # fmt: skip
