"""``kiosk paper``: what a printer would make of a file of bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devices.simulated.paper.draw import png as draw_png
from devices.simulated.paper.font import Font
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper, PaperError
from kiosk.faults import YizhanError


class PaperFault(YizhanError):
    """A file that is no paper, or not one that this printer understands."""

    code = "paper.unreadable"


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One paper as read."""

    text: str
    qr: tuple[str, ...]
    picture: Path | None

    def lines(self) -> list[str]:
        """For people."""
        quoted = [line.replace("[", "\\[") for line in self.text.splitlines()]
        picture = [f"[dim]picture: {self.picture}[/]"] if self.picture else []
        return [*quoted, *(f"[dim]QR: {payload}[/]" for payload in self.qr), *picture]


def read_papers(file: Path, png: Path | None, dots: int, fonts: Path) -> list[ReadPaper]:
    """Read every paper of a file; draw the first into ``png``, more into ``png`` with a number behind its name."""
    if dots not in (576, 384):
        raise PaperFault(f"--dots: expected 576 or 384, got {dots}")
    papers = _interpret(file, dots)
    if not papers:
        raise PaperFault(f"{file}: no whole paper in it; a paper ends with a cut")
    return [_read(paper, _name(png, number), fonts) for number, paper in enumerate(papers)]


def _interpret(file: Path, dots: int) -> list[InterpretedPaper]:
    # Of any printer: one with every character, and one that is told to push its state.
    interpreter = Interpreter(dots=dots, cutter=dots == 576, font=Font.GB18030_FOUR, on_pushing=lambda _which: None)
    try:
        interpreter.feed(file.read_bytes())
    except OSError as error:
        raise PaperFault(f"{file}: cannot be read ({error.strerror})") from error
    except PaperError as error:
        raise PaperFault(f"{file}: {error}") from error
    if interpreter.unfinished:
        raise PaperFault(f"{file}: ends in the middle of a command ({interpreter.unfinished.hex(' ')})")
    if interpreter.papers and interpreter.page.begun:
        raise PaperFault(f"{file}: something is printed after the last cut; a paper ends with one")
    return interpreter.papers


def _name(png: Path | None, number: int) -> Path | None:
    return png if png is None or number == 0 else png.with_stem(f"{png.stem}-{number + 1}")


def _read(paper: InterpretedPaper, png: Path | None, fonts: Path) -> ReadPaper:
    if png is not None:
        try:
            png.parent.mkdir(parents=True, exist_ok=True)
            png.write_bytes(draw_png(paper, fonts / "YizhanSans-Regular.otf"))
        except OSError as error:
            raise PaperFault(f"{png}: cannot be drawn with the typeface in {fonts} ({error})") from error
    return ReadPaper(paper.text, tuple(paper.qr_payloads), png)
