"""The broker learns what changed, whoever is killed in between, and is not ended by being told too early."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.home import home
from office.services import broker
from office.services.broker import publish
from tests.office.world import OfficeWorld


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the broker's being told comes to, in turn; afterwards it succeeds."""
    left: list[bool] = []
    monkeypatch.setattr(broker, "reload", lambda _: left.pop(0) if left else True)
    return left


def test_a_reload_that_failed_is_owed_and_made_good_by_the_next_pass(office: OfficeWorld, told: list[bool]) -> None:
    here = home()
    publish(office.parts)
    here.stations_may.write_bytes(b"something older")
    told += [False, False]
    assert publish(office.parts)
    assert here.reload_owed.exists()
    assert not publish(office.parts)  # the files are right; the broker does not know yet
    assert here.reload_owed.exists()
    assert not publish(office.parts)
    assert not here.reload_owed.exists()


def test_a_process_killed_between_files_and_reload_is_made_good(
    office: OfficeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = home()
    publish(office.parts)
    here.stations_may.write_bytes(b"something older")

    def killed(_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(broker, "reload", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(office.parts)
    calls: list[object] = []

    def called(place: object) -> bool:
        calls.append(place)
        return True

    monkeypatch.setattr(broker, "reload", called)
    publish(office.parts)
    publish(office.parts)
    assert len(calls) == 1


def test_what_was_written_while_the_broker_was_told_stays_owed(
    office: OfficeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = home()
    publish(office.parts)
    here.stations_may.write_bytes(b"something older")

    def overtaken(_: object) -> bool:
        here.reload_owed.write_bytes(b"another")
        return True

    monkeypatch.setattr(broker, "reload", overtaken)
    publish(office.parts)
    assert here.reload_owed.read_bytes() == b"another"


@pytest.mark.parametrize("command", ["/bin/false", "/nowhere/at/all"])
def test_a_command_that_fails_is_no_reload(founded: None, command: str) -> None:
    settings = home().settings
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[stations]", f'[stations]\nreload = "{command}"'), encoding="utf-8")
    try:
        assert not broker.reload(home())
    finally:
        settings.write_text(text, encoding="utf-8")


SLEEPER = """
import ctypes, signal, sys
ctypes.CDLL(None).prctl(15, b"mosquitto")
got = []
if sys.argv[1] == "ready":
    signal.signal(signal.SIGHUP, lambda *_: got.append(1))
print("up", flush=True)
while not got:
    signal.pause()
print("told", flush=True)
"""


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    made: list[subprocess.Popen[str]] = []
    yield made
    for process in made:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("how", ["ready", "starting"])
def test_a_broker_that_is_not_ready_for_the_signal_is_spared_it(
    founded: None, processes: list[subprocess.Popen[str]], how: str
) -> None:
    process = subprocess.Popen([sys.executable, "-c", SLEEPER, how], stdout=subprocess.PIPE, text=True)
    processes.append(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    assert Path(f"/proc/{process.pid}/comm").read_text().strip() == "mosquitto"
    home().broker_pid.write_text(str(process.pid))
    assert broker.reload(home()) is (how == "ready")
    if how == "ready":
        assert process.stdout.readline() == "told\n"
    else:
        os.kill(process.pid, 0)
        assert process.poll() is None


def test_a_broker_that_does_not_run_reads_the_files_as_it_starts(founded: None) -> None:
    home().broker_pid.unlink(missing_ok=True)
    assert broker.reload(home())
    home().broker_pid.write_text(str(os.getpid()))  # the number is another process's now
    before = signal.getsignal(signal.SIGHUP)
    assert broker.reload(home())
    assert signal.getsignal(signal.SIGHUP) == before
