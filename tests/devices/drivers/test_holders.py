from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from devices.drivers.holders import Holder, holders, sentence
from devices.simulated.line import PtyLine


def test_another_process_that_has_the_device_open_is_named(tmp_path: Path) -> None:
    line = PtyLine()
    link = tmp_path / "printer"
    link.symlink_to(line.path)
    script = "import os, sys; os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY); print('open'); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-u", "-c", script, line.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        (found,) = holders(link)
    finally:
        other.communicate("", timeout=30)
        line.close()
    assert found.pid == other.pid
    assert str(found) == f"{found.name} (process {other.pid})"


def test_we_ourselves_are_nobody_else() -> None:
    line = PtyLine()
    assert holders(line.path) == ()
    line.close()


def test_processes_that_end_or_are_hidden_meanwhile_are_passed_over(tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.touch()
    for pid, name in ((12, "cupsd\n"), (7, "")):
        (tmp_path / "proc" / str(pid) / "fd").mkdir(parents=True)
        (tmp_path / "proc" / str(pid) / "fd" / "3").symlink_to(device)
        (tmp_path / "proc" / str(pid) / "fd" / "4").symlink_to(tmp_path / "gone")
        (tmp_path / "proc" / str(pid) / "comm").write_text(name)
    (tmp_path / "proc" / "99").mkdir()
    (tmp_path / "proc" / "self").mkdir()
    (tmp_path / "proc" / str(os.getpid()) / "fd").mkdir(parents=True)
    (tmp_path / "proc" / str(os.getpid()) / "fd" / "3").symlink_to(device)
    assert holders(device, tmp_path / "proc") == (Holder(7, "?"), Holder(12, "cupsd"))
    assert holders(tmp_path / "gone", tmp_path / "proc") == ()
    assert holders(device, tmp_path / "nowhere") == ()


def test_what_cannot_be_found_out_is_said_so() -> None:
    assert sentence((Holder(12, "cupsd"), Holder(13, "lpd"))) == "held by cupsd (process 12), lpd (process 13)"
    assert sentence(()) == "held by a program that this user cannot see"
