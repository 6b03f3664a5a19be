"""The simulated printer and the real driver on its line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.ports import Printer
from devices.simulated.printer import SimulatedPrinter
from tests.devices.helpers import quick_printer


@pytest.fixture
def device() -> Iterator[SimulatedPrinter]:
    simulated = SimulatedPrinter()
    yield simulated
    simulated.close()


@pytest.fixture
def printer(device: SimulatedPrinter) -> Iterator[Printer]:
    driver: Printer = quick_printer(device.path)
    yield driver
    driver.close()
