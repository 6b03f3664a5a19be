"""The cable comes out at random bytes, again and again, on every line: no thread stays behind, no half paper counts."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.render import render
from devices.paper import Cut, Paper, Qr, Text
from devices.ports import Health, PrintState
from tests.devices.drivers.printer.rig import Rig
from tests.devices.helpers import FACE, QR_PAYLOAD

AFTER_JOB_BYTES = 9 + 3 + 12 + 4  # the seal, the second fence and the last questions, and a few that never come


def voucher(number: int) -> Paper:
    """With a rare name, so that pictures are torn too."""
    return (Text(f"兑换券{number:03}"), Text(f"欧阳𬭎 {number:03}"), Qr(QR_PAYLOAD), Text("兑换后不退"), Cut())


LINES = [
    ("serial-rtscts/58mm", StatusMethod.REALTIME),
    ("serial-xonxoff/80mm", StatusMethod.ASB),
    ("usblp/80mm", StatusMethod.ASB),
    ("usb/58mm", StatusMethod.REALTIME),
    ("tcp/80mm", StatusMethod.REALTIME),
]


@pytest.mark.parametrize(("name", "status"), LINES)
def test_the_cable_is_pulled_twenty_times(name: str, status: StatusMethod, tmp_path: Path) -> None:
    pull(name, status, 20, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize(("name", "status"), LINES)
def test_the_cable_is_pulled_a_hundred_times(name: str, status: StatusMethod, tmp_path: Path) -> None:
    pull(name, status, 100, tmp_path)


def found_again(rig: Rig) -> None:
    """The printer is well, at the second look where the old line had still to be found dead."""
    if rig.driver.status().code == "printer.missing":
        rig.clock.jump(11)
    assert rig.driver.status().health is Health.OK


def pull(name: str, status: StatusMethod, times: int, tmp_path: Path) -> None:
    chance = random.Random(f"{name} {times}")
    threads = threading.active_count()
    rig = Rig.named(name, tmp_path, status=status).start(strict=False)
    whole = len(render(voucher(0), rig.profile, FACE)) + AFTER_JOB_BYTES
    states = []
    for number in range(times):
        found_again(rig)
        before, seen = len(rig.device.raw), len(rig.device.papers)
        rig.device.unplug_after(chance.randrange(1, whole))
        outcome = rig.driver.print(voucher(number))
        if outcome.state is not PrintState.PRINTED and outcome.code == "printer.missing":
            rig.device.wait_unplugged(5)
        rig.device.unplug()
        came = rig.device.raw[before:]
        out = [paper for paper in rig.device.papers[seen:] if f"兑换券{number:03}" in paper.text]
        assert len(out) <= 1
        if outcome.state is PrintState.PRINTED:
            (paper,) = out
            assert paper.qr_payloads == (QR_PAYLOAD,)  # and nothing of an earlier one hangs on to it
            assert [line[0] for line in paper.text.splitlines()] == ["兑", "▦", "兑"]
        elif outcome.state is PrintState.FAILED:
            assert f"兑换券{number:03}".encode("gb18030") not in came
            assert not outcome.bytes_sent
        states.append(outcome.state)
        rig.replug()
    # The printer was left in the middle of pictures, codes and characters: none of it shows on a whole paper.
    found_again(rig)
    assert rig.driver.print(voucher(999)).state is PrintState.PRINTED
    assert rig.device.papers[-1].text.splitlines()[-1] == "兑换后不退"
    rig.close()
    assert states.count(PrintState.UNCERTAIN) > times // 2
    assert threading.active_count() == threads
