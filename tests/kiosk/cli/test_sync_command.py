"""``kiosk sync`` as a process: what is missing is said, the life that was enrolled is checked, one runs at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.lock import only_one
from sync.identity import write_secret
from tests.kiosk.cli.test_commands import kiosk
from tests.support.station import STATION, Station


@pytest.fixture
def station(tmp_path: Path) -> object:
    made = Station(tmp_path / "s")
    yield made
    made.close()


def link(station: Station, epoch: int = 1, name: str = STATION) -> None:
    station.folder.link.write_text(
        f'[enrolment]\nstation = "{name}"\nepoch = {epoch}\ndown_epoch = {epoch}\n'
        '[broker]\nhost = "127.0.0.1"\nport = 9\n',
        encoding="utf-8",
    )


def test_what_is_missing_is_said(station: Station) -> None:
    done = kiosk("sync", "--config", station.root)
    assert done.returncode == 2
    assert "link.toml" in done.stderr
    link(station)
    done = kiosk("sync", "--config", station.root)
    assert done.returncode == 1
    assert "station.incomplete" in done.stderr
    assert "frame.key" in done.stderr


def test_the_journal_of_another_life_is_not_sent(station: Station) -> None:
    write_secret(station.folder.frame_key, bytes(32))
    link(station, epoch=2)
    done = kiosk("sync", "--config", station.root)
    assert done.returncode == 1
    assert "epoch 2" in done.stderr
    link(station, name="50019900100102")
    assert kiosk("sync", "--config", station.root).returncode == 1


def test_one_at_a_time_beside_the_kiosk(station: Station) -> None:
    write_secret(station.folder.frame_key, bytes(32))
    link(station)
    with only_one(station.folder.root), only_one(station.folder.root, "sync"):
        done = kiosk("sync", "--config", station.root)
    assert done.returncode == 1
    assert "another sync runs" in done.stderr


def test_a_mistake_in_link_toml_names_its_line(station: Station) -> None:
    link(station)
    station.folder.link.write_text(station.folder.link.read_text().replace("port = 9", "prot = 9"))
    done = kiosk("sync", "--config", station.root)
    assert done.returncode == 2
    assert "link.toml:7" in done.stderr
    assert "Did you mean `port`" in done.stderr
