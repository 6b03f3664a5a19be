"""From a card's answer to the event, on a line of 115,200 baud; and what it costs to look for cards all day."""

from __future__ import annotations

import hmac
import time

from benchmarks.results import Results
from devices.clock import MachineClock
from devices.drivers.idcard.reader import SerialCardReader
from devices.ports import IdCardRead
from devices.simulated.idcard.people import resident
from devices.simulated.idcard.reader import SimulatedCardReader

BAUD = 115200


class Timed(SimulatedCardReader):
    """Knows when it began to send the last long answer, and when it sent its last bytes."""

    def __init__(self) -> None:
        super().__init__(baud=BAUD)
        self.began = self.ended = 0.0
        self._write = self._line.write
        self._line.write = self._timed_write  # type: ignore[method-assign]

    def _send(self, frame: bytes) -> None:
        if len(frame) > 1000:
            self.began = time.monotonic()
        super()._send(frame)

    def _timed_write(self, data: bytes) -> None:
        self.ended = time.monotonic()
        self._write(data)


def measure(results: Results, count: int) -> None:
    """Lay ``count`` cards; then look for cards for as many polls, with none there."""
    device = Timed()
    reader = SerialCardReader(path=device.path, baud=BAUD, clock=MachineClock(), digest=_digest)
    ready: list[float] = []
    whole: list[float] = []
    for number in range(count):
        device.lay(resident("无名氏", "19500101", number))
        event = reader.read(10)
        now = time.monotonic()
        assert isinstance(event, IdCardRead)
        ready.append((now - device.began) * 1000)
        whole.append((now - device.ended) * 1000)
    device.lift()
    reader.read(1)
    used, began = time.thread_time(), time.monotonic()
    reader.read(max(5.0, count / 10))
    idle = (time.thread_time() - used) / (time.monotonic() - began) * 100
    reader.close()
    device.close()
    results.spread("idcard.ready_to_event_ms", ready, "ms")
    results.spread("idcard.last_byte_to_event_ms", whole, "ms")
    results.value("idcard.idle_cpu_percent", idle, "%")


def _digest(number: str) -> str:
    return hmac.new(bytes(32), number.encode(), "sha256").hexdigest()
