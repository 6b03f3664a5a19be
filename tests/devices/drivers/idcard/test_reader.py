"""Everything that can go wrong between a card and its event."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import serial

from devices.drivers.idcard.reader import SerialCardReader
from devices.drivers.idcard.talk import Patience
from devices.ports import DeviceState, Health, IdCardProblem
from devices.simulated.idcard.people import CHAN, WANG, ZHANG
from devices.simulated.idcard.reader import SimulatedCardReader
from tests.devices.drivers.idcard.helpers import EAGER, digest, eager_reader, next_event, stays_quiet, told
from tests.devices.helpers import JumpingClock

HASTY = Patience(short_seconds=0.4, read_seconds=0.5, poll_seconds=0.01)


@pytest.fixture
def device() -> Iterator[SimulatedCardReader]:
    simulated = SimulatedCardReader()
    yield simulated
    simulated.close()


@pytest.fixture
def reader(device: SimulatedCardReader) -> Iterator[SerialCardReader]:
    driver = eager_reader(device.path)
    assert driver.read(0) is None
    yield driver
    driver.close()


def hasty_reader(device: SimulatedCardReader, clock: JumpingClock) -> SerialCardReader:
    return eager_reader(device.path, clock, patience=HASTY)


@pytest.mark.parametrize(
    ("sw3", "command", "code"),
    [
        (0x31, "read", "idcard.unverified"),
        (0x32, "read", "idcard.unverified"),
        (0x33, "read", "idcard.inconsistent"),
        (0x40, "read", "idcard.unknown_kind"),
        (0x41, "read", "idcard.unreadable"),
        (0x47, "read", "idcard.unreadable"),
        (0x91, "read", "idcard.unreadable"),
        (0x66, "read", "idcard.unauthorised"),
        (0x21, "read", "idcard.unsupported"),
        (0x81, "select", "idcard.unreadable"),
        (0x31, "select", "idcard.unverified"),
        (0x80, "select", "idcard.lifted"),
        (0x80, "read", "idcard.lifted"),
        (0x10, "read", "idcard.garbled"),
        (0x11, "select", "idcard.garbled"),
    ],
)
def test_a_card_that_fails_twice_is_said_once_and_read_when_it_can_be(
    device: SimulatedCardReader, reader: SerialCardReader, sw3: int, command: str, code: str
) -> None:
    device.fail_with(sw3, command, times=2)
    device.lay(ZHANG)
    assert next_event(reader) == IdCardProblem(code)
    assert next_event(reader) == told(ZHANG)
    assert reader.state() == DeviceState(Health.OK)


@pytest.mark.parametrize("sw3", [0x31, 0x33, 0x41, 0x80])
def test_one_failure_is_tried_again_in_silence(device: SimulatedCardReader, reader: SerialCardReader, sw3: int) -> None:
    device.fail_with(sw3)
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)


@pytest.mark.parametrize(
    ("sw3", "code"), [(0x66, "idcard.unauthorised"), (0x23, "idcard.unsupported"), (0x24, "idcard.unsupported")]
)
def test_a_reader_that_reads_no_card_is_not_well_until_it_does(
    device: SimulatedCardReader, reader: SerialCardReader, sw3: int, code: str
) -> None:
    device.fail_with(sw3, times=2)
    device.lay(ZHANG)
    assert next_event(reader) == IdCardProblem(code)
    assert reader.state() == DeviceState(Health.NOT_OK, code)
    assert next_event(reader) == told(ZHANG)
    assert reader.state() == DeviceState(Health.OK)


def test_a_module_that_failed_its_test_is_reset(device: SimulatedCardReader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = JumpingClock()
    reader = eager_reader(device.path, clock)
    device.fail_with(0x60, "find", times=2)
    assert reader.read(0) is None
    assert reader.state() == DeviceState(Health.NOT_OK, "idcard.self_test")
    device.lay(WANG)
    for _ in range(2):
        clock.jump(11)
        event = reader.read(0)
    assert event == told(WANG)
    assert device.asked.count("reset") == 2
    assert reader.state() == DeviceState(Health.OK)
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "idcard.self_test",
        "idcard is well again",
    ]
    reader.close()


def test_a_module_that_knows_only_what_is_needed_is_well(device: SimulatedCardReader) -> None:
    reader = eager_reader(device.path)
    device.fail_with(0x24, "status", times=5)
    device.fail_with(0x24, "sam id", times=5)
    device.lay(WANG)
    assert next_event(reader) == told(WANG)
    assert reader.module() == ""
    assert reader.state() == DeviceState(Health.OK)
    reader.close()


def test_a_line_that_never_falls_quiet_holds_nobody(device: SimulatedCardReader) -> None:
    reader = hasty_reader(device, JumpingClock())
    assert reader.read(0) is None
    stop = threading.Event()

    def babble() -> None:
        while not stop.is_set():
            device.send(bytes.fromhex("AAAAAA9669 0200") * 8)

    thread = threading.Thread(target=babble)
    thread.start()
    assert reader.read(0.5) is None
    stop.set()
    thread.join()
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)
    reader.close()


def test_the_pause_grows_while_nothing_is_found_out(device: SimulatedCardReader) -> None:
    clock = JumpingClock()
    reader = eager_reader(device.path, clock)
    device.fail_with(0x60, "find", times=50)
    pauses = []
    for _ in range(7):
        before = clock.monotonic()
        asked = device.asked.count("find")
        while device.asked.count("find") == asked:
            reader.read(0)
            clock.jump(0.25)
        pauses.append(clock.monotonic() - before)
    assert pauses == sorted(pauses)
    assert 10 <= pauses[-1] < 12
    reader.close()


@pytest.mark.parametrize("command", ["find", "select", "read"])
def test_spoilt_answers_are_asked_for_again(
    device: SimulatedCardReader, reader: SerialCardReader, command: str
) -> None:
    device.corrupt_checksum(command)
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)
    assert reader.state() == DeviceState(Health.OK)


@pytest.mark.parametrize(
    "noise", [b"\x00", b"\xaa\xaa", b"\xff" * 300, bytes.fromhex("AAAAAA9669FFFF"), b"\xaa\xaa\xaa\x96"]
)
@pytest.mark.parametrize("command", ["find", "select", "read"])
def test_noise_before_the_head_costs_nothing(
    device: SimulatedCardReader, reader: SerialCardReader, command: str, noise: bytes
) -> None:
    device.make_noise(noise, command)
    device.lay(ZHANG)
    before = device.asked.count("read")
    assert next_event(reader) == told(ZHANG)
    assert device.asked.count("read") == before + 1


def test_noise_that_looks_like_a_long_answer_costs_only_time(device: SimulatedCardReader) -> None:
    reader = hasty_reader(device, JumpingClock())
    assert reader.read(0) is None
    device.make_noise(bytes.fromhex("AAAAAA9669 0F00"))
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)
    assert device.asked.count("read") == 1
    reader.close()


@pytest.mark.parametrize("keep", [0, 9, 1294])
def test_a_short_answer_is_no_card(device: SimulatedCardReader, keep: int) -> None:
    reader = hasty_reader(device, JumpingClock())
    assert reader.read(0) is None
    device.cut_short(keep, times=2)
    device.lay(ZHANG)
    assert next_event(reader) == IdCardProblem("idcard.unreadable")
    assert next_event(reader) == told(ZHANG)
    reader.close()


def test_a_silent_reader_is_said_opened_anew_and_back(
    device: SimulatedCardReader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    clock = JumpingClock()
    reader = hasty_reader(device, clock)
    assert reader.read(0) is None
    device.fall_silent()
    for _ in range(3):
        assert reader.state() == DeviceState(Health.OK), "one missed answer proves nothing"
        clock.jump(11)
        assert reader.read(0) is None
    with serial.Serial(device.path, exclusive=True):
        pass  # it was let go of
    assert reader.state() == DeviceState(Health.NOT_OK, "idcard.silent")
    clock.jump(11)
    assert reader.read(0) is None
    device.speak()
    device.lay(CHAN)
    clock.jump(11)
    assert next_event(reader) == told(CHAN)
    assert reader.state() == DeviceState(Health.OK)
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["idcard.silent", "idcard is well again"]
    reader.close()


def test_a_line_full_of_nonsense(device: SimulatedCardReader) -> None:
    clock = JumpingClock()
    reader = hasty_reader(device, clock)
    assert reader.read(0) is None
    device.corrupt_checksum("find", times=3)
    for _ in range(3):
        clock.jump(11)
        assert reader.read(0) is None
    assert reader.state() == DeviceState(Health.NOT_OK, "idcard.garbled")
    clock.jump(11)
    assert reader.read(0) is None
    assert reader.state() == DeviceState(Health.OK)
    reader.close()


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(device: SimulatedCardReader) -> None:
    reader = eager_reader(device.path)
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)
    device.send(bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97") * 3)
    device.lift()
    assert stays_quiet(reader, device, 4)
    reader.close()


def test_held_by_another_process(device: SimulatedCardReader) -> None:
    reader = eager_reader(device.path)
    with serial.Serial(device.path, exclusive=True):
        assert reader.read(0.05) is None
        assert reader.state() == DeviceState(Health.NOT_OK, "idcard.busy_elsewhere")


def test_a_digest_that_fails_is_a_problem_and_tells_nothing(
    device: SimulatedCardReader, caplog: pytest.LogCaptureFixture
) -> None:
    failing = True

    def fragile(number: str) -> str:
        if failing:
            raise ValueError(f"cannot digest {number}")
        return digest(number)

    reader = SerialCardReader(path=device.path, clock=JumpingClock(), digest=fragile, patience=EAGER)
    device.lay(ZHANG)
    assert next_event(reader) == IdCardProblem("idcard.fault")
    assert stays_quiet(reader, device, 3)
    assert [record.getMessage() for record in caplog.records] == ["idcard.fault: no digest (ValueError)"]
    failing = False
    assert next_event(reader) == told(ZHANG)
    reader.close()


def test_the_number_of_the_module(device: SimulatedCardReader, reader: SerialCardReader) -> None:
    assert reader.module() == "05.03-20190401-0000000001-1234567890"
    device.corrupt_checksum("sam id")
    assert reader.module() == "05.03-20190401-0000000001-1234567890"
