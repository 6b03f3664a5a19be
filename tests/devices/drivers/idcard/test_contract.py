"""What every card reader does, whatever hangs on the line: the real driver over a pty at both ends of the speeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.drivers.idcard.reader import SerialCardReader
from devices.ports import CardReader, DeviceState, Health
from devices.simulated.idcard.people import AHMET, CHAN, JOHN, MARIA, WANG, ZHANG
from devices.simulated.idcard.reader import SimulatedCardReader
from tests.devices.drivers.idcard.helpers import eager_reader, next_event, stays_quiet, told
from tests.devices.helpers import JumpingClock, plug

KNOWN = {"reset", "status", "sam id", "find", "select", "read"}


@pytest.fixture(params=[(115200, True), (115200, False), (9600, True)], ids=["found again", "found once", "slow line"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedCardReader]:
    baud, finds_again = request.param
    simulated = SimulatedCardReader(finds_again=finds_again, baud=baud)
    yield simulated
    simulated.close()
    assert set(simulated.asked) <= KNOWN, "fingerprints are never asked for"


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def reader(device: SimulatedCardReader, clock: JumpingClock) -> Iterator[SerialCardReader]:
    driver = eager_reader(device.path, clock, device.baud)
    port: CardReader = driver
    assert port.read(0) is None
    yield driver
    port.close()


def test_without_a_card_there_is_nothing(device: SimulatedCardReader, reader: SerialCardReader) -> None:
    assert stays_quiet(reader, device, 3)
    assert reader.state() == DeviceState(Health.OK)


def test_cards_of_all_kinds_one_after_another(device: SimulatedCardReader, reader: SerialCardReader) -> None:
    for card in (ZHANG, CHAN, MARIA, JOHN) if device.baud > 9600 else (ZHANG, MARIA):
        device.lay(card)
        assert next_event(reader) == told(card)


def test_a_card_left_lying_is_one_event(device: SimulatedCardReader, reader: SerialCardReader) -> None:
    device.lay(WANG)
    assert next_event(reader) == told(WANG)
    assert stays_quiet(reader, device, 6)


def test_a_card_laid_again_later_is_another(
    device: SimulatedCardReader, reader: SerialCardReader, clock: JumpingClock
) -> None:
    device.lay(AHMET)
    assert next_event(reader) == told(AHMET)
    device.lift()
    assert stays_quiet(reader, device, 4)
    clock.jump(6)
    device.lay(AHMET)
    assert next_event(reader) == told(AHMET)


def test_lifted_too_early_is_said_once(device: SimulatedCardReader, reader: SerialCardReader) -> None:
    device.lift_after_select()
    device.lay(ZHANG)
    assert next_event(reader).code == "idcard.lifted"  # type: ignore[union-attr]
    assert stays_quiet(reader, device, 4)
    device.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)


def test_unplugged_is_missing_and_back_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock, link = JumpingClock(), tmp_path / "idcard"
    first = SimulatedCardReader()
    reader = eager_reader(plug(link, first.path), clock)
    assert reader.state() == DeviceState(Health.UNKNOWN, "idcard.silent"), "nobody has heard it yet"
    first.lay(ZHANG)
    assert next_event(reader) == told(ZHANG)
    first.unplug()
    assert reader.read(0.1) is None
    assert reader.state() == DeviceState(Health.NOT_OK, "idcard.missing")
    second = SimulatedCardReader()
    second.lay(WANG)
    plug(link, second.path)
    clock.jump(11)
    assert next_event(reader) == told(WANG), "swapped while nobody looked"
    assert reader.state() == DeviceState(Health.OK)
    reader.close()
    second.close()
    said = [record.getMessage().split(" at ")[0] for record in caplog.records]
    assert said == ["idcard.missing", "idcard is back"]


def test_a_reader_that_was_never_there() -> None:
    reader = eager_reader("/nowhere/idcard")
    assert reader.read(0.05) is None
    assert reader.state() == DeviceState(Health.NOT_OK, "idcard.missing")
    assert reader.module() == ""
    reader.close()
