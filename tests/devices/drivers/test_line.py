"""A line that can be opened and dies at once is as good as none: left alone for longer and longer, and said once."""

from __future__ import annotations

import errno

import pytest

from devices.drivers.line import Line
from devices.drivers.transport import ClosedByPeerError
from tests.devices.drivers.test_wire import CountedClock


class Dying:
    """A transport and its connection in one: it opens, and ``fault`` is what every reading gives."""

    name = "dying"
    transit_seconds_per_byte = 0.0
    piece_bytes = 64
    exact = True
    pace_seconds = 0.0

    def __init__(self, fault: OSError | None) -> None:
        self.fault = fault
        self.calls = 0

    def connect(self) -> Dying:
        self.calls += 1
        return self

    def send(self, data: bytes, timeout_seconds: float) -> int:
        return len(data)

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        if self.fault is not None:
            raise self.fault
        return b""

    def waiting(self) -> int:
        return 0

    def drop(self) -> bool:
        return True

    def port_status(self) -> int | None:
        return None

    def close(self) -> None:
        pass

    def holder(self) -> str:
        return "held by nobody"


FAULTS = [ConnectionResetError(errno.ECONNRESET, "reset"), ClosedByPeerError(errno.ECONNRESET, "hung up")]


@pytest.mark.parametrize("fault", FAULTS, ids=["reset", "hung up"])
def test_a_line_that_dies_at_once_is_left_alone_and_said_once(fault: OSError, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock, other = CountedClock(), Dying(fault)
    line = Line(role="printer", transport=other, clock=clock)
    for _ in range(600):
        line.open()
        line.write(b"question", 1.0)
        line.read(0.0)
        clock.now += 0.1
        assert line.open() == "printer.missing" or line.is_open
    assert other.calls <= 12
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == ["printer.missing"]


def test_a_line_is_back_once_it_was_steady(caplog: pytest.LogCaptureFixture) -> None:
    """A mute printer never says that it is there."""
    caplog.set_level("INFO")
    clock, other = CountedClock(), Dying(FAULTS[0])
    line = Line(role="printer", transport=other, clock=clock)
    assert line.open() == ""
    line.read(0.0)
    other.fault = None
    clock.now += 11
    assert line.open() == ""
    line.read(0.0)
    assert len(caplog.records) == 1
    clock.now += 2
    line.read(0.0)
    assert caplog.records[-1].getMessage().startswith("printer is back")
    other.fault = FAULTS[1]
    line.read(0.0)
    assert line.open() == ""  # it worked, so whoever hung up may be called again at once
    line.close()
