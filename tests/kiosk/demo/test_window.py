"""The demonstration under a real X server: real mouse events from the card to the printed paper."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kiosk.journal.journal import Journal
from kiosk.journal.verify import verify
from tests.kiosk.demo.desk import PATIENCE_SECONDS, ROOT, Desk, Landmark, until

# Where things stand in the 1700 × 800 window, from the upper left corner.
CARD, GOODS, RICE, REDEEM, CONFIRM = (1335, 110), (210, 460), (185, 230), (1050, 612), (404, 609)
# A pixel that tells each screen from the one before it.
HOME: Landmark = (1055, 255), (0xF8, 0xE3, 0xDC)  # the ground of the points
ITEMS: Landmark = (1070, 430), (0xEE, 0xE7, 0xDB)  # 上一页, which cannot be pressed on the first page
ITEM: Landmark = (900, 580), (0xA5, 0x00, 0x00)  # 我要兑换
CONFIRMING: Landmark = (40, 580), (0xA5, 0x00, 0x00)  # 确认兑换
PAPER: Landmark = (1310, 610), (252, 250, 243)  # the left margin of a paper in the side panel


@pytest.fixture
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1800x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def desk(display: str, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(display, tmp_path / "demo")
    yield made
    made.close()


def test_a_card_and_four_touches_of_the_mouse_print_one_voucher(desk: Desk) -> None:
    desk.find_window()
    until(lambda: came_home(desk), "the first screen of the visit")
    for place, landmark, what in (
        (GOODS, ITEMS, "the goods"),
        (RICE, ITEM, "the rice"),
        (REDEEM, CONFIRMING, "the question"),
    ):
        desk.press(place)
        desk.arrive(landmark, what)
    desk.press(CONFIRM)
    until(lambda: desk.jobs() == [(1, "printed")], "the printed voucher in the journal")
    desk.arrive(PAPER, "the paper in the side panel")
    desk.picture(ROOT / "build" / "screens" / "xvfb-demo.png")
    children = psutil.Process(desk.process.pid).children(recursive=True)

    code, said = desk.end(signal.SIGINT)

    assert code == 0
    assert "Traceback" not in said
    assert "演示结束" in said
    assert not [child for child in children if child.is_running()]
    assert len(list((desk.out / "station" / "cards").glob("*.png"))) == 17
    assert [path.name for path in (desk.out / "papers").iterdir()] == ["01.png"]
    journal = Journal(desk.out / "station" / "data" / "journal.db")
    report = verify(journal)
    journal.close()
    assert report.sound, report.faults
    assert report.vouchers == 1


def test_sigterm_ends_it_as_quietly(desk: Desk) -> None:
    desk.find_window()

    code, said = desk.end(signal.SIGTERM)

    assert code == 0
    assert "Traceback" not in said
    assert "演示结束" in said


def test_a_display_that_is_not_there_is_said_and_not_played_to_nobody(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if key not in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.demo", "--out", str(tmp_path)],
        check=False,
        cwd=ROOT,
        env=env | {"DISPLAY": ":65535"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )

    assert done.returncode == 1
    assert "打不开窗口" in done.stdout


def came_home(desk: Desk) -> bool:
    """Hold the card before the scanner until it is read: what comes before the driver listens is lost, as ever."""
    desk.press(CARD)
    try:
        desk.arrive(HOME, "the first screen", seconds=3.0)
    except TimeoutError:
        return False
    return True
