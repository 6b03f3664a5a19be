"""Wait for an ID card and say what may be said of it.

    python -m devices.examples.read_card /dev/serial/by-id/… --pepper FILE
    python -m devices.examples.read_card --simulated

``FILE`` holds at least 32 secret bytes: under another secret the same card has another digest.
"""

from __future__ import annotations

import argparse
import hmac
from pathlib import Path

from devices.clock import MachineClock
from devices.drivers.idcard.reader import SerialCardReader
from devices.ports import IdCardProblem
from devices.simulated.idcard.people import ZHANG
from devices.simulated.idcard.reader import SimulatedCardReader

WAIT_SECONDS = 60.0


def main() -> int:
    """Exit code 0 when a card was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", help="the serial port of the reader")
    parser.add_argument("--baud", type=int, default=115200)
    parser.add_argument("--pepper", type=Path, help="file with the secret of the digest")
    parser.add_argument("--simulated", action="store_true", help="an invented card on a simulated reader")
    given = parser.parse_args()
    if given.simulated:
        device = SimulatedCardReader(baud=given.baud)
        device.lay(ZHANG)
        pepper = bytes(32)
    elif given.path and given.pepper:
        device = None
        pepper = given.pepper.read_bytes()
    else:
        parser.error("a path and --pepper, or --simulated")

    def digest(number: str) -> str:
        return hmac.new(pepper, number.encode(), "sha256").hexdigest()

    path = device.path if device else given.path
    reader = SerialCardReader(path=path, baud=given.baud, clock=MachineClock(), digest=digest)
    print("Lay a card on the reader.")
    event = reader.read(WAIT_SECONDS)
    if event is None:
        print(f"No card was read. The reader: {reader.state()}")
    elif isinstance(event, IdCardProblem):
        print(f"The card could not be read: {event.code}")
    else:
        print(f"{event.document} card, born {event.birth_year}, digest {event.digest}")
    reader.close()
    if device:
        device.close()
    return 0 if event is not None and not isinstance(event, IdCardProblem) else 1


if __name__ == "__main__":
    raise SystemExit(main())
