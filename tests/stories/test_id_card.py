"""An ID card in the whole kiosk: recognised, and nothing of it in anything that the station wrote."""

from __future__ import annotations

from pathlib import Path

from devices.simulated.idcard.people import resident
from devices.simulated.idcard.reader import SimulatedCardReader
from kiosk.demo.people import id_card
from tests.support.enrolled import EnrolledStation, wait


def test_a_card_is_recognised_and_leaves_nothing(tmp_path: Path) -> None:
    station, reader = EnrolledStation(tmp_path), SimulatedCardReader()
    known, stranger = id_card("陈桂芳"), resident("张三丰", "19491001", 17)
    devices = station.root / "devices.toml"
    devices.write_text(devices.read_text() + f'[idcard]\npath = "{reader.path}"\n')
    try:
        station.town.start()
        with station.kiosk() as kiosk:
            kiosk.ready()
            wait(station.folder.shelf.exists, "the catalogue")
            reader.lay(stranger)
            wait(lambda: reader.asked.count("read") == 1, "the stranger's card read")
            kiosk.arrive("Idle")
            reader.lay(known)
            kiosk.arrive("AtHome")
            kiosk.press("ChooseClass repair", "AtItems")
            kiosk.press("ChooseItem 301", "AtItem")
            kiosk.press("Redeem", "AtConfirm")
            kiosk.press("Confirm", "AtDone")
            assert "陈*芳" in station.printer.wait_paper(10).text
            kiosk.press("Finish", "Idle")
    finally:
        station.close()
        reader.close()
    written = {path: path.read_bytes() for path in station.root.rglob("*") if path.is_file()}
    assert len(written) > 10
    for card in (known, stranger):
        for piece in (card.number, card.address, card.number[6:14] + card.number[14:17]):
            for spelling in (piece.encode(), piece.encode("utf-16-le"), piece.encode("utf-8").hex().encode()):
                assert [path for path, data in written.items() if spelling in data] == []
    for path, data in written.items():
        if "office" not in path.relative_to(station.root).parts:
            assert stranger.name.encode() not in data, path
