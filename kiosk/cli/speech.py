"""``kiosk speech``: what a person would record, and a made voice for all of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from devices.drivers.speech.recordings import file_of
from devices.drivers.speech.voice import make
from devices.spoken import Fragment
from kiosk.faults import YizhanError
from kiosk.texts import Texts


class SpeechFault(YizhanError):
    """A recording could not be made."""

    code = "speech.no_voice"


@dataclass(frozen=True, slots=True)
class Recording:
    """One file that a person may record: its name and the words."""

    file: str
    text: str

    def lines(self) -> list[str]:
        """For people."""
        return [f"{self.file}  {self.text}"]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    folder: Path
    made: int
    kept: int

    def lines(self) -> list[str]:
        """For people."""
        return [f"[green]✓[/] {self.folder}: {self.made} made, {self.kept} were there and were left as they are"]


def recordings(texts: Texts) -> list[Recording]:
    """Every line of the screens and every piece of a number, in the order of the texts."""
    return [Recording(file_of(Path(), fragment).name, fragment.text) for fragment in _fragments(texts)]


def as_csv(rows: list[Recording]) -> str:
    """A table for a spreadsheet. The mark at its beginning tells one that it is UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(("file", "text"))
    writer.writerows((row.file, row.text) for row in rows)
    return "\ufeff" + target.getvalue()


def as_table(rows: list[Recording]) -> Table:
    """A table for a person."""
    table = Table("file", title=f"{len(rows)} recordings: WAV, 16 bit, mono, all of one rate")
    table.add_column("text", overflow="fold")  # whoever records it needs all of it
    for row in rows:
        table.add_row(row.file, row.text)
    return table


def make_all(texts: Texts, folder: Path, voice: str, *, quiet: bool) -> Made:
    """Have a voice speak whatever is not in the folder yet. Raises ``SpeechFault``."""
    made = kept = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            for fragment in bar.track(_fragments(texts), description=""):
                target = file_of(folder, fragment)
                if target.exists():
                    kept += 1  # it may be somebody's voice
                else:
                    make(fragment.text, target, voice)
                    made += 1
    except OSError as fault:
        raise SpeechFault(f"{folder}: {fault}") from fault
    return Made(folder, made, kept)


def _fragments(texts: Texts) -> list[Fragment]:
    return [Fragment(key, text) for key, text in texts.all().items() if key.startswith("speech.")]
