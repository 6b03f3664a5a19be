from __future__ import annotations

import pytest

from devices.drivers.printer.status import fence_trouble, query, state_of
from devices.ports import DeviceState, Health

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("replies", "code"),
    [
        ({1: 0x1A}, "printer.offline"),
        ({1: 0x1A, 2: 0x16}, "printer.cover_open"),
        ({2: 0x32}, "printer.paper_out"),
        ({2: 0x52}, "printer.attention"),
        ({3: 0x1A}, "printer.cutter"),
        ({3: 0x32}, "printer.fault"),
        ({3: 0x52}, "printer.overheated"),
        ({3: 0x1A, 2: 0x52, 1: 0x1A}, "printer.cutter"),
        ({4: 0x72}, "printer.paper_out"),
        ({4: 0x7E}, "printer.paper_out"),
        ({4: 0x7E, 2: 0x36, 1: 0x1A}, "printer.cover_open"),
    ],
)
def test_troubles(replies: dict[int, int], code: str) -> None:
    assert state_of(FINE | replies) == DeviceState(Health.NOT_OK, code)


def test_all_well() -> None:
    assert state_of(FINE) == DeviceState(Health.OK)


def test_the_feed_button_is_no_trouble() -> None:
    assert state_of(FINE | {2: 0x1A}) == DeviceState(Health.OK)


def test_near_end_is_a_warning() -> None:
    assert state_of(FINE | {4: 0x1E}) == DeviceState(Health.OK, warning="printer.paper_near_end")


@pytest.mark.parametrize("byte", [0x00, 0x10, 0x13, 0x92, 0xFF, 0x3F])
def test_a_byte_of_the_wrong_form_makes_the_state_unknown(byte: int) -> None:
    assert state_of(FINE | {3: byte}) == DeviceState(Health.UNKNOWN, "printer.garbled")


def test_a_missing_answer_is_never_ok() -> None:
    assert state_of({}) == DeviceState(Health.UNKNOWN, "printer.silent")
    assert state_of({1: 0x12, 2: 0x12, 3: 0x12}) == DeviceState(Health.UNKNOWN, "printer.silent")
    assert state_of({1: 0x1A, 2: 0x16}) == DeviceState(Health.NOT_OK, "printer.cover_open")


def test_the_fence_answer_may_complain_of_paper() -> None:
    assert [fence_trouble(byte) for byte in (0x00, 0x03)] == ["", ""]
    assert [fence_trouble(byte) for byte in (0x0C, 0x0F)] == ["printer.paper_out"] * 2


def test_the_question() -> None:
    assert query(4) == b"\x10\x04\x04"
