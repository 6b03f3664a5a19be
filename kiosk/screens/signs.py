"""Signs that stand beside words: question, warning, tick, bell, arrows, and the drawings of the three classes."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.screens.box import Box
from kiosk.screens.pen import Pen
from kiosk.theme import Theme
from kiosk.views import Tone


class Sign(Widget):
    """One drawn sign in a box, drawn anew only when something changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(size_hint=(None, None))
        self.theme = theme
        self._drawn: tuple[object, ...] = ()

    def put(self, name: str, box: Box, colour: str, ground: str) -> None:
        """Draw the sign called ``name`` (a key of ``SIGNS``) in ``colour`` on something coloured ``ground``."""
        key = (name, box, colour, ground)
        if key == self._drawn:
            return
        self._drawn = key
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        self.canvas.clear()
        with self.canvas:
            SIGNS[name](Pen(box, colour, ground))


def sign_of(tone: Tone) -> str:
    """Which sign says the same as a tone: no state is told by colour alone."""
    return {Tone.GOOD: "tick", Tone.WARNING: "question", Tone.TROUBLE: "warning"}.get(tone, "note")


def put_tone(sign: Sign, tone: Tone, box: Box) -> None:
    """Draw the sign of a tone in its own colours."""
    face = sign.theme.palette.bands[tone]
    sign.put(sign_of(tone), box, face.edge, face.ground)


def _question(pen: Pen) -> None:
    pen.ring(50, 50, 48, 5)
    pen.ink(pen.colour)
    pen.arc(50, 60, 16, -90, 120, 9)
    pen.disc(34, 60, 4.5)
    pen.line(63.5, 51.5, 50, 42, 50, 36, width=9)
    pen.disc(50, 21, 5.5)


def _warning(pen: Pen) -> None:
    pen.line(50, 90, 6, 12, 94, 12, width=8, closed=True)
    pen.triangle(6, 12, 94, 12, 50, 90)
    pen.ink(pen.ground)
    pen.triangle(14, 16.5, 86, 16.5, 50, 80)
    pen.ink(pen.colour)
    pen.line(50, 60, 50, 40, width=9)
    pen.disc(50, 26, 5.5)


def _tick(pen: Pen) -> None:
    pen.disc(50, 50, 48)
    pen.ink(pen.ground)
    pen.line(27, 51, 44, 33, 74, 67, width=11)


def _note(pen: Pen) -> None:
    pen.ring(50, 50, 48, 5)
    pen.ink(pen.colour)
    pen.line(50, 50, 50, 26, width=9)
    pen.disc(50, 70, 6)


def _bell(pen: Pen) -> None:
    pen.disc(50, 58, 31)
    pen.block(19, 26, 62, 34)
    pen.block(8, 18, 84, 12, 6)
    pen.disc(50, 91, 7)
    pen.disc(50, 9, 9)


def _goods(pen: Pen) -> None:
    """A bag with handles and a grain of rice."""
    pen.arc(50, 66, 19, -90, 90, 6)
    pen.line(31, 66, 31, 60, width=6)
    pen.line(69, 66, 69, 60, width=6)
    pen.quad(18, 66, 82, 66, 90, 10, 10, 10)
    pen.line(18, 66, 82, 66, 90, 10, 10, 10, width=7, closed=True)
    pen.ink(pen.ground)
    pen.line(50, 20, 50, 50, width=5)
    for height in (24, 35, 46):
        pen.line(50, height, 38, height + 9, width=5)
        pen.line(50, height, 62, height + 9, width=5)


def _service(pen: Pen) -> None:
    """Two hands' warmth: a heart on an open palm."""
    pen.disc(38, 74, 15)
    pen.disc(62, 74, 15)
    pen.quad(25.5, 66, 50, 40, 74.5, 66, 50, 76)
    pen.line(27, 67, 50, 42, 73, 67, width=4)
    pen.line(10, 34, 22, 34, 38, 22, 60, 22, width=9)
    pen.line(38, 22, 62, 22, 90, 38, width=9)
    pen.line(10, 12, 66, 12, 92, 30, width=9)


def _repair(pen: Pen) -> None:
    """A spanner."""
    pen.line(22, 22, 68, 68, width=17)
    pen.disc(22, 22, 15)
    pen.disc(72, 72, 22)
    pen.ink(pen.ground)
    pen.quad(74, 74, 86, 100, 104, 104, 100, 86)
    pen.quad(66, 80, 80, 66, 106, 90, 90, 106)
    pen.disc(22, 22, 6)


def _clock(pen: Pen) -> None:
    pen.ring(50, 50, 48, 9)
    pen.ink(pen.colour)
    pen.line(50, 78, 50, 50, 70, 38, width=9)


def _star(pen: Pen) -> None:
    pen.triangle(50, 98, 36, 58, 64, 58)
    pen.triangle(3, 62, 40, 62, 34, 36)
    pen.triangle(97, 62, 60, 62, 66, 36)
    pen.triangle(20, 8, 33, 44, 56, 30)
    pen.triangle(80, 8, 67, 44, 44, 30)
    pen.quad(34, 60, 66, 60, 70, 34, 30, 34)


def _horn(pen: Pen) -> None:
    """A horn that tells the neighbourhood something."""
    pen.quad(14, 62, 14, 38, 74, 14, 74, 86)
    pen.line(74, 14, 74, 86, width=10)
    pen.block(4, 38, 20, 24, 6)
    pen.line(32, 36, 38, 12, 50, 12, width=9)
    pen.line(88, 50, 97, 50, width=7)
    pen.line(86, 68, 95, 74, width=7)
    pen.line(86, 32, 95, 26, width=7)


def _left(pen: Pen) -> None:
    pen.line(66, 88, 28, 50, 66, 12, width=14)


def _right(pen: Pen) -> None:
    pen.line(34, 88, 72, 50, 34, 12, width=14)


def _house(pen: Pen) -> None:
    pen.line(7, 50, 50, 89, 93, 50, width=12)
    pen.line(21, 46, 21, 11, 79, 11, 79, 46, width=12)
    pen.line(50, 14, 50, 36, width=13)


def _door(pen: Pen) -> None:
    pen.line(50, 90, 12, 90, 12, 10, 50, 10, width=12)
    pen.line(40, 50, 90, 50, width=12)
    pen.line(70, 72, 92, 50, 70, 28, width=12)


def _hourglass(pen: Pen) -> None:
    pen.line(22, 92, 78, 92, width=8)
    pen.line(22, 8, 78, 8, width=8)
    pen.line(30, 90, 30, 74, 48, 50, 30, 26, 30, 10, width=6)
    pen.line(70, 90, 70, 74, 52, 50, 70, 26, 70, 10, width=6)
    pen.triangle(36, 68, 64, 68, 50, 50)
    pen.triangle(34, 12, 66, 12, 50, 34)


def _pavilion(pen: Pen) -> None:
    """The mark of the station: a post house with a turned-up roof."""
    pen.line(6, 58, 22, 62, 50, 84, 78, 62, 94, 58, width=7)
    pen.triangle(22, 62, 78, 62, 50, 84)
    pen.line(24, 56, 24, 16, width=7)
    pen.line(76, 56, 76, 16, width=7)
    pen.line(12, 14, 88, 14, width=8)
    pen.line(42, 18, 42, 40, 58, 40, 58, 18, width=6)
    pen.line(24, 50, 76, 50, width=5)


def _ticket(pen: Pen) -> None:
    """A ticket with a tear line."""
    pen.line(8, 78, 92, 78, 92, 22, 8, 22, width=8, closed=True)
    for height in (32, 48, 64):
        pen.line(66, height, 66, height + 6, width=6)
    pen.line(22, 58, 50, 58, width=7)
    pen.line(22, 41, 44, 41, width=7)


def _list(pen: Pen) -> None:
    for height in (78, 50, 22):
        pen.disc(14, height, 8)
        pen.line(36, height, 92, height, width=10)


def _cross(pen: Pen) -> None:
    pen.disc(50, 50, 48)
    pen.ink(pen.ground)
    pen.line(31, 31, 69, 69, width=11)
    pen.line(31, 69, 69, 31, width=11)


def _speaker(pen: Pen) -> None:
    pen.block(10, 36, 20, 28, 4)
    pen.quad(22, 50, 54, 82, 54, 18, 22, 50)
    pen.line(22, 42, 50, 22, 50, 78, 22, 58, width=9)
    pen.arc(52, 50, 18, 40, 140, 9)
    pen.arc(52, 50, 36, 45, 135, 9)


def _letters(pen: Pen) -> None:
    """A small A and a large one."""
    pen.line(5, 20, 20, 58, 35, 20, width=8)
    pen.line(11, 32, 29, 32, width=8)
    pen.line(42, 20, 68, 88, 94, 20, width=11)
    pen.line(52, 42, 84, 42, width=11)


def _contrast(pen: Pen) -> None:
    """Half dark, half light."""
    pen.ring(50, 50, 46, 8)
    pen.ink(pen.colour)
    pen.half(50, 50, 44)


def _globe(pen: Pen) -> None:
    pen.ring(50, 50, 46, 8)
    pen.ink(pen.colour)
    pen.line(8, 50, 92, 50, width=7)
    pen.line(50, 8, 50, 92, width=7)
    pen.oval(50, 50, 22, 44, 7)


SIGNS: dict[str, Callable[[Pen], None]] = {
    "question": _question,
    "warning": _warning,
    "tick": _tick,
    "note": _note,
    "bell": _bell,
    "goods": _goods,
    "service": _service,
    "repair": _repair,
    "left": _left,
    "right": _right,
    "house": _house,
    "door": _door,
    "hourglass": _hourglass,
    "clock": _clock,
    "star": _star,
    "horn": _horn,
    "pavilion": _pavilion,
    "ticket": _ticket,
    "list": _list,
    "cross": _cross,
    "speaker": _speaker,
    "letters": _letters,
    "contrast": _contrast,
    "globe": _globe,
}
