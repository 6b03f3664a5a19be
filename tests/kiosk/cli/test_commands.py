"""The commands as a person or a program runs them: real processes, real exit codes, no traceback ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.journal.schema import VERSION
from kiosk.lock import only_one
from tests.support.station import FONTS, ROOT, Station


def kiosk(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> object:
    made = Station(tmp_path_factory.mktemp("station") / "s")
    yield made
    made.close()


def test_help_teaches_every_command() -> None:
    text = kiosk("--help").stdout
    for command in ("run", "check", "tour", "migrate", "journal", "paper"):
        assert command in text
        assert len(kiosk(command, "--help").stdout) > 150


def test_a_settings_file_with_three_mistakes_tells_all_three_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(
        '[station]\nid = "5001990010010"\nname = "学田湾社区党群驿站"\n\n'
        "[panel]\ndiagonal_inch = 10.1\nwidth_px = 1280\nheight_px = 99999\n",
        encoding="utf-8",
    )
    (tmp_path / "devices.toml").write_text('[printer]\npath = "/dev/null"\nbaud = 1234\n', encoding="utf-8")
    for command in (("check",), ("run",), ("migrate",), ("journal", "verify")):
        done = kiosk(*command, "--config", tmp_path)
        assert done.returncode == 2
        assert "4 mistakes" in done.stderr
        for place in ("station.toml:2", "station.toml:6", "station.toml:8", "devices.toml:3"):
            assert place in done.stderr, done.stderr
        assert "diagonal_inches" in done.stderr


def test_a_panel_too_small_for_old_eyes_is_refused(station: Station, tmp_path: Path) -> None:
    text = (station.root / "station.toml").read_text(encoding="utf-8").replace("10.1", "7.0")
    (tmp_path / "station.toml").write_text(text, encoding="utf-8")
    (tmp_path / "devices.toml").write_text("", encoding="utf-8")
    done = kiosk("run", "--config", tmp_path)
    assert done.returncode == 2
    assert "200 × 120 mm" in done.stderr


def test_a_missing_typeface_is_said(station: Station, tmp_path: Path) -> None:
    text = (station.root / "station.toml").read_text(encoding="utf-8").replace("YizhanSans-Bold", "Nothing")
    (tmp_path / "station.toml").write_text(text, encoding="utf-8")
    (tmp_path / "devices.toml").write_text("", encoding="utf-8")
    done = kiosk("run", "--config", tmp_path)
    assert done.returncode == 1
    assert "Nothing.otf: the typeface is missing" in done.stderr


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    done = kiosk("check", "--config", tmp_path / "nothing")
    assert done.returncode == 2
    assert "station.toml" in done.stderr
    assert "devices.toml" in done.stderr


def test_check_says_what_is_there(station: Station) -> None:
    done = kiosk("check", "--config", station.root, "--json")
    findings = {finding["thing"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert findings["printer"]["state"] == "ok"
    assert findings["scanner"]["state"] == "ok"
    assert "24 items" in findings["station"]["detail"]
    assert "epoch 1, 0 entries" in findings["journal"]["detail"]


def test_check_says_what_is_not_and_what_to_do(station: Station, tmp_path: Path) -> None:
    station.printer.take_paper_out()
    done = kiosk("check", "--config", station.root)
    station.printer.put_paper_in()
    assert done.returncode == 1
    assert "打印机没有纸了" in done.stdout
    assert "printer.paper_out" in done.stdout


def test_a_journal_is_made_once_and_never_in_passing(station: Station, tmp_path: Path) -> None:
    for name in ("station.toml", "devices.toml"):
        text = (
            (station.root / name).read_text(encoding="utf-8").replace(str(station.root / "data"), str(tmp_path / "d"))
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    missing = kiosk("journal", "verify", "--config", tmp_path)
    assert missing.returncode == 1
    assert "journal.missing" in missing.stderr
    assert kiosk("migrate", "--config", tmp_path).returncode == 1
    unsaid = kiosk("migrate", "--create", "--config", tmp_path)
    assert unsaid.returncode == 1
    assert "--epoch" in unsaid.stderr
    made = kiosk("migrate", "--create", "--epoch", "1", "--config", tmp_path, "--json")
    assert json.loads(made.stdout)["after"] == VERSION
    again = kiosk("migrate", "--create", "--epoch", "2", "--config", tmp_path)
    assert again.returncode == 1
    assert "left as it is" in again.stderr
    assert kiosk("migrate", "--config", tmp_path).returncode == 0
    verified = json.loads(kiosk("journal", "verify", "--config", tmp_path, "--json").stdout)
    assert (verified["sound"], verified["entries"]) == (True, 0)


def test_verify_finds_a_changed_file(station: Station, tmp_path: Path) -> None:
    for name in ("station.toml", "devices.toml"):
        text = (station.root / name).read_text(encoding="utf-8").replace(str(station.root / "data"), str(tmp_path))
        (tmp_path / name).write_text(text, encoding="utf-8")
    sound = station.folder.journal.read_bytes()
    place = sound.index(b'"right":"points/')  # in a grant of the office
    (tmp_path / "journal.db").write_bytes(sound[:place] + b"!" + sound[place + 1 :])
    done = kiosk("journal", "verify", "--config", tmp_path)
    assert done.returncode == 1
    assert "not sound" in done.stdout or "damaged" in done.stderr


def test_check_leaves_the_lines_to_a_running_kiosk(station: Station) -> None:
    with only_one(station.folder.root):
        done = kiosk("check", "--config", station.root, "--json")
        second = kiosk("run", "--config", station.root)
    findings = {finding["thing"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0
    assert findings["printer"]["state"] == "unknown"
    assert second.returncode == 1
    assert "station.running" in second.stderr


def test_the_tour_empties_no_folder_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "01-mine.png").touch()
    done = kiosk("tour", "--out", tmp_path)
    assert done.returncode == 1
    assert "holds something else" in done.stderr
    assert (tmp_path / "01-mine.png").exists()


def test_paper_reads_bytes_and_draws_them(tmp_path: Path) -> None:
    file = tmp_path / "paper.bin"
    file.write_bytes(b"\x1b@\x1c&" + "兑换券".encode("gb18030") + b"\n\x1b\x64\x06\x1d\x56\x00")
    done = kiosk("paper", file, "--png", tmp_path / "paper.png", "--json", "--fonts", FONTS)
    assert done.returncode == 0, done.stderr
    assert [paper["text"] for paper in json.loads(done.stdout)] == ["兑换券"]
    assert (tmp_path / "paper.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x1b@\x1c&ok\n\x07\x1d\x56\x00", "at byte 7"),
        (b"\x1b@hello\n", "no whole paper"),
        (b"\x1b@\n\x1d\x56\x00\x1d", "in the middle of a command"),
        (b"", "no whole paper"),
        (b"\x1b@cut\n\x1d\x56\x00 and more", "after the last cut"),
    ],
)
def test_paper_fails_on_what_no_printer_understands(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "paper.bin"
    file.write_bytes(data)
    done = kiosk("paper", file)
    assert done.returncode == 1
    assert "paper.unreadable" in done.stderr
    assert said in done.stderr


def test_the_tour_names_the_panels_that_there_are(tmp_path: Path) -> None:
    done = kiosk("tour", "--out", tmp_path, "--panel", "7")
    assert done.returncode == 2
    assert "15.6" in done.stderr
    assert list(tmp_path.iterdir()) == []
