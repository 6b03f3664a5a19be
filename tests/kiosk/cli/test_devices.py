"""``kiosk check --try`` and ``kiosk speech`` as a person uses them: real processes, simulated devices at real wires."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.simulated.speech import SimulatedSpeech
from kiosk.cli.trial import try_source
from kiosk.lock import only_one
from kiosk.texts import load_texts
from tests.devices.thief import thief
from tests.support.station import ROOT, Station


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    made = Station(tmp_path_factory.mktemp("station") / "s")
    yield made
    made.close()


@pytest.fixture
def voice(tmp_path: Path) -> SimulatedSpeech:
    (tmp_path / "programs").mkdir()
    return SimulatedSpeech(tmp_path / "programs")


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "kiosk", *map(str, words)]


def run(*words: str | Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    done = subprocess.run(
        command(*words), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_a_person_scans_and_has_a_paper_printed(station: Station) -> None:
    with subprocess.Popen(
        command("check", "--try", "--config", station.root, "--json"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stderr:
            if "扫一下任意二维码" in line:
                break
        stopped = threading.Event()
        scanning = threading.Thread(target=scan_until, args=(station, stopped))
        scanning.start()
        out, _err = process.communicate("y\n", timeout=60)
        stopped.set()
        scanning.join()
    findings = {finding["thing"]: finding for finding in json.loads(out)}
    assert process.returncode == 0, out
    assert findings["try scanner"]["detail"] == "a code of 14 characters was read"
    assert findings["try printer"]["detail"].startswith("printed, ")
    assert "YZ1:SECRETCARD" not in out
    paper = station.printer.wait_paper(10)
    assert paper.qr_payloads == ("YZ-TEST:50019900100101",)
    assert "试打，不能领取" in paper.text


def scan_until(station: Station, stopped: threading.Event) -> None:
    """The line is opened a moment after the person was asked: whoever scans too early scans again."""
    while not stopped.wait(0.2):
        station.scanner.scan("YZ1:SECRETCARD")


def test_nothing_is_tried_while_the_kiosk_runs(station: Station) -> None:
    with only_one(station.folder.root):
        done = run("check", "--try", "--config", station.root, "--json")
    assert [finding["thing"] for finding in json.loads(done.stdout) if finding["thing"].startswith("try")] == []


def test_without_anybody_at_the_keyboard_no_paper_is_printed(station: Station) -> None:
    papers = len(station.printer.papers)
    with subprocess.Popen(
        command("check", "--try", "--config", station.root, "--json"),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        stopped = threading.Event()
        scanning = threading.Thread(target=scan_until, args=(station, stopped))
        scanning.start()
        out, _err = process.communicate(timeout=60)
        stopped.set()
        scanning.join()
    assert "try printer" not in out
    assert len(station.printer.papers) == papers


@pytest.mark.parametrize(("name", "advice"), [("brltty", "remove the package brltty"), ("ModemManager", "remove it")])
def test_the_known_thieves_are_named_with_what_to_do(station: Station, tmp_path: Path, name: str, advice: str) -> None:
    with thief(tmp_path, name, station.scanner.path) as pid:
        done = run("check", "--config", station.root)
    (line,) = [line for line in done.stdout.splitlines() if "scanner" in line]
    assert f"{name} (process {pid})" in line
    assert advice in line


def test_speech_that_is_wanted_and_cannot_be_is_said_and_fails_nothing(
    station: Station, tmp_path: Path, voice: SimulatedSpeech
) -> None:
    for name in ("station.toml", "devices.toml"):
        text = (station.root / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text + ("[speech]\n" if name == "devices.toml" else ""), encoding="utf-8")
    there = run("check", "--config", tmp_path, "--json", path=voice.path)
    gone = run("check", "--config", tmp_path, "--json", path=str(tmp_path))
    codes = [
        {finding["thing"]: finding["code"] for finding in json.loads(done.stdout)}["speech"] for done in (there, gone)
    ]
    assert codes == ["", "speech.no_sound"]
    assert (there.returncode, gone.returncode) == (0, 0)


def test_a_device_that_gives_nothing_is_said() -> None:
    class Silent:
        asked = 0

        def read(self, timeout_seconds: float) -> str | None:
            self.asked += 1
            return None

    source = Silent()
    finding = try_source("card reader", source, "prompt", str, 3)  # type: ignore[arg-type]  # only read is used
    assert (finding.thing, finding.state, finding.detail) == (
        "try card reader",
        "not_ok",
        "nothing came within 3 s",
    )
    assert source.asked == 3


def test_the_list_has_every_line_and_every_piece_of_a_number() -> None:
    wanted = {f"{key}.wav": text for key, text in load_texts().all().items() if key.startswith("speech.")}
    as_json = json.loads(run("speech", "--list", "--json").stdout)
    assert {row["file"]: row["text"] for row in as_json} == wanted
    as_csv = run("speech", "--list", "--format", "csv").stdout
    assert as_csv.startswith("\ufeff")
    assert {row["file"]: row["text"] for row in csv.DictReader(io.StringIO(as_csv[1:]))} == wanted
    table = run("speech", "--list").stdout
    assert all(file in table and text in table for file, text in wanted.items())
    assert {"speech.idle.wav", "speech.number.two.wav", "speech.number.ten_thousand.wav"} <= set(wanted)


def test_recordings_are_made_and_a_persons_own_is_left(tmp_path: Path, voice: SimulatedSpeech) -> None:
    folder = tmp_path / "speech"
    folder.mkdir()
    (folder / "speech.idle.wav").write_bytes(b"a person's voice")
    done = run("speech", "--make", folder, path=voice.path)
    count = len(json.loads(run("speech", "--list", "--json").stdout))
    assert done.returncode == 0
    assert f"{count - 1} made, 1 were there" in done.stdout
    assert (folder / "speech.idle.wav").read_bytes() == b"a person's voice"
    assert (folder / "speech.number.two.wav").read_bytes().endswith("两".encode())
    assert len(list(folder.iterdir())) == count


def test_a_voice_that_is_missing_is_said(tmp_path: Path) -> None:
    done = run("speech", "--make", tmp_path / "speech", path=str(tmp_path))
    assert done.returncode == 1
    assert "speech.no_voice" in done.stderr
    assert run("speech").returncode == 2
