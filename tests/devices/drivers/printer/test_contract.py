"""What every printer must do, whatever line it hangs on and however wide its paper is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.drivers.printer.job import reset_of
from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.render import render
from devices.paper import Paper, Text
from devices.ports import DeviceState, Health, PrintOutcome, PrintState
from devices.simulated.printer import SimulatedPrinter
from tests.devices.drivers.printer.rig import KINDS, RIGS, Rig
from tests.devices.helpers import FACE, OTHER, QR_PAYLOAD, QUICK, SHORT, VOUCHER

TROUBLES = [
    (SimulatedPrinter.take_paper_out, "printer.paper_out"),
    (SimulatedPrinter.open_cover, "printer.cover_open"),
    (SimulatedPrinter.jam_cutter, "printer.cutter"),
    (SimulatedPrinter.overheat, "printer.overheated"),
    (SimulatedPrinter.break_down, "printer.fault"),
    (SimulatedPrinter.go_offline, "printer.offline"),
]
LONG: Paper = tuple(Text("积分兑换凭证" * 2) for _ in range(1500))


@pytest.fixture(params=[*(f"{name}/realtime" for name in RIGS), *(f"{name}/asb" for name in RIGS[::2])])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    name, _, status = request.param.rpartition("/")
    rig = Rig.named(name, tmp_path, status=StatusMethod(status)).start()
    yield rig
    rig.close()


def job(rig: Rig, paper: Paper = VOUCHER) -> bytes:
    return render(paper, rig.profile, FACE)


def texts(rig: Rig) -> list[str]:
    return [paper.text.splitlines()[0][:4] for paper in rig.device.papers if paper.text]


def settles(rig: Rig, state: DeviceState) -> bool:
    """What is pushed comes when it comes: look until the driver knows it, with a generous limit."""
    for _ in range(500):
        if rig.driver.status() == state:
            return True
        rig.clock.sleep(0.01)
    return False


def test_a_voucher_is_printed_and_the_printer_says_so(rig: Rig) -> None:
    assert rig.driver.status() == DeviceState(Health.OK)
    assert rig.driver.print(VOUCHER) == PrintOutcome(PrintState.PRINTED, bytes_sent=len(job(rig)))
    assert rig.driver.print(OTHER).state is PrintState.PRINTED
    first, second = rig.device.papers
    assert (first.qr_payloads, first.dots) == ((QR_PAYLOAD,), rig.profile.dots)
    assert "A3-000127" in first.text
    assert second.text == "第二张"
    assert rig.device.raw.count(job(rig)) == 1


def test_a_printer_in_trouble_gets_nothing_and_the_job_can_wait_where_anybody_can_help(rig: Rig) -> None:
    assert rig.driver.status() == DeviceState(Health.OK)
    before = rig.device.raw.count(reset_of(rig.profile))
    for trouble, code in TROUBLES:
        trouble(rig.device)
        assert settles(rig, DeviceState(Health.NOT_OK, code))
        outcome = rig.driver.print(VOUCHER)
        assert outcome == PrintOutcome(PrintState.FAILED, code)
        assert outcome.can_wait is (code in ("printer.paper_out", "printer.cover_open"))
        for mended in (rig.device.put_paper_in, rig.device.close_cover, rig.device.mend):
            mended()
        assert settles(rig, DeviceState(Health.OK))
    assert rig.device.raw.count(reset_of(rig.profile)) == before
    assert rig.driver.print(SHORT).state is PrintState.PRINTED
    assert texts(rig) == ["第一张"]


def test_near_end_warns_and_prints(rig: Rig) -> None:
    rig.device.run_low()
    assert rig.driver.status() == DeviceState(Health.OK, warning="printer.paper_near_end")
    assert rig.driver.print(SHORT).state is PrintState.PRINTED


def test_paper_that_ends_in_mid_job_is_uncertain_and_never_waits(rig: Rig) -> None:
    rig.device.take_paper_out(after_bytes=120)
    outcome = rig.driver.print(VOUCHER)
    assert outcome == PrintOutcome(PrintState.UNCERTAIN, "printer.paper_out", len(job(rig)))
    assert not outcome.can_wait
    assert rig.driver.print(OTHER).can_wait
    rig.device.put_paper_in()
    assert settles(rig, DeviceState(Health.OK))
    assert rig.driver.print(OTHER).state is PrintState.PRINTED
    assert texts(rig) == ["幸福里社", "第二张"]  # the printer finished the first by itself, once
    assert rig.device.raw.count(job(rig)) == 1


def test_unplugged_in_mid_job_is_uncertain_and_nothing_of_it_comes_again(rig: Rig) -> None:
    assert rig.driver.status().health is Health.OK
    rig.device.unplug_after(200)
    outcome = rig.driver.print(VOUCHER)
    assert (outcome.state, outcome.code) == (PrintState.UNCERTAIN, "printer.missing")
    assert rig.driver.status() == DeviceState(Health.NOT_OK, "printer.missing")
    assert rig.driver.print(OTHER) == PrintOutcome(PrintState.FAILED, "printer.missing")
    cut_at = len(rig.device.raw)
    rig.device.close()
    rig.device = SimulatedPrinter(dots=rig.profile.dots, cutter=rig.profile.cutter, line=rig.end())
    rig.clock.jump(11)
    assert rig.driver.status() == DeviceState(Health.OK)
    assert rig.driver.print(OTHER).state is PrintState.PRINTED
    assert texts(rig) == ["第二张"]
    assert cut_at > 0
    assert QR_PAYLOAD.encode() not in rig.device.raw


@pytest.fixture(params=[f"{kind}/80mm" for kind in ("serial-rtscts", "usblp", "usb", "tcp")])
def wide(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    return Rig.named(request.param, tmp_path)


@pytest.fixture(params=[f"{kind}/58mm" for kind in KINDS])
def mute(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    return Rig.named(request.param, tmp_path, status=StatusMethod.NONE)


def test_a_mute_printer_is_unknown_and_can_only_be_sent_to(mute: Rig) -> None:
    mute.start()
    try:
        assert mute.driver.status() == DeviceState(Health.UNKNOWN, "printer.silent")
        assert mute.driver.print(VOUCHER) == PrintOutcome(PrintState.SENT, bytes_sent=len(job(mute)))
        mute.device.wait_raw(len(job(mute)), 5)
        assert mute.device.raw == job(mute)
        assert mute.device.wait_paper(5).qr_payloads == (QR_PAYLOAD,)
    finally:
        mute.close()


def test_a_mute_printer_that_lost_the_rest_of_a_job_prints_the_next_one_whole(mute: Rig) -> None:
    mute.start(strict=False)
    try:
        assert mute.driver.print(SHORT).state is PrintState.SENT
        mute.device.wait_paper(5)
        mute.device.unplug_after(len(job(mute)) - 100)  # in the middle of the QR code
        assert mute.driver.print(VOUCHER).state in (PrintState.UNCERTAIN, PrintState.SENT)
        mute.device.wait_unplugged(5)
        mute.replug()
        mute.driver.status()  # an old line may still have to be found dead
        mute.clock.jump(11)
        assert mute.driver.print(OTHER).state is PrintState.SENT
        assert mute.device.wait_paper(5).text.endswith("第二张")
    finally:
        mute.close()


def test_a_line_that_takes_nothing_ends_within_its_deadline_and_the_tail_never_follows(wide: Rig) -> None:
    wide.patience = replace(QUICK, reply_seconds=0.3)
    wide.start(strict=False, buffer_bytes=2000)
    whole = job(wide, LONG)
    try:
        assert wide.driver.status().health is Health.OK
        before = len(wide.device.raw)
        wide.device.hold()
        outcome = wide.driver.print(LONG)
        assert (outcome.state, outcome.code) == (PrintState.UNCERTAIN, "printer.silent")
        assert 0 < outcome.bytes_sent < len(whole)
        wide.device.release()
        assert wide.driver.print(SHORT).state is PrintState.PRINTED
        assert wide.device.papers[-1].text.endswith("第一张")
        assert len(wide.device.raw) - before < len(whole)
    finally:
        wide.close()


def test_a_silent_printer_gets_nothing(wide: Rig) -> None:
    wide.start()
    try:
        wide.device.stall()
        assert wide.driver.print(VOUCHER) == PrintOutcome(PrintState.FAILED, "printer.silent")
        wide.device.resume()
        assert wide.driver.print(SHORT).state is PrintState.PRINTED
        assert texts(wide) == ["第一张"]
    finally:
        wide.close()


def test_a_cover_opened_in_mid_job_is_uncertain(wide: Rig) -> None:
    wide.start()
    try:
        wide.device.open_cover(after_bytes=100)
        assert wide.driver.print(VOUCHER) == PrintOutcome(PrintState.UNCERTAIN, "printer.cover_open", len(job(wide)))
        assert texts(wide) == []
    finally:
        wide.close()
