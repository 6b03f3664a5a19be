"""A price is changed in the browser and counts at the kiosk; what was redeemed there is seen in the browser."""

from __future__ import annotations

from pathlib import Path

from tests.stories.test_office import in_step
from tests.stories.test_one_visit import walk_to_confirm
from tests.support.browser import Browser
from tests.support.enrolled import EnrolledStation, wait


def test_a_price_changed_in_the_browser_counts_at_the_next_visit(tmp_path: Path) -> None:
    station = EnrolledStation(tmp_path)
    town = station.town
    try:
        town.start(web=True)
        browser = Browser(town.address)
        home = browser.send("admin/login/", {"username": "admin", "password": town.password, "next": "/admin/"})
        assert "发布记录" in home
        with station.kiosk() as kiosk:
            kiosk.ready()
            wait(lambda: in_step(station), "everything that the office wrote")
            item = station.one("SELECT points FROM books_item WHERE id = 101")
            assert item == 120
            browser.send("admin/books/item/", {"form-0-points": "95", "_save": "1"})
            assert station.one("SELECT points FROM books_item WHERE id = 101") == 95
            assert "第 2 版已发布" in browser.send("admin/books/item/publish/", {})
            taken = "SELECT state FROM books_holding WHERE version = 2"
            wait(lambda: station.one(taken) == "taken", "the new catalogue at the station")
            assert "第 2 版 已启用" in browser.get("admin/books/item/publish/")
            walk_to_confirm(station, kiosk)
            kiosk.press("Confirm", "AtDone")
            assert "95 分" in station.printer.wait_paper(10).text
            wait(lambda: in_step(station), "the voucher at the office")
        vouchers = browser.get("admin/books/voucher/")
        assert "学田湾社区党群驿站" in vouchers
        assert ">95<" in vouchers
    finally:
        station.close()
