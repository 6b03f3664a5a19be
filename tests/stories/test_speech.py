"""What a visitor hears: the kiosk in its own process says each screen's line, by the programs that it finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.simulated.speech import SimulatedSpeech
from tests.support.station import PATIENCE_SECONDS, Station


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def voice(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> SimulatedSpeech:
    made = SimulatedSpeech(tmp_path_factory.mktemp("programs"))
    monkeypatch.setenv("PATH", made.path)
    return made


def want_speech(folder: Path) -> None:
    with (folder / "devices.toml").open("a", encoding="utf-8") as file:
        file.write("[speech]\n")


def test_each_screen_is_said_once(station: Station, voice: SimulatedSpeech) -> None:
    want_speech(station.root)
    with station.kiosk() as kiosk:
        kiosk.ready()
        until(lambda: [heard.text for heard in voice.heard()] == ["请扫一扫您的积分卡。"])
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.arrive("AtHome")
        until(lambda: "您好，请选一类。" in [heard.text for heard in voice.heard()])
        kiosk.press("ChooseClass goods", "AtItems")
        until(lambda: [heard.text for heard in voice.heard()][-1] == "请选一样。")
        assert len({heard.text for heard in voice.heard()}) == len(voice.heard())


def test_a_sound_card_that_hangs_holds_up_nobody(station: Station, voice: SimulatedSpeech) -> None:
    want_speech(station.root)
    voice.hang("aplay")
    with station.kiosk() as kiosk:
        kiosk.ready()
        station.scanner.scan(station.card("陈桂芳").code)
        kiosk.arrive("AtHome")
        kiosk.press("ChooseClass goods", "AtItems")
        kiosk.press("ChooseItem 101", "AtItem")
        kiosk.press("Redeem", "AtConfirm")
        kiosk.press("Confirm", "AtDone")
    assert station.printer.wait_paper(10).cuts == 1
    assert voice.count("aplay", "hung") >= 1
