"""A process that runs the driver and says aloud all that it can: ``python -m … PATH LOGFILE``, orders on its input.

``read`` reads one event, ``look`` looks four times while no card lies there. ``digest`` makes the next digest fail with
the number in its words, ``wire N`` the N-th read of the line with the buffer full. ``tell`` prints the ``repr`` of
every object of the driver, every stack and every local value.
"""

from __future__ import annotations

import faulthandler
import gc
import logging
import sys
import threading
import traceback

from devices.drivers.idcard.reader import SerialCardReader
from devices.drivers.wire import Wire
from tests.devices.drivers.idcard.helpers import EAGER, LIMIT_SECONDS, digest
from tests.devices.helpers import JumpingClock

LOG = logging.getLogger(__name__)


class Saboteur:
    """Breaks the digest or the line on demand."""

    def __init__(self) -> None:
        self.digest_fails = False
        self.reads_left = 0
        self._read_into = Wire.read_into

    def digest(self, number: str) -> str:
        if self.digest_fails:
            self.digest_fails = False
            raise ValueError(f"cannot digest {number}")
        return digest(number)

    def read_into(self, wire: Wire, buffer: bytearray | memoryview, timeout_seconds: float) -> int:
        count = self._read_into(wire, buffer, timeout_seconds)
        if count and self.reads_left:
            self.reads_left -= 1
            if not self.reads_left:
                raise RuntimeError("the line broke in an unforeseen way")
        return count


def tell(driver: SerialCardReader) -> None:
    """Everything that a careless programme could print."""
    parts = [driver, *vars(driver).values()]
    inner = [value for part in parts for value in getattr(part, "__dict__", {}).values()]
    for part in [*parts, *inner]:
        print(f"{part!r} {part} {getattr(part, '__dict__', '')}")
    for thing in gc.get_objects():
        if type(thing).__module__.startswith("devices."):
            print(repr(thing))
    faulthandler.dump_traceback(all_threads=True)
    for thread in threading.enumerate():
        frame = sys._current_frames()[thread.ident or 0]
        stack = traceback.StackSummary.extract(traceback.walk_stack(frame), capture_locals=True)
        print("".join(stack.format()))


def main() -> None:
    path, log = sys.argv[1:]
    logging.basicConfig(filename=log, level=logging.DEBUG)
    logging.getLogger().addHandler(logging.StreamHandler())
    faulthandler.enable()
    saboteur = Saboteur()

    def read_into(wire: Wire, buffer: bytearray | memoryview, timeout_seconds: float) -> int:
        return saboteur.read_into(wire, buffer, timeout_seconds)

    Wire.read_into = read_into  # type: ignore[method-assign,assignment]
    clock = JumpingClock()
    driver = SerialCardReader(path=path, clock=clock, digest=saboteur.digest, patience=EAGER)
    for order in sys.stdin:
        word, *rest = order.split()
        match word:
            case "read":
                clock.jump(6)
                try:
                    print("event:", driver.read(LIMIT_SECONDS))
                except RuntimeError as fault:
                    LOG.exception("the driver let this through")
                    shown = traceback.TracebackException.from_exception(fault, capture_locals=True)
                    print("event: raised", *shown.format())
            case "look":
                saboteur.reads_left = 0
                for _ in range(4):
                    clock.jump(1)
                    driver.read(0)
            case "digest":
                saboteur.digest_fails = True
            case "wire":
                saboteur.reads_left = int(rest[0])
            case "tell":
                tell(driver)
        print("done", flush=True)


if __name__ == "__main__":
    main()
