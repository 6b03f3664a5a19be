"""What the third status byte of an answer means, and what anybody can do about it. The first two are the card's own
code with some answers and zero with others: they are not looked at.
"""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Codes of the reader, and of a card that lies on it. ``missing`` and ``busy_elsewhere`` come from the wire."""

    # The reader
    MISSING = "idcard.missing"
    SILENT = "idcard.silent"
    GARBLED = "idcard.garbled"
    SELF_TEST = "idcard.self_test"
    UNAUTHORISED = "idcard.unauthorised"
    UNSUPPORTED = "idcard.unsupported"
    FAULT = "idcard.fault"
    # The card
    LIFTED = "idcard.lifted"
    UNREADABLE = "idcard.unreadable"
    UNVERIFIED = "idcard.unverified"
    INCONSISTENT = "idcard.inconsistent"
    UNKNOWN_KIND = "idcard.unknown_kind"


_OF_THE_READER = {
    0x10: Trouble.GARBLED,  # the module found our check wrong
    0x11: Trouble.GARBLED,  # ... our length
    0x21: Trouble.UNSUPPORTED,  # command wrong
    0x23: Trouble.UNSUPPORTED,  # not permitted
    0x24: Trouble.UNSUPPORTED,  # unknown
    0x60: Trouble.SELF_TEST,  # failed: takes no commands
    0x66: Trouble.UNAUTHORISED,  # the SAM may not be used
}
_OF_THE_CARD = {
    0x31: Trouble.UNVERIFIED,  # the card did not accept the module
    0x32: Trouble.UNVERIFIED,  # the module did not accept the card
    0x33: Trouble.INCONSISTENT,  # its data failed their check
    0x40: Trouble.UNKNOWN_KIND,
    0x80: Trouble.LIFTED,
}


def of_the_reader(sw3: int) -> Trouble | None:
    """What is wrong with the reader or its line, if that is what ``sw3`` says."""
    return _OF_THE_READER.get(sw3)


def of_the_card(sw3: int) -> Trouble:
    """Why a card that was found is not read: by default (41, 47, 81, 91, …) it only has to be laid again."""
    return _OF_THE_CARD.get(sw3) or _OF_THE_READER.get(sw3) or Trouble.UNREADABLE
