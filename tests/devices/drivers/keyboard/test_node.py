"""Opening and grabbing: the right node, permissions that come late, somebody else's grab, and how it ends."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.drivers.keyboard.finding import Ambiguous, at_path, at_usb, keyboards
from devices.drivers.keyboard.node import PERMISSION_TRIES, STEADY_SECONDS, Calls, EventNode
from devices.drivers.keyboard.scanner import KeyboardScanner
from devices.drivers.sysfs import usb_name
from devices.ports import DeviceState, Health
from devices.simulated.keyboard.tree import InputTree
from tests.devices.helpers import JumpingClock
from tests.devices.scanners import calls


@pytest.fixture
def tree(tmp_path: Path) -> InputTree:
    return InputTree(tmp_path)


def node(tree: InputTree, name: str, clock: JumpingClock) -> EventNode:
    return EventNode(locate=at_usb(usb_name(name), tree.sys, tree.dev), clock=clock, calls=calls(tree.kernel))


def test_two_equal_scanners_are_told_apart_by_serial_number(tree: InputTree) -> None:
    left, right = tree.plug(port="1-1.2", serial="L7"), tree.plug(port="1-1.3", serial="R8")
    clock = JumpingClock()
    drivers = [
        KeyboardScanner(
            locate=at_usb(usb_name(f"0c2e:0b61:{serial}"), tree.sys, tree.dev), clock=clock, calls=calls(tree.kernel)
        )
        for serial in ("R8", "L7")
    ]
    assert [driver.state().health for driver in drivers] == [Health.OK, Health.OK]
    left.scan("LEFT")
    right.scan("RIGHT")
    assert [driver.read(5) for driver in drivers] == ["RIGHT", "LEFT"]
    assert [driver.read(0) for driver in drivers] == [None, None]
    for driver in drivers:
        driver.close()


def test_two_equal_scanners_without_serial_number_are_told_apart_by_port(tree: InputTree) -> None:
    tree.plug(port="1-1.2")
    right = tree.plug(port="1-1.3")
    path = tree.dev / "input" / "by-path" / "platform-usb-0:1.3:1.0-event-kbd"
    driver = KeyboardScanner(locate=at_path(path), clock=JumpingClock(), calls=calls(tree.kernel))
    assert driver.state().health is Health.OK
    assert right.grabbed
    driver.close()


def test_one_name_for_two_devices_is_said_and_neither_is_taken(tree: InputTree) -> None:
    devices = [tree.plug(port=port) for port in ("1-1.2", "1-1.3")]
    clock = JumpingClock()
    event_node = node(tree, "0c2e:0b61", clock)
    assert event_node.open() == "scanner.ambiguous"
    assert not any(device.grabbed for device in devices)
    devices[0].unplug()
    clock.jump(11)
    assert event_node.open() == ""
    assert devices[1].grabbed
    event_node.close()


def test_another_device_is_never_taken_for_it(tree: InputTree) -> None:
    tree.plug(product="0001")
    assert node(tree, "0c2e:0b61", JumpingClock()).open() == "scanner.missing"


def test_only_nodes_with_the_keys_of_a_scanner_count(tree: InputTree) -> None:
    tree.plug()
    assert len(list((tree.sys / "class" / "input").iterdir())) == 2
    assert [folder.name for folder in keyboards(tree.sys)] == ["event2"]


def test_a_permission_that_comes_late_is_waited_for_in_silence(
    tree: InputTree, caplog: pytest.LogCaptureFixture
) -> None:
    tree.plug()
    tree.kernel.refuse(PERMISSION_TRIES)
    clock = JumpingClock()
    event_node = node(tree, "0c2e:0b61", clock)
    codes = []
    for _ in range(PERMISSION_TRIES + 1):
        codes.append(event_node.open())
        clock.jump(0.2)
    assert codes == ["scanner.missing"] * PERMISSION_TRIES + [""]
    assert not caplog.records
    event_node.close()


def test_a_permission_that_never_comes_is_said(tree: InputTree, caplog: pytest.LogCaptureFixture) -> None:
    tree.plug()
    tree.kernel.refuse(99)
    clock = JumpingClock()
    event_node = node(tree, "0c2e:0b61", clock)
    for _ in range(20):
        code = event_node.open()
        clock.jump(11)
    assert code == "scanner.not_permitted"
    assert len(caplog.records) == 1


def test_somebody_elses_grab_is_said(tree: InputTree) -> None:
    device = tree.plug()
    other = os.open(device.path, os.O_RDONLY | os.O_NONBLOCK)
    tree.kernel.ioctl(other, 0x40044590, 1)
    clock = JumpingClock()
    event_node = node(tree, "0c2e:0b61", clock)
    assert event_node.open() == "scanner.busy_elsewhere"
    os.close(other)  # a grab ends with its descriptor, also when its owner died
    clock.jump(11)
    assert event_node.open() == ""
    event_node.close()


def test_what_is_no_event_node_cannot_be_grabbed_and_is_missing(tmp_path: Path) -> None:
    """The kernel's own answer: an ordinary file knows no such request."""
    file = tmp_path / "event0"
    file.touch()
    event_node = EventNode(locate=at_path(file), clock=JumpingClock())
    assert event_node.open() == "scanner.missing"
    assert not event_node.is_open


@pytest.mark.parametrize("ends_with_nothing", [False, True])
def test_both_ways_in_which_a_node_ends(tree: InputTree, ends_with_nothing: bool) -> None:
    device = tree.plug()
    tree.kernel.ends_with_nothing = ends_with_nothing
    event_node = node(tree, "0c2e:0b61", JumpingClock())
    event_node.open()
    device.unplug()
    assert event_node.read(5) == b""
    assert event_node.open() == "scanner.missing"
    assert not event_node.is_open


def test_a_node_that_opens_and_dies_again_and_again_is_left_alone_for_longer(tree: InputTree) -> None:
    """Else a device that is half dead would be opened, and said, twice a second."""
    tree.plug()
    clock = JumpingClock()

    def die(descriptor: int, size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    kernel = Calls(tree.kernel.open, tree.kernel.ioctl, die)
    event_node = EventNode(locate=at_usb(usb_name("0c2e:0b61"), tree.sys, tree.dev), clock=clock, calls=kernel)
    device, waited = next((tree.dev / "input").glob("event*")), []
    with device.open("r+b", buffering=0) as pipe:
        pipe.write(b"x")  # readable, so that it is read at once
        for _ in range(6):
            assert event_node.open() == ""
            assert event_node.read(5) == b""
            seconds = 0.0
            while not event_node._backoff.due:
                clock.jump(0.5)
                seconds += 0.5
            waited.append(seconds)
        assert waited == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0]
        event_node.open()
        clock.jump(STEADY_SECONDS)
        event_node.read(5)
        clock.jump(0.5)
        assert event_node.open() == ""
    event_node.close()


def test_a_node_that_is_let_go_is_free_for_others(tree: InputTree) -> None:
    device = tree.plug()
    event_node = node(tree, "0c2e:0b61", JumpingClock())
    event_node.open()
    assert device.grabbed
    event_node.close()
    assert not device.grabbed


def test_a_folder_of_devices_that_is_not_there(tmp_path: Path) -> None:
    locate: Callable[[], Path] = at_usb(usb_name("0c2e:0b61"), tmp_path / "sys", tmp_path / "dev")
    with pytest.raises(FileNotFoundError):
        locate()


def test_ambiguous_is_an_error_of_the_system() -> None:
    assert Ambiguous(errno.ENOTUNIQ, "two").errno == errno.ENOTUNIQ
    assert DeviceState(Health.NOT_OK, "scanner.ambiguous").code


@pytest.mark.parametrize("text", ["0c2e", "0c2e:0b6", "0c2e:0b61:", "0c2g:0b61", ":0b61", "0c2e:0b61 "])
def test_names_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="vendor:product"):
        usb_name(text)


def test_a_name_is_read_and_written_the_same() -> None:
    assert str(usb_name("0C2E:0b61:SN:7")) == "0c2e:0b61:SN:7"
