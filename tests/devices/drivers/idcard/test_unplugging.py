"""The cable is pulled at any byte, a hundred times, while cards are being read."""

from __future__ import annotations

import random
import threading
from pathlib import Path

from devices.drivers.idcard.reader import SerialCardReader
from devices.ports import DeviceState, Health
from devices.simulated.idcard.people import AHMET, PEOPLE, ZHANG
from devices.simulated.idcard.reader import SimulatedCardReader
from tests.devices.drivers.idcard.helpers import eager_reader, next_event, told
from tests.devices.helpers import JumpingClock, plug

DESCRIPTORS = Path("/proc/self/fd")
TIMES = 100
FIRST_EVENT_BYTES = 11 + 15 + 19 + 1295  # status, find, select, read


def events_until_gone(reader: SerialCardReader, device: SimulatedCardReader) -> list[object]:
    events: list[object] = []
    while device.plugged or reader.state().health is not Health.NOT_OK:
        event = reader.read(0.02)
        if event is not None:
            events.append(event)
    return events


def test_a_hundred_times(tmp_path: Path) -> None:
    chance = random.Random(20260101)
    clock, link = JumpingClock(), tmp_path / "idcard"
    reader = eager_reader(str(link), clock)
    threads, read, last = set(threading.enumerate()), 0, None
    descriptors = len(list(DESCRIPTORS.iterdir()))
    for _ in range(TIMES):
        # Another than the last that was read, which might have been lying there all the time.
        card = chance.choice([person for person in PEOPLE if person is not last])
        cut = chance.choice([chance.randrange(1, 60), chance.randrange(60, FIRST_EVENT_BYTES), FIRST_EVENT_BYTES + 40])
        device = SimulatedCardReader(finds_again=chance.random() < 0.5)
        device.unplug_after(cut)
        device.lay(card)
        plug(link, device.path)
        clock.jump(11)
        events = events_until_gone(reader, device)
        device.close()
        news = cut > FIRST_EVENT_BYTES
        assert events == ([told(card)] if news else [])
        read += news
        last = card if news else last
        assert reader.state() == DeviceState(Health.NOT_OK, "idcard.missing")
    assert read > TIMES // 5
    assert set(threading.enumerate()) == threads
    assert len(list(DESCRIPTORS.iterdir())) == descriptors

    device = SimulatedCardReader()
    plug(link, device.path)
    clock.jump(11)
    device.lay(AHMET if last is ZHANG else ZHANG)
    assert next_event(reader) == told(AHMET if last is ZHANG else ZHANG)
    reader.close()
    device.close()
