"""What a start of the kiosk needs, and what is made of it. No Kivy is imported here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from devices.ports import Backlight, IdCardProblem, IdCardRead, Plugs, Printer, Scanner, Speech
from kiosk.desk.parts import DeskParts
from kiosk.hardware import make_backlight, make_card_reader, make_plugs, make_printer, make_scanner, make_speech
from kiosk.look import CHINESE
from kiosk.presenter.scene import Scene
from kiosk.settings import Settings
from kiosk.station import Folder, open_parts, stick_folder
from kiosk.stick import check_stick
from kiosk.supervised import Source, SupervisedPrinter, SupervisedScanner, SupervisedSource, SupervisedSpeech
from kiosk.system import System
from kiosk.texts import load_languages

if TYPE_CHECKING:
    from kiosk.screens.host import Host


@dataclass(frozen=True, slots=True)
class Start:
    """What a start needs beside the settings; the demonstration hands in devices of its own."""

    settings: Settings
    system: System
    touch: str = ""  # empty: as the settings say
    demo: bool = False
    frames_per_second: int = 30
    device_clock: System | None = None  # where the screen's clock is not the machine's own
    around: Callable[[Host], Any] | None = None  # what stands around the kiosk in the window: the demonstration's panel
    beside_px: int = 0  # room for it at the right of the kiosk

    @property
    def clock(self) -> System:
        """The devices' clock."""
        return self.device_clock or self.system

    @property
    def folder(self) -> Folder:
        """The station's folder."""
        return Folder(self.settings.station.storage.folder)

    def scene(self) -> Scene:
        """The station as every screen names it."""
        station, speech = self.settings.station.station, self.settings.devices.speech
        languages = load_languages()
        return Scene(
            languages[CHINESE],
            station.name,
            self.folder.pictures,
            self.settings.times(),
            self.demo,
            id_cards=self.settings.devices.idcard is not None,
            voice=speech is not None and speech.enabled,
            languages=languages,
        )

    def parts(self) -> DeskParts:
        """Open journal, shelf and keys. Raises ``YizhanError``."""
        station = self.settings.station.station
        parts = open_parts(self.folder, station.id, station.name, self.system, demo=self.demo)
        check_stick(parts.journal, stick_folder(self.settings.station))
        return parts

    def printer(self) -> Printer:
        """The printer that the settings name; its driver is replaced when it hangs or fails."""
        face, clock = self.settings.station.typeface.regular, self.clock
        return SupervisedPrinter(lambda: make_printer(self.settings.devices, clock, face), clock)

    def scanner(self) -> Scanner:
        """The scanner that the settings name; its driver is replaced when it hangs or fails."""
        return SupervisedScanner(lambda: make_scanner(self.settings.devices, self.clock), self.clock)

    def card_reader(self, digest: Callable[[str], str]) -> Source[IdCardRead | IdCardProblem]:
        """The reader for ID cards that the settings name; its driver is replaced when it hangs or fails."""
        return SupervisedSource(
            "idcard", lambda: make_card_reader(self.settings.devices, self.clock, digest), self.clock
        )

    def speech(self) -> Speech:
        """The voice that the settings want."""
        return SupervisedSpeech(lambda: make_speech(self.settings.devices, self.clock), self.clock)

    def backlight(self) -> Backlight:
        """The panel's light, if it is to be set."""
        return make_backlight(self.settings.station.screen.backlight)

    def plugs(self) -> Plugs:
        """What says that a device was plugged in."""
        return make_plugs(self.clock)
