"""A station is enrolled by the commands as people type them: over HTTPS, and with a stick both ways."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.processes import Process, answers, free_port, python
from kiosk.station import Folder
from kiosk.system import Machine
from tests.support.enrolled import wait
from tests.support.station import FONTS, ROOT

FIRST, SECOND = "50019900100101", "50019900100102"


class Place:
    """An office, and folders of stations beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ports = {name: free_port() for name in ("broker", "web", "stations", "enrol")}
        self.environment = {**os.environ, "YIZHAN_OFFICE_HOME": str(root / "office"), "YIZHAN_OFFICE_DATABASE": ""}
        self.run("office", "init", *(f"--{name}-port={port}" for name, port in self.ports.items()))
        self.web = Process(
            "web", python("office", "web"), root / "web.log", Machine(),
            ready=lambda: answers(self.ports["enrol"]), environment=self.environment,
        )  # fmt: skip

    def run(self, program: str, *arguments: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", program, *map(str, arguments)],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stdout + done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def station(self, name: str) -> Path:
        config = self.root / f"config-{name}"
        config.mkdir()
        (config / "station.toml").write_text(
            f'[station]\nid = "{name}"\nname = "站"\n'
            "[panel]\ndiagonal_inches = 10.1\nwidth_px = 1280\nheight_px = 800\nfullscreen = false\n"
            f'[storage]\nfolder = "{config / "data"}"\n'
            f'[typeface]\nregular = "{FONTS}/YizhanSans-Regular.otf"\nbold = "{FONTS}/YizhanSans-Bold.otf"\n',
            encoding="utf-8",
        )
        return config


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.web.stop()


def test_over_https(place: Place) -> None:
    config, bundle = place.station(FIRST), place.root / "bundle"
    place.run("office", "enrol", FIRST, "--name", "学田湾", "--out", bundle)
    assert bundle.stat().st_mode & 0o077 == 0
    assert "waits for its request" in place.run("office", "stations", "--json")
    said = place.run("kiosk", "enrol", bundle, "--config", config, code=1)
    assert "enrol.unreachable" in said  # office web does not run
    place.web.start()
    assert "is enrolled" in place.run("kiosk", "enrol", bundle, "--config", config)
    assert "was enrolled before" in place.run("kiosk", "enrol", bundle, "--config", config)
    assert "until 2036" in place.run("office", "stations", "--json")
    thief = place.station("thief")
    (thief / "station.toml").write_text(
        (config / "station.toml").read_text().replace("config-" + FIRST, "config-thief")
    )
    assert "enrol.used" in place.run("kiosk", "enrol", bundle, "--config", thief, code=1)
    assert "enrol.often" in place.run("kiosk", "renew", "--config", config, code=1)
    place.run("office", "revoke", FIRST, "--epoch", "1")
    assert "taken back" in place.run("office", "stations", "--json")
    assert "office.unknown" in place.run("office", "revoke", FIRST, "--epoch", "1", code=1)
    place.run("office", "key", "next")
    assert "office.successor" in place.run("office", "key", "use", code=1)
    assert "key 2 signs" in place.run("office", "key", "use", "--anyway")


def test_by_stick_both_ways(place: Place) -> None:
    config = place.station(SECOND)
    bundle, request, answer = (place.root / name for name in ("bundle", "request", "answer"))
    place.run("office", "enrol", SECOND, "--name", "学田湾", "--out", bundle)
    place.run("kiosk", "enrol", bundle, "--request", request, "--config", config)
    assert "enrol.fault" in place.run("kiosk", "enrol", bundle, "--answer", request, "--config", config, code=1)
    assert "enrol.fault" in place.run(
        "kiosk", "enrol", bundle, "--answer", place.root / "x", "--config", config, code=1
    )
    place.run("office", "enrol-answer", request, "--out", answer)
    assert "office.bundle" in place.run("office", "enrol-answer", request, "--out", answer, code=1)
    place.run("kiosk", "enrol", bundle, "--answer", answer, "--config", config)
    folder = Folder(config / "data")
    wait(folder.journal.exists, "the journal")
    for path in (answer, request, bundle):
        assert folder.pepper.read_bytes() not in path.read_bytes()
        assert folder.frame_key.read_bytes() not in path.read_bytes()
    other = place.station(FIRST)
    assert "station.toml says" in place.run("kiosk", "enrol", bundle, "--config", other, code=1)
