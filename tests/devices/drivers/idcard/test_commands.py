"""The exact bytes of each command, as the makers' texts print them."""

from __future__ import annotations

import pytest

from devices.drivers.idcard import commands
from devices.drivers.idcard.commands import FIND, READ, RESET, SAM_ID, SELECT, STATUS, Command, sam_id
from devices.drivers.idcard.framing import framed


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (RESET, "AAAAAA96690003 10FF EC"),
        (STATUS, "AAAAAA96690003 11FF ED"),
        (SAM_ID, "AAAAAA96690003 12FF EE"),
        (FIND, "AAAAAA96690003 2001 22"),
        (SELECT, "AAAAAA96690003 2002 21"),
        (READ, "AAAAAA96690003 3001 32"),
    ],
)
def test_bytes(command: Command, frame: str) -> None:
    assert command.frame == bytes.fromhex(frame)


def test_a_longer_body_is_counted_and_checked_whole() -> None:
    assert framed(bytes.fromhex("61FF50")) == bytes.fromhex("AAAAAA96690004 61FF50 CA")


def test_fingerprints_are_no_command() -> None:
    bodies = {value.body for value in vars(commands).values() if isinstance(value, Command)}
    assert len(bodies) == 6
    assert b"\x30\x10" not in bodies


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ("0500 0300 C1143401 01000000 D2029649", "05.03-20190401-0000000001-1234567890"),
        ("0500 0100 00000000 00000000 FFFFFFFF", "05.01-00000000-0000000000-4294967295"),
        ("", ""),
        ("0500", ""),
        ("0500 0300 C1143401 01000000 D202964900", ""),
    ],
)
def test_the_number_of_a_module(data: str, number: str) -> None:
    assert sam_id(memoryview(bytes.fromhex(data))) == number
