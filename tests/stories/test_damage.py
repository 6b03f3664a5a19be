"""A station whose journal cannot be used shows that it is out of order, sells nothing, and changes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.support.station import Station


def test_a_damaged_journal_is_left_as_it_is_and_said_on_the_screen(station: Station, tmp_path: Path) -> None:
    path = station.folder.journal
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + bytes(80) + whole[100:])
    before = path.read_bytes()
    with station.kiosk() as kiosk:
        kiosk.arrive("OutOfOrder")
        kiosk.do(f"picture {tmp_path / 'out-of-order.png'}")
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.do("skip 1")
        assert kiosk.states == ["OutOfOrder"]
    assert path.read_bytes() == before
    assert (tmp_path / "out-of-order.png").stat().st_size > 5_000


def test_a_missing_journal_is_not_made_anew(station: Station) -> None:
    station.folder.journal.rename(station.folder.journal.with_suffix(".away"))
    with station.kiosk() as kiosk:
        kiosk.arrive("OutOfOrder")
    assert not station.folder.journal.exists()


def test_a_secret_that_others_may_read_is_not_used(station: Station) -> None:
    station.folder.voucher_key.chmod(0o644)
    with station.kiosk() as kiosk:
        kiosk.arrive("OutOfOrder")
    assert "chmod 600" in (station.root / "kiosk.log").read_text(encoding="utf-8")


def test_a_station_without_devices_still_opens(station: Station) -> None:
    (station.root / "devices.toml").write_text("", encoding="utf-8")
    with station.kiosk() as kiosk:
        kiosk.fact("health", "not_ok not_ok")
        kiosk.arrive("Idle")
