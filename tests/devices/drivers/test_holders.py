"""Who holds a device: asked of the real kernel."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.drivers.holders import Holder, holders


@contextmanager
def thief(folder: Path, name: str, path: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of that name that has ``path`` open until its input ends."""
    program = folder / name
    program.write_text('#!/bin/sh\nexec 3<>"$1"\necho open\nread -r end\n')
    program.chmod(0o755)
    with subprocess.Popen([program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def line() -> Iterator[str]:
    master, slave = pty.openpty()
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


def test_a_thief_is_named_whatever_name_leads_to_the_device(tmp_path: Path, line: str) -> None:
    link = tmp_path / "usb-scanner"
    link.symlink_to(line)
    with thief(tmp_path, "ModemManager", line) as process:
        assert holders(str(link)) == [Holder(process.pid, "ModemManager")]
    assert holders(str(link)) == []


def test_we_ourselves_are_no_thief(line: str) -> None:
    with Path(line).open("rb", buffering=0):
        assert holders(line) == []


def test_two_holders_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "node"
    file.touch()
    with thief(tmp_path, "brltty", str(file)) as first, thief(tmp_path, "cupsd", str(file)) as second:
        found = holders(str(file))
        assert found == sorted([Holder(first.pid, "brltty"), Holder(second.pid, "cupsd")], key=lambda one: one.pid)


def test_a_device_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    assert holders(str(tmp_path / "nothing")) == []


def test_processes_that_end_or_hide_meanwhile(tmp_path: Path, line: str) -> None:
    """A folder of processes one without a name any more, one that hides, one that is no process."""
    for number in ("11", "12"):
        (tmp_path / number / "fd").mkdir(parents=True)
        (tmp_path / number / "fd" / "5").symlink_to(line)
    (tmp_path / "12" / "comm").write_text("brltty\n")
    (tmp_path / "13").mkdir()
    (tmp_path / "self").mkdir()
    assert holders(line, tmp_path) == [Holder(12, "brltty")]
