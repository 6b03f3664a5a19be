"""One visit with all real parts: bytes into the scanner's pty, touches, bytes out of the printer's pty, rows."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image

from devices.ports import PrintState
from devices.simulated.paper.draw import png
from domain.calendar import china_time, date_of
from domain.entries import decode_entry
from domain.facts import UP, VoucherIssued, fact_of
from domain.voucher import parse_code, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.journal.verify import verify
from sync.identity import SigningKey, Verifier, read_secret
from tests.support.station import FONTS, KioskProcess, Station

PAPER = """学田湾社区党群驿站
兑换券
A-000001-0
──────
商品                              东北大米 5公斤
数量                                        1 袋
使用积分                                  120 分
剩余积分                                  260 分
姓名                                       陈*芳
领取地点                      学田湾社区党群驿站
兑换时间                        {at}
有效期至                              {until}
──────
凭此券领取，限用一次"""


def walk_to_confirm(station: Station, kiosk: KioskProcess, name: str = "陈桂芳") -> None:
    kiosk.ready()
    station.scanner.scan(station.card(name).code)
    kiosk.arrive("AtHome")
    kiosk.press("ChooseClass goods", "AtItems")
    kiosk.press("ChooseItem 101", "AtItem")
    kiosk.press("Redeem", "AtConfirm")


def test_from_card_to_voucher_in_four_touches(station: Station) -> None:
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        paper = station.printer.wait_paper(10)
        kiosk.press("Finish", "Idle")
        seen = [state for state in kiosk.states if state not in ("Looking", "Redeeming", "Printing")]
        assert seen == ["Idle", "AtHome", "AtItems", "AtItem", "AtConfirm", "AtDone", "Idle"]

    journal = station.journal()
    entries = [fact_of(decode_entry(data), UP) for _, data, _ in journal.chain.read()]
    issued = next(fact for fact in entries if isinstance(fact, VoucherIssued))
    job = journal.jobs.get(1)
    assert job is not None
    assert (job.state, job.number) == (PrintState.PRINTED, VoucherNumber(journal.identity.epoch, 1))
    assert verify(journal).sound
    record = journal.vouchers.get(job.number)
    assert record is not None
    assert (record.voucher.points, issued.points, issued.item) == (120, 120, 101)

    # The paper, read back exactly; and the QR cut out of its picture.
    stamp = decode_entry(next(data for number, data, _ in journal.chain.read() if number == 2)).at
    until = parse_code(journal.vouchers.code(job.number))[0].expires
    assert paper.text == PAPER.format(at=china_time(stamp).strftime("%Y-%m-%d %H:%M"), until=date_of(until))
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png(paper, FONTS / "YizhanSans-Regular.otf"))).convert("L"))
    assert [code.text for code in found] == [journal.vouchers.code(job.number)]
    voucher, data, signature = parse_code(found[0].text)
    public = SigningKey(1, read_secret(station.folder.voucher_key)).public
    assert Verifier({1: public})(voucher.key_id, signed_message(data), signature)
    assert voucher == record.voucher
    assert len(station.printer.raw) <= 600
    journal.close()


def test_a_visit_ends_by_itself_and_leaves_nothing(station: Station) -> None:
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.do("skip 60")
        kiosk.fact("mood", "warned")
        kiosk.do("skip 30")
        kiosk.arrive("Idle")
    journal = station.journal()
    assert journal.vouchers.next_number() == 1
    journal.close()


def test_a_card_is_changed_in_the_middle_and_nobody_is_mixed_up(station: Station) -> None:
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        station.scanner.scan(station.card("李明").code)
        kiosk.arrive("AtHome")
        kiosk.press("ChooseClass goods", "AtItems")
        kiosk.press("ChooseItem 101", "AtItem")
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Confirm", "AtDone")
        assert "李*" in station.printer.wait_paper(10).text


def test_paper_out_is_said_before_anything_is_spent(station: Station) -> None:
    station.printer.take_paper_out()
    with station.kiosk() as kiosk:
        kiosk.fact("health", "not_ok ok")
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.arrive("AtHome")
        kiosk.press("ChooseClass goods", "AtItems")
        kiosk.press("ChooseItem 101", "AtItem")
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Confirm", "AtLaterQuestion")
        kiosk.press("Back", "AtItem")
        journal = station.journal()
        assert journal.vouchers.next_number() == 1
        journal.close()
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Confirm", "AtLaterQuestion")
        kiosk.press("AcceptLater", "AtDone")
        kiosk.press("Finish", "Idle")
        kiosk.papers_waiting(1)
    assert station.printer.papers == ()


def test_paper_ends_in_the_middle_and_the_voucher_is_printed_again(station: Station) -> None:
    station.printer.take_paper_out(after_bytes=150)
    with station.kiosk() as kiosk:
        walk_to_confirm(station, kiosk)
        kiosk.press("Confirm", "AtDone")
        kiosk.papers_waiting(1)
        kiosk.press("Finish", "Idle")
        journal = station.journal()
        job = journal.jobs.get(1)
        assert job is not None
        assert (job.state, job.code) == (PrintState.UNCERTAIN, "printer.paper_out")
        journal.close()


def test_scans_that_are_none_of_ours_change_nothing(station: Station) -> None:
    with station.kiosk() as kiosk:
        kiosk.ready()
        for rubbish in (
            b"\x00\xff\xfe\r",
            b"A" * 5000 + b"\r",
            b"half a scan",
            b"\r\n\r\n",
            "中文\r".encode("gb18030"),
        ):
            station.scanner.send(rubbish)
        station.scanner.scan("HTTP://EXAMPLE.ORG/")
        kiosk.wait(lambda: kiosk._states.count("Looking") == 1, "the one whole scan looked up")
        kiosk.arrive("Idle")
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.arrive("AtHome")
    journal = station.journal()
    assert journal.chain.head().number == 1  # only the opening of the epoch
    journal.close()
