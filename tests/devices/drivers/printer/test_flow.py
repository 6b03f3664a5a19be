"""A slow head and a small buffer: what keeps bytes from being lost, and what happens where nothing does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.drivers.printer.printer import Patience
from devices.drivers.printer.render import render
from devices.paper import Cut, Paper, Text
from devices.ports import PrintOutcome, PrintState
from devices.simulated.firmware import Full
from tests.devices.drivers.printer.rig import Rig
from tests.devices.helpers import FACE

LONG: Paper = (*(Text("积分兑换凭证" * 4) for _ in range(1500)), Text("末行"), Cut())
SOME: Paper = (*(Text("积分兑换凭证" * 4) for _ in range(30)), Cut())
BUFFER_BYTES = 48_000  # told to wait when half full: a pty still brings up to 16,640 bytes that were written before
PATIENT = Patience(reply_seconds=10.0, write_seconds=30.0, fence_seconds=30.0)


def printed_while_held(rig: Rig, paper: Paper, until: Callable[[], bool]) -> PrintOutcome:
    """Print in a thread while the head stands still, let it go once ``until`` is so."""
    rig.driver.status()
    rig.device.hold()
    outcomes: list[PrintOutcome] = []
    job = threading.Thread(target=lambda: outcomes.append(rig.driver.print(paper)))
    job.start()
    while job.is_alive() and not until():
        job.join(0.005)
    job.join(0.1)  # what is not held back comes now
    rig.device.release()
    job.join(30)
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize(
    ("name", "full"), [("serial-xonxoff/80mm", Full.XOFF), ("usblp/80mm", Full.WAITS), ("usb/80mm", Full.WAITS)]
)
def test_a_printer_that_says_wait_loses_nothing(name: str, full: Full, tmp_path: Path) -> None:
    rig = replace(Rig.named(name, tmp_path), patience=PATIENT).start(full=full, buffer_bytes=BUFFER_BYTES)
    assert len(render(LONG, rig.profile, FACE)) > 1.5 * BUFFER_BYTES
    outcome = printed_while_held(rig, LONG, lambda: len(rig.device.raw) >= 0.5 * BUFFER_BYTES)
    lost, papers = rig.device.lost, rig.device.papers
    rig.close()
    assert outcome.state is PrintState.PRINTED
    assert lost == 0
    assert papers[-1].text.splitlines()[-1] == "末行"


def test_a_printer_that_cannot_say_wait_loses_bytes_and_the_job_is_not_printed(tmp_path: Path) -> None:
    rig = Rig.named("serial-rtscts/80mm", tmp_path).start(
        full=Full.DROPS, buffer_bytes=512, strict=False
    )  # a pty has no RTS/CTS: as if the cable lacked the wires
    job = render(SOME, rig.profile, FACE)
    before = len(rig.device.raw) + 20
    outcome = printed_while_held(rig, SOME, lambda: len(rig.device.raw) - before >= len(job))
    lost = rig.device.lost
    rig.close()
    assert lost > 0
    assert outcome.state is PrintState.UNCERTAIN


def test_a_paced_line_gives_the_head_its_time(tmp_path: Path) -> None:
    rig = Rig.named("serial-paced/80mm", tmp_path).start()
    slept: list[float] = []
    rig.clock.sleep = slept.append  # type: ignore[assignment]
    outcome = rig.driver.print(SOME)
    rig.close()
    assert outcome.state is PrintState.PRINTED
    assert sum(slept) > outcome.bytes_sent * 10 / 115200


def test_a_small_font_gets_only_what_it_has(tmp_path: Path) -> None:
    """Firmware with GB 2312 alone, and a driver that knows: a rare name comes out as dots."""
    from devices.drivers.printer.profile import Charset
    from devices.simulated.paper.font import Font

    rig = Rig.named("usb/58mm", tmp_path, charset=Charset.GB2312).start(font=Font.GB2312)
    names: Any = (Text("陶喆"), Text("王芳"), Text("欧阳𬭎"), Cut())
    outcome = rig.driver.print(names)
    (paper,) = rig.device.papers
    rig.close()
    assert outcome.state is PrintState.PRINTED
    assert [line[0] for line in paper.text.splitlines()] == ["▦", "王", "▦"]
