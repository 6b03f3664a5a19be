from __future__ import annotations

from pathlib import Path

import pytest

from devices.drivers.wire import PACED_PIECE_BYTES, Flow, Wire
from devices.simulated.line import PtyLine


class CountedClock:
    """Time passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def wire(path: str, clock: CountedClock, flow: Flow = Flow.RTSCTS) -> Wire:
    return Wire(role="printer", path=path, baud=9600, flow=flow, clock=clock)


def test_the_pause_between_attempts_grows_to_ten_seconds(tmp_path: Path) -> None:
    clock, link = CountedClock(), tmp_path / "port"
    line = wire(str(link), clock)
    gaps, last = [], clock.now
    for _ in range(400):
        before = line._backoff._retry_at
        assert line.open() == "printer.missing"
        if line._backoff._retry_at != before:
            gaps.append(clock.now - last)
            last = clock.now
        clock.now += 0.125
    assert gaps[:7] == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0]


@pytest.mark.parametrize("flow", list(Flow))
def test_bytes_pass_unchanged_both_ways(flow: Flow) -> None:
    other = PtyLine()
    line = wire(other.path, CountedClock(), flow)
    allowed = bytes(byte for byte in range(256) if byte not in (0x11, 0x13))
    assert line.open() == ""
    assert line.write(allowed, 1.0) == len(allowed)
    got = b""
    while len(got) < len(allowed):
        got += other.read(512)
    assert got == allowed
    other.write(allowed)
    back = b""
    while len(back) < len(allowed):
        back += line.read(2.0)
    assert back == allowed
    assert line.drained(1.0)
    line.close()
    other.close()


def test_a_paced_line_stays_slower_than_its_baud_rate() -> None:
    clock, other = CountedClock(), PtyLine()
    line = wire(other.path, clock, Flow.PACED)
    line.open()
    assert line.write(bytes(96), 10.0) == 96
    assert len(clock.slept) == 96 // PACED_PIECE_BYTES
    assert sum(clock.slept) > 96 * 10 / 9600
    line.close()
    other.close()


def test_a_closed_line_takes_and_gives_nothing() -> None:
    line = wire("nowhere", CountedClock())
    assert line.write(b"x", 1.0) == 0
    assert line.read(0.0) == b""
    assert not line.drained(0.0)
    line.close()
