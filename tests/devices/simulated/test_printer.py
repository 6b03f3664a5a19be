"""The simulated printer itself, without the driver: a plain descriptor on its line."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator

import pytest

from devices.simulated.line import PtyLine
from devices.simulated.paper.parts import PaperError
from devices.simulated.printer import SimulatedPrinter


class Bench:
    """A printer and an open descriptor on its line."""

    def __init__(self) -> None:
        self.printer = SimulatedPrinter()
        self._descriptor = os.open(self.printer.path, os.O_RDWR | os.O_NOCTTY)

    def send(self, data: bytes) -> None:
        os.write(self._descriptor, data)

    def answer(self, count: int, timeout_seconds: float = 2.0) -> bytes:
        got = b""
        while len(got) < count and select.select([self._descriptor], [], [], timeout_seconds)[0]:
            got += os.read(self._descriptor, count - len(got))
        return got

    def close(self) -> None:
        os.close(self._descriptor)
        self.printer.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


def test_questions_are_answered_at_once_and_fences_in_their_turn(bench: Bench) -> None:
    bench.printer.take_paper_out()
    bench.send(b"a\n\x1dr\x01\x10\x04\x01\x10\x04\x04")
    assert bench.answer(2) == bytes.fromhex("1A7E")
    bench.printer.put_paper_in()
    assert bench.answer(1) == b"\x00"
    bench.printer.run_low()
    bench.send(b"\x1dr\x01")
    assert bench.answer(1) == b"\x03"


def test_each_question_gets_one_answer(bench: Bench) -> None:
    for number in (1, 2, 3, 4):
        bench.send(bytes((0x10, 0x04, number)))
        assert bench.answer(1) == b"\x12"
    bench.send(b"\x1dr\x01")
    assert bench.answer(2, 0.05) == b"\x00"


def test_paper_ends_after_so_many_bytes_of_a_job(bench: Bench) -> None:
    bench.printer.take_paper_out(after_bytes=4)
    bench.send(b"\x1b@\x1c&abcdef\n\x1dV\x00\x1dr\x01")
    bench.printer.wait_raw(15, 2)
    bench.send(b"\x10\x04\x04")
    assert bench.answer(1) == b"\x7e"
    assert bench.printer.papers == ()
    bench.printer.put_paper_in()
    assert bench.answer(1) == b"\x00"
    assert bench.printer.wait_paper(2).text == "abcdef"


def test_what_no_printer_understands_comes_out_as_an_error(bench: Bench) -> None:
    bench.send(b"ab\x07")
    with pytest.raises(PaperError, match="at byte 2"):
        bench.printer.wait_paper(2)
    with pytest.raises(PaperError, match="at byte 2"):
        _ = bench.printer.papers


def test_a_paper_that_never_comes_is_a_timeout(bench: Bench) -> None:
    with pytest.raises(TimeoutError):
        bench.printer.wait_paper(0.01)
    with pytest.raises(TimeoutError, match="0 bytes came, 1 were awaited"):
        bench.printer.wait_raw(1, 0.01)


def test_a_stalled_printer_reads_on_when_resumed(bench: Bench) -> None:
    bench.printer.stall()
    bench.send(b"\x10\x04\x01")
    assert bench.answer(1, 0.05) == b""
    bench.printer.resume()
    assert bench.answer(1) == b"\x12"


def test_closing_twice_or_while_stalled_ends_its_thread() -> None:
    printer = SimulatedPrinter()
    printer.stall()
    printer.close()
    printer.close()
    printer.stall()
    assert not printer._thread.is_alive()


def test_a_cable_pulled_by_hand_is_not_pulled_again_when_it_is_back(bench: Bench) -> None:
    bench.printer.unplug_after(50)
    bench.send(b"a" * 20 + b"\n")
    bench.printer.wait_raw(21, 5)
    bench.printer.unplug()
    line = PtyLine()
    descriptor = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
    bench.printer.replug(line)
    os.write(descriptor, b"b" * 40 + b"\n")
    assert bench.printer.wait_raw(62, 5).endswith(b"b\n")
    with pytest.raises(TimeoutError):
        bench.printer.wait_unplugged(0.0)
    bench.printer.unplug_after(1)
    os.write(descriptor, b"c")
    bench.printer.wait_unplugged(5)
    os.close(descriptor)
