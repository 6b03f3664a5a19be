"""What is plugged in, from folders as Linux makes them."""

from __future__ import annotations

from pathlib import Path

from devices.drivers.candidates import Candidate, candidates
from devices.simulated.keyboard.tree import InputTree


def usb_node(root: Path, kind: str, name: str, port: str, **words: str) -> None:
    """A node of a USB device: in ``/sys/class`` under ``kind``, and in ``/dev``."""
    usb = root / "sys" / "devices" / port
    folder = usb / f"{port}:1.0" / name
    folder.mkdir(parents=True)
    for file, word in words.items():
        (usb / file).write_text(word + "\n")
    (folder / "device").symlink_to(usb / f"{port}:1.0")
    (root / "sys" / "class" / kind).mkdir(parents=True, exist_ok=True)
    (root / "sys" / "class" / kind / name).symlink_to(folder)


def test_nothing_is_plugged_in(tmp_path: Path) -> None:
    assert candidates(tmp_path / "sys", tmp_path / "dev") == []


def test_each_kind_with_the_name_that_settings_want(tmp_path: Path) -> None:
    tree = InputTree(tmp_path)
    scanner = tree.plug(serial="A1")
    usb_node(
        tmp_path, "tty", "ttyUSB0", "1-1.4", idVendor="1a86", idProduct="7523", manufacturer="QinHeng", product="Serial"
    )
    usb_node(tmp_path, "usbmisc", "lp0", "1-1.5", idVendor="0416", idProduct="5011", serial="P 7")
    (tmp_path / "sys" / "class" / "tty" / "console").mkdir()
    by_path = tmp_path / "dev" / "serial" / "by-path"
    by_path.mkdir(parents=True)
    (by_path / "platform-usb-0:1.4:1.0-port0").symlink_to(tmp_path / "dev" / "ttyUSB0")
    dev = tmp_path / "dev"
    assert candidates(tmp_path / "sys", dev) == [
        Candidate("serial", str(by_path / "platform-usb-0:1.4:1.0-port0"), "1a86:7523", "QinHeng Serial"),
        Candidate("keyboard", str(dev / "input/by-id/usb-Station_Scanner_A1-event-kbd"), "0c2e:0b61:A1", ""),
        Candidate("printer", str(dev / "usb/lp0"), "0416:5011:P 7", ""),
    ]
    scanner.unplug()
    assert [one.kind for one in candidates(tmp_path / "sys", dev)] == ["serial", "printer"]


def test_a_bluetooth_scanner_says_itself_who_it_is(tmp_path: Path) -> None:
    device = tmp_path / "sys" / "devices" / "virtual" / "input9"
    (device / "id").mkdir(parents=True)
    (device / "capabilities").mkdir()
    (device / "event9").mkdir()
    for file, words in {
        "id/vendor": "05f9",
        "id/product": "2216",
        "uniq": "00:1c:97:90:8a:4f",
        "name": "Scanner",
        "capabilities/key": "1000000000007 fffffffe",
    }.items():
        (device / file).write_text(words + "\n")
    (device / "event9" / "device").symlink_to(device)
    (tmp_path / "sys" / "class" / "input").mkdir(parents=True)
    (tmp_path / "sys" / "class" / "input" / "event9").symlink_to(device / "event9")
    (found,) = candidates(tmp_path / "sys", tmp_path / "dev")
    assert found == Candidate("keyboard", str(tmp_path / "dev/input/event9"), "05f9:2216:00:1c:97:90:8a:4f", "Scanner")
