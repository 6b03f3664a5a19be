"""What the tests of the card reader share."""

from __future__ import annotations

import hashlib
import hmac

from devices.drivers.idcard.reader import SerialCardReader
from devices.drivers.idcard.talk import Patience
from devices.ports import IdCardProblem, IdCardRead
from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.reader import SimulatedCardReader
from tests.devices.helpers import JumpingClock

LIMIT_SECONDS = 30.0
EAGER = Patience(poll_seconds=0.01)


def digest(number: str) -> str:
    return hmac.new(b"a pepper of thirty-two bytes, say", number.encode(), hashlib.sha256).hexdigest()


def eager_reader(
    path: str, clock: JumpingClock | None = None, baud: int = 115200, patience: Patience = EAGER
) -> SerialCardReader:
    """The real driver, looking often."""
    return SerialCardReader(path=path, baud=baud, clock=clock or JumpingClock(), digest=digest, patience=patience)


def told(card: SimulatedCard) -> IdCardRead:
    """What the driver should say of a card."""
    return IdCardRead(digest(card.number), card.document, int(card.born[:4]))


def next_event(reader: SerialCardReader) -> IdCardRead | IdCardProblem:
    event = reader.read(LIMIT_SECONDS)
    assert event is not None, "nothing was read"
    return event


def stays_quiet(reader: SerialCardReader, device: SimulatedCardReader, finds: int = 8) -> bool:
    """Whether the reader says nothing while it looks so many times."""
    aim = device.asked.count("find") + finds
    while device.asked.count("find") < aim:
        if reader.read(0.02) is not None:
            return False
    return True
