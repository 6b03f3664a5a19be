"""The commands as a person or a program runs them: real processes, real exit codes, no traceback ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from kiosk.demo.processes import answers, free_port
from sync.identity import write_secret
from tests.support.enrolled import wait
from tests.support.station import ROOT

FIRST = "50019900100101"
CATALOGUE = (
    'version = 1\n[[item]]\nid = 101\nkind = "goods"\nname = "大米"\npoints = 120\nunit = "袋"\nvoucher_days = 30\n'
)


class Office:
    """One office in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "office"
        self.port = free_port()
        self.environment = {**os.environ, "YIZHAN_OFFICE_HOME": str(self.home), "YIZHAN_OFFICE_DATABASE": ""}

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "office", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    done = made("init", "--web-port", str(made.port), "--broker-port", str(free_port()))
    assert done.returncode == 0, done.stderr
    assert "password" in done.stdout
    return made


def test_without_an_office_every_command_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for command in (
        ("stations",),
        ("web",),
        ("worker",),
        ("serve",),
        ("enrol", FIRST, "--name", "x", "--out", str(tmp_path / "x")),
        ("grant", "x", "1", "--reason", "x"),
        ("push", "x.toml"),
        ("pepper", "next"),
        ("pepper", "show"),
    ):
        done = office(*command)
        assert done.returncode == 1, command
        assert "office.missing" in done.stderr
        assert "office init" in done.stderr


def test_init_again_keeps_keys_and_people(office: Office) -> None:
    key = (office.home / "secrets" / "office.key").read_bytes()
    done = office("init")
    assert done.returncode == 0
    assert "password" not in done.stdout
    assert (office.home / "secrets" / "office.key").read_bytes() == key
    for path in (office.home, office.home / "secrets", office.home / "office.db", office.home / "office.toml"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_init_that_broke_off_is_completed_with_the_keys_that_are_there(tmp_path: Path) -> None:
    office = Office(tmp_path)
    secrets = office.home / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    write_secret(secrets / "pepper", b"p" * 32)
    done = office("init", "--web-port", str(office.port), "--broker-port", str(free_port()))
    assert done.returncode == 0, done.stderr
    assert "half-made office, completed" in done.stdout
    assert (secrets / "pepper").read_bytes() == b"p" * 32
    assert (secrets / "office.key").stat().st_size == 32


def test_the_pepper_is_followed_and_shown(office: Office) -> None:
    assert "in use: version 1; newest: version 1" in office("pepper", "show").stdout
    refused = office("pepper", "use")
    assert (refused.returncode, "office.pepper" in refused.stderr) == (1, True)
    assert "version 2 of the pepper is made; 0 stations" in office("pepper", "next").stdout
    assert "under version 2" in office("pepper", "use").stdout
    shown = json.loads(office("pepper", "show", "--json").stdout)
    assert shown == {"in_use": 2, "newest": 2, "lacking": [], "cards": {}, "waiting": 0}
    assert (office.home / "secrets" / "pepper-2").stat().st_mode & 0o077 == 0


def test_from_nothing_to_a_station_with_people(office: Office, tmp_path: Path) -> None:
    assert "office enrol makes one" in office("stations").stdout
    people = tmp_path / "people.toml"
    people.write_text(
        '[stock]\n101 = 5\n[[resident]]\nname = "陈桂芳"\npoints = 380\n[[staff]]\nname = "何静"\nrole = "站长"\n'
    )
    cards = tmp_path / "cards.json"
    imported = office("import", people, "--station", FIRST, "--cards", cards)
    assert (imported.returncode, cards.exists()) == (1, False)  # no station yet, and nothing half done
    assert office("enrol", FIRST, "--name", "学田湾", "--out", tmp_path / "bundle").returncode == 0
    assert office("import", people, "--station", FIRST, "--cards", cards).returncode == 0
    assert [(card["name"], card["staff"]) for card in json.loads(cards.read_text())] == [
        ("陈桂芳", False),
        ("何静", True),
    ]
    assert cards.stat().st_mode & 0o077 == 0
    assert "office.bundle" in office("import", people, "--station", FIRST, "--cards", cards).stderr
    assert "+20" in office("grant", "陈桂芳", "20", "--reason", "巡逻").stdout
    assert "no resident" in office("grant", "陈桂方", "20", "--reason", "巡逻").stderr
    (row,) = json.loads(office("stations", "--json").stdout)
    assert (row["station"], row["exposure"], row["heard"], row["parked"]) == (FIRST, 400, "never", 0)
    assert FIRST in office("stations").stdout


def test_push_says_every_mistake_and_then_what_stations_do(office: Office, tmp_path: Path) -> None:
    office("enrol", FIRST, "--name", "学田湾", "--out", tmp_path / "bundle")
    file = tmp_path / "catalogue.toml"
    file.write_text(CATALOGUE.replace("120", "-5").replace("unit", "unti"), encoding="utf-8")
    done = office("push", file)
    assert done.returncode == 2
    assert "catalogue.toml:6: item[1].points: found -5" in done.stderr
    assert "Did you mean `unit`" in done.stderr
    file.write_text(CATALOGUE, encoding="utf-8")
    done = office("push", file, "--wait", "0.3")
    assert done.returncode == 0
    assert "version 1, 1 items: 1 new, 0 changed, 0 out" in done.stdout
    assert "waiting" in done.stdout
    assert json.loads(office("push", file, "--wait", "0", "--json").stdout) == [
        {"station": FIRST, "catalogue": "1 waiting"}
    ]
    other = CATALOGUE.replace("version = 1", "version = 2").replace("id = 101", "id = 102")
    file.write_text(other, encoding="utf-8")
    said = office("push", file, "--wait", "0").stdout
    assert "1 new, 0 changed, 1 out" in said
    assert "taken out: 101 大米" in said


def test_what_cannot_be_written_or_reached_is_one_sentence(office: Office, tmp_path: Path) -> None:
    held = tmp_path / "a-file"
    held.write_text("x")
    for arguments, code in (
        (("enrol", FIRST, "--name", "站" * 21, "--out", tmp_path / "b"), "office.value"),
        (("enrol", FIRST, "--name", "站", "--out", held / "below"), "office.bundle"),
        (("grant", "x", "1", "--reason", "x", "--by", "b" * 200), "office.value"),
        (("push", tmp_path / "none.toml"), "none.toml"),
    ):
        done = office(*arguments)
        assert done.returncode in (1, 2)
        assert code in done.stderr, (arguments, done.stderr)
    assert "no stations yet" in office("stations").stdout
    for address, word in (("mysql://x", "postgresql://"), ("postgresql://127.0.0.1:9/x", "is the database there")):
        office.environment["YIZHAN_OFFICE_DATABASE"] = address
        done = office("stations")
        assert (done.returncode, "office.database" in done.stderr, word in done.stderr) == (1, True, True), done.stderr


def test_files_are_published_all_or_none(office: Office, tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(CATALOGUE.replace("version = 1", "version = 5"), encoding="utf-8")
    two.write_text(CATALOGUE.replace("version = 1", "version = 4").replace("大米", "面粉"), encoding="utf-8")
    done = office("push", one, two, "--wait", "0")
    assert done.returncode == 2
    assert "two.toml:1: version: found 4, expected 6 or more" in done.stderr
    assert "version 5" in office("push", one, "--wait", "0").stdout


def test_serve_runs_both_starts_again_what_dies_and_ends_them(office: Office) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "office", "serve"], cwd=ROOT, env=office.environment, stderr=subprocess.DEVNULL
    )
    try:
        wait(lambda: answers(office.port), "the pages")
        page = urllib.request.urlopen(f"http://127.0.0.1:{office.port}/", timeout=20).read().decode()
        assert "驿站总站" in page
        first = children(server)
        assert set(first) == {"web", "worker"}
        first["worker"].kill()
        wait(lambda: children(server).get("worker", first["worker"]).pid != first["worker"].pid, "a new worker")
        assert children(server)["web"].pid == first["web"].pid
    finally:
        before = list(children(server).values())
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    assert not [process for process in before if process.is_running() and process.status() != "zombie"]


def children(server: subprocess.Popen[bytes]) -> dict[str, psutil.Process]:
    found = {}
    for process in psutil.Process(server.pid).children():
        try:
            if process.status() != "zombie":
                found[process.cmdline()[-1]] = process
        except (psutil.NoSuchProcess, IndexError):
            continue
    return found
