"""What is particular to each kind of line."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.drivers.printer.profile import StatusMethod
from devices.drivers.printer.tcp import TcpTransport
from devices.drivers.printer.usb import UsbTransport
from devices.drivers.printer.usb_device import UsbName
from devices.drivers.printer.usblp import UsblpTransport
from devices.drivers.transport import ClosedByPeerError
from devices.ports import DeviceState, Health, PrintOutcome, PrintState
from devices.simulated.line import PtyLine
from devices.simulated.network import TcpLine
from devices.simulated.usb import UsbLine
from devices.simulated.usb_bus import UsbBus
from devices.simulated.usb_descriptors import UsbModel
from tests.devices.drivers.printer.rig import MODEL, Rig
from tests.devices.helpers import OTHER, SHORT, JumpingClock, quick_printer

MISSING = DeviceState(Health.NOT_OK, "printer.missing")
BUSY = DeviceState(Health.NOT_OK, "printer.busy_elsewhere")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    made: list[Rig] = []

    def start(name: str, status: StatusMethod = StatusMethod.REALTIME, **options: Any) -> Rig:
        made.append(Rig.named(name, tmp_path, status=status).start(**options))
        return made[-1]

    yield start
    for rig in made:
        rig.close()


def usb(line: UsbLine, name: str = MODEL.name, bus: UsbBus | None = None) -> UsbTransport:
    bus = bus or UsbBus()
    bus.plug(line)
    return UsbTransport(usb=UsbName.parse(name), clock=JumpingClock(), backend=bus)


# --- the kernel's node


@pytest.mark.parametrize("name", ["file", "nothing"])
def test_without_a_node_no_file_is_made_and_none_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    driver = quick_printer(UsblpTransport(path=str(tmp_path / name)))
    assert driver.status() == MISSING
    assert driver.print(SHORT) == PrintOutcome(PrintState.FAILED, "printer.missing")
    assert (tmp_path / "file").read_bytes() == b""
    assert not (tmp_path / "nothing").exists()


def test_a_node_that_somebody_else_holds_is_busy(start: Any, caplog: pytest.LogCaptureFixture) -> None:
    rig = start("usblp/80mm")
    other = os.open(rig.device.path, os.O_RDWR | os.O_NOCTTY)
    fcntl.flock(other, fcntl.LOCK_EX)
    assert rig.driver.status() == BUSY
    assert "held by" in caplog.text
    os.close(other)
    rig.clock.jump(11)
    assert rig.driver.status() == DeviceState(Health.OK)


def test_an_empty_packet_is_no_end_but_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    line = PtyLine()
    connection = UsblpTransport(path=line.path, port_status=lambda _descriptor: 0x18).connect()
    line.write(b"x")
    monkeypatch.setattr(os, "read", lambda _descriptor, _size: b"")
    for _ in range(1000):
        assert connection.receive(64, 1.0) == b""
    with pytest.raises(OSError, match="nothing but empty"):
        connection.receive(64, 1.0)
    monkeypatch.undo()
    assert connection.receive(64, 1.0) == b"x"
    connection.close()
    line.close()


def test_a_node_without_a_port_is_silent_not_broken() -> None:
    """The real question, to a device that does not know it."""
    line = PtyLine()
    connection = UsblpTransport(path=line.path).connect()
    with pytest.raises(OSError, match="ioctl") as caught:
        connection.port_status()
    assert caught.value.errno == errno.ENOTTY
    connection.close()
    line.close()


# --- libusb


def test_the_kernels_driver_gives_way_and_gets_the_printer_back(start: Any) -> None:
    rig = start("usb/80mm")
    line = next(rig.bus.enumerate_devices())
    assert line.kernel_driver
    assert rig.driver.print(SHORT).state is PrintState.PRINTED
    assert not line.kernel_driver
    rig.driver.close()
    assert line.kernel_driver
    assert line.resets == 0


def test_a_printer_without_a_kernel_driver_gets_none() -> None:
    line = UsbLine(MODEL)
    usb(line).connect().close()
    assert not line.kernel_driver


def test_an_interface_that_somebody_else_claimed_is_busy() -> None:
    line = UsbLine(MODEL, kernel_driver=True, claimed_elsewhere=True)
    assert quick_printer(usb(line)).status() == BUSY
    assert line.kernel_driver  # given back at once


def test_two_equal_printers_are_told_apart_by_their_serial_numbers() -> None:
    bus = UsbBus()
    first, second = UsbLine(UsbModel(serial="A1")), UsbLine(UsbModel(serial="B2"))
    bus.plug(first)
    connection = usb(second, "0fe6:811e:B2", bus).connect()
    assert connection.send(b"abc", 1.0) == 3
    assert second.read(64) == b"abc"
    connection.close()
    with pytest.raises(OSError, match="2 USB devices"):
        UsbTransport(usb=UsbName.parse("0fe6:811e"), clock=JumpingClock(), backend=bus).connect()
    with pytest.raises(OSError, match="no USB device 0fe6:811e:C3"):
        UsbTransport(usb=UsbName.parse("0fe6:811e:C3"), clock=JumpingClock(), backend=bus).connect()


@pytest.mark.parametrize("model", [UsbModel(out=0x01, back=0x82), UsbModel(out=0x02, back=0x81, interface_class=0xFF)])
def test_endpoints_are_found_wherever_they_are(model: UsbModel) -> None:
    line = UsbLine(model)
    connection = usb(line).connect()
    assert connection.send(b"abc", 1.0) == 3
    assert line.read(64) == b"abc"
    line.write(b"\x12")
    assert connection.receive(64, 1.0) == b"\x12"
    connection.close()


def test_a_printer_that_cannot_answer_is_only_sent_to() -> None:
    connection = usb(UsbLine(UsbModel(back=0, protocol=1))).connect()
    assert connection.receive(64, 0.01) == b""
    assert connection.send(b"abc", 1.0) == 3
    connection.close()


@pytest.mark.parametrize("model", [UsbModel(interface_class=3), UsbModel(out=0x83)])
def test_a_device_that_is_no_printer_is_missing(model: UsbModel) -> None:
    assert quick_printer(usb(UsbLine(model))).status() == MISSING


def test_a_printer_that_nobody_configured_yet_is_and_no_other() -> None:
    line = UsbLine(MODEL, configured=False)
    usb(line).connect().close()
    assert line.configured


def test_a_stalled_endpoint_is_told_to_go_on(start: Any) -> None:
    rig = start("usb/80mm")
    assert rig.driver.status().health is Health.OK
    next(rig.bus.enumerate_devices()).stalled = True
    assert rig.driver.status() == MISSING
    rig.clock.jump(11)
    assert rig.driver.status() == DeviceState(Health.OK)


def test_a_full_printer_refuses_packets_until_time_is_up() -> None:
    connection = usb(UsbLine(MODEL)).connect()
    assert connection.send(bytes(512), 0.01) == 64
    assert connection.send(bytes(512), 0.01) == 0
    connection.close()


def test_a_transfer_that_breaks_may_have_brought_bytes_over(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a first piece that fails is no proof that nothing is on paper."""
    rig = start("usb/80mm")
    assert rig.driver.status().health is Health.OK

    def broken(*_: Any) -> int:
        raise OSError(errno.EIO, "a broken transfer")

    monkeypatch.setattr(rig.bus, "bulk_write", broken)
    monkeypatch.setattr(rig.driver, "_unready", lambda: "")
    outcome = rig.driver.print(SHORT)
    assert (outcome.state, outcome.code) == (PrintState.UNCERTAIN, "printer.missing")
    assert not outcome.can_wait


@pytest.mark.parametrize("text", ["0fe6", "0fe6:811", "0fe6:811e:", "xxxx:811e", "0fe6:811e\n"])
def test_a_name_of_the_wrong_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="vid:pid"):
        UsbName.parse(text)


# --- the port's status


@pytest.mark.parametrize("kind", ["usblp", "usb"])
def test_a_port_says_what_a_silent_printer_does_not(kind: str, start: Any) -> None:
    rig = start(f"{kind}/80mm")
    rig.device.ignore_real_time()
    rig.driver._talk._reply_seconds = 0.1  # nobody answers
    assert rig.driver.status() == DeviceState(Health.UNKNOWN, "printer.silent")  # all may be well, nobody knows
    rig.device.take_paper_out()
    assert rig.driver.status() == DeviceState(Health.NOT_OK, "printer.paper_out")
    assert rig.driver.print(SHORT).can_wait


@pytest.mark.parametrize("kind", ["usblp", "usb"])
def test_a_printer_that_has_only_its_port(kind: str, start: Any) -> None:
    rig = start(f"{kind}/58mm", StatusMethod.PORT)
    assert rig.driver.status() == DeviceState(Health.OK)
    rig.device.open_cover()
    assert rig.driver.print(SHORT) == PrintOutcome(PrintState.FAILED, "printer.attention")
    rig.device.close_cover()
    assert rig.driver.print(OTHER).state is PrintState.SENT
    rig.device.go_offline()
    assert rig.driver.status() == DeviceState(Health.NOT_OK, "printer.offline")


# --- the network


def test_a_printer_that_hangs_up_when_idle_is_called_again(start: Any, caplog: pytest.LogCaptureFixture) -> None:
    rig = start("tcp/80mm", StatusMethod.NONE)
    assert rig.driver.print(SHORT).state is PrintState.SENT
    rig.device.wait_paper(5)
    rig.device._line.hang_up()
    connection = rig.driver._line._connection
    with pytest.raises(ClosedByPeerError):
        connection.receive(1, 5.0)
    assert rig.driver.print(OTHER).state is PrintState.SENT
    assert rig.device.wait_paper(5).text == "第二张"
    assert not caplog.records


def test_a_printer_that_loses_its_power_is_noticed() -> None:
    """Nobody says goodbye then: the kernel must ask, and give up."""
    line = TcpLine()
    connection = TcpTransport(host=line.host, port=line.port).connect()
    options = connection._line
    assert options.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    idle, between, count = (
        options.getsockopt(socket.IPPROTO_TCP, option)
        for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
    )
    assert idle + between * count <= 30
    assert options.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 30_000
    connection.close()
    line.close()


def test_nobody_at_the_address_is_missing_in_time() -> None:
    line = TcpLine()
    port = line.port
    line.close()
    assert quick_printer(TcpTransport(host="127.0.0.1", port=port)).status() == MISSING


@pytest.mark.parametrize(("host", "name"), [("192.168.1.60", "192.168.1.60:9100"), ("fe80::1", "[fe80::1]:9100")])
def test_it_is_named_as_people_write_it(host: str, name: str) -> None:
    assert TcpTransport(host=host).name == name


@pytest.mark.parametrize("status", [StatusMethod.NONE, StatusMethod.PORT])
def test_a_node_unplugged_in_its_last_transfer_is_no_paper(status: StatusMethod, start: Any) -> None:
    rig = start("usblp/80mm", status)
    rig.driver.status()
    connection = rig.driver._line._connection
    send = connection.send

    def last(data: bytes, timeout_seconds: float) -> int:
        sent: int = send(data, timeout_seconds)
        rig.device.unplug()
        return sent

    connection.send = last
    outcome = rig.driver.print(SHORT)
    assert (outcome.state, outcome.code) == (PrintState.UNCERTAIN, "printer.missing")


def test_a_port_that_says_nothing_after_the_job_vouches_for_nothing(start: Any) -> None:
    rig = start("usb/80mm", StatusMethod.PORT)
    rig.driver.status()
    rig.driver._line._connection.port_status = lambda: None
    assert rig.driver.print(SHORT).state is PrintState.UNCERTAIN
