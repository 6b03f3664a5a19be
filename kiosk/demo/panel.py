"""The demonstration's panel beside the kiosk: cards for the scanner, troubles for the printer, papers that came out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.graphics import Color, Rectangle, RoundedRectangle
from kivy.uix.widget import Widget

from devices.simulated.idcard.people import resident
from devices.simulated.paper.draw import draw as draw_paper
from devices.simulated.paper.parts import InterpretedPaper, PaperError
from kiosk.demo import texts
from kiosk.demo.bench import Bench
from kiosk.demo.cards import forged_code
from kiosk.demo.key import GROUND, NOTE_PX, WORDS, Key, Words
from kiosk.demo.people import id_card
from kiosk.demo.roll import Roll
from kiosk.palette import rgba
from kiosk.screens.box import Box

PAD_PX, GAP_PX = 16, 6
HEADING_PX, LABEL_PX, KEY_PX, SLOT_PX = 34, 24, 48, 6
COLUMNS = 4
SLOT = "#0E0F10"
STRANGER = resident(texts.STRANGER_NAME, "19491001", 17)
ID_CARD_OF = "陈桂芳"
_AUTHENTICATION_FAILED = 0x31
RUBBISH_BYTES = bytes(range(0x80, 0xA0)) + b"\rhttps://example.org/not-a-card\r"
"""Noise of a bad cable, which the driver drops, then a code of somebody else's, which the kiosk refuses aloud."""


class SidePanel(Widget):
    """Stands right of the kiosk and takes every touch there. ``papers`` is a folder for pictures of the papers."""

    def __init__(self, bench: Bench, box: Box, papers: Path) -> None:
        super().__init__(size_hint=(None, None), pos=(box.x, box.y), size=(box.width, box.height))
        self._bench, self._box, self._folder = bench, box, papers
        self._face = bench.start.settings.station.typeface.regular
        self._seen = 0
        with self.canvas.before:
            Color(*rgba(GROUND))
            Rectangle(pos=self.pos, size=self.size)
        heading, rest = box.inset(PAD_PX, PAD_PX // 2).cut_top(HEADING_PX, GAP_PX)
        self._head(heading)
        rest = self._put_cards(rest)
        rest = self._put_reader(rest)
        rest = self._put_switches(rest)
        self._empty, self._roll = self._put_roll(rest)

    def look(self) -> None:
        """Take what the printer has finished since the last look. UI thread only."""
        try:
            papers = self._bench.printer.papers
        except PaperError as fault:
            self._empty.text = texts.BAD_PAPER.format(fault=fault)
            return
        for paper in papers[self._seen :]:
            self._seen += 1
            self._take(paper)

    def on_touch_down(self, touch: Any) -> bool:
        """Nothing that lands here is for the kiosk."""
        super().on_touch_down(touch)
        return self._box.holds(*touch.pos)

    def _take(self, paper: InterpretedPaper) -> None:
        picture = draw_paper(paper, self._face)
        picture.save(self._folder / f"{self._seen:02d}.png")
        self._empty.text = ""
        self._roll.feed(picture)

    def _head(self, box: Box) -> None:
        title, note = box.cut_left(80)
        self.add_widget(Words(texts.HEADING, title, size_px=20, colour=WORDS))
        self.add_widget(Words(texts.HEADING_NOTE, note, across="right"))

    def _label(self, text: str, box: Box, note: str = "") -> Box:
        line, rest = box.cut_top(LABEL_PX, 2)
        self.add_widget(Words(text, line, size_px=NOTE_PX + 1, colour=WORDS))
        if note:
            self.add_widget(Words(note, line, across="right"))
        return rest

    def _put_cards(self, box: Box) -> Box:
        scanner, cards = self._bench.scanner, self._bench.seeded.cards
        keys: list[tuple[str, str, Callable[[], None]]] = [
            (
                card.name,
                texts.STAFF if card.staff else texts.POINTS.format(points=card.points),
                _scan(scanner, card.code),
            )
            for card in sorted(cards, key=lambda card: card.staff)
        ]
        keys.append((texts.RUBBISH, texts.RUBBISH_NOTE, lambda: scanner.send(RUBBISH_BYTES)))
        keys.append((texts.FORGED, texts.FORGED_NOTE, _scan(scanner, forged_code(cards[0].code))))
        rest = self._label(texts.CARDS, box)
        for first in range(0, len(keys), COLUMNS):
            row, rest = rest.cut_top(KEY_PX, GAP_PX)
            for (face, note, press), place in zip(keys[first:], row.columns(COLUMNS, GAP_PX), strict=False):
                self.add_widget(Key(face, note, place, press))
        return rest

    def _put_reader(self, box: Box) -> Box:
        reader, owner = self._bench.reader, ID_CARD_OF
        row, rest = self._label(texts.READER, box).cut_top(KEY_PX, GAP_PX)

        def damaged() -> None:
            reader.fail_with(_AUTHENTICATION_FAILED, times=4)
            reader.lay(STRANGER)

        keys = (
            (texts.OWN_CARD, owner, lambda: reader.lay(id_card(owner))),
            (texts.STRANGER, texts.NOT_KNOWN, lambda: reader.lay(STRANGER)),
            (texts.UNREADABLE, texts.DAMAGED, damaged),
            (texts.LIFT, texts.NOTHING, reader.lift),
        )
        for (face, note, press), place in zip(keys, row.columns(COLUMNS, GAP_PX), strict=True):
            self.add_widget(Key(face, note, place, press))
        return rest

    def _put_switches(self, box: Box) -> Box:
        printer = self._bench.printer
        row, rest = self._label(texts.PRINTER, box).cut_top(KEY_PX - 8, GAP_PX)
        paper, cover, network = row.columns(3, GAP_PX)
        self.add_widget(
            _Switch((texts.TAKE_PAPER, printer.take_paper_out), (texts.PUT_PAPER, printer.put_paper_in), paper)
        )
        self.add_widget(
            _Switch((texts.OPEN_COVER, printer.open_cover), (texts.CLOSE_COVER, printer.close_cover), cover)
        )
        cable = self._bench.town.cable
        self.add_widget(_Switch((texts.CUT, cable.cut), (texts.MEND, cable.mend), network))
        row, rest = rest.cut_top(KEY_PX - 8, GAP_PX)
        roll, cutter, heat = row.columns(3, GAP_PX)
        self.add_widget(_Switch((texts.LOW, printer.run_low), (texts.NEW_ROLL, printer.put_paper_in), roll))
        self.add_widget(_Switch((texts.JAM, printer.jam_cutter), (texts.FREE, printer.mend), cutter))
        self.add_widget(_Switch((texts.HOT, printer.overheat), (texts.COOL, printer.mend), heat))
        return rest

    def _put_roll(self, box: Box) -> tuple[Words, Roll]:
        rest = self._label(texts.PAPERS, box, texts.PAPERS_NOTE)
        slot, below = rest.cut_top(SLOT_PX)
        with self.canvas:
            Color(*rgba(SLOT))
            RoundedRectangle(pos=(slot.x - 4, slot.y), size=(slot.width + 8, slot.height), radius=[SLOT_PX // 2])
        empty = Words(texts.NO_PAPER, below.cut_top(80)[0], across="center")
        roll = Roll(below)
        self.add_widget(empty)
        self.add_widget(roll)
        return empty, roll


class _Switch(Key):
    """Two acts in turn; the words say what the next press does."""

    def __init__(self, first: tuple[str, Callable[[], None]], second: tuple[str, Callable[[], None]], box: Box) -> None:
        self._next, self._after = first, second
        super().__init__(first[0], "", box, self._turn)

    def _turn(self) -> None:
        self._next[1]()
        self._next, self._after = self._after, self._next
        self.say(self._next[0])


def _scan(scanner: Any, code: str) -> Callable[[], None]:
    return lambda: scanner.scan(code)
