"""The tour: visits from card to paper, troubles included, played and pictured. It fails unless all of it happened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from rich.console import Console

from kiosk.app import Running, kiosk
from kiosk.demo import texts
from kiosk.demo.cell import Cell
from kiosk.demo.clock import SkippingMachine
from kiosk.demo.pages import write_captions, write_page
from kiosk.demo.sheets import draw_sheets
from kiosk.faults import YizhanError
from kiosk.flow.states import State
from kiosk.journal.verify import Report, verify
from kiosk.settings import Settings
from kiosk.texts import load_texts

if TYPE_CHECKING:
    from kiosk.demo.bench import Bench
    from kiosk.demo.inspector import Inspector
    from kiosk.demo.player import Player

console = Console(highlight=False, soft_wrap=True)
FINDINGS = "findings.txt"


def play(out: Path, fonts: Path, cell: Cell | None = None, *, audited: bool = False, quick: bool = False) -> int:
    """Play the scenes on one panel in one look; pictures and papers go into ``out``, which is emptied first.

    ``audited``: measure every screen as well; what is found goes into ``findings.txt`` and makes the exit code 1.
    """
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    from kiosk.demo.bench import set_up

    cell = cell or Cell()
    station = emptied(out)
    system = SkippingMachine(wall=False)
    console.print(texts.PREPARING)
    bench = set_up(station, fonts.absolute(), system, touch="none", frames_per_second=0, web=True, glass=cell.glass)
    console.print(texts.TOUR_BEGINS.format(out=out, address=bench.town.address))
    try:
        with kiosk(bench.start) as running:
            player, report = _play_scenes(bench, running, system, out, fonts, cell, audited=audited, quick=quick)
    except AssertionError as fault:
        console.print(f"[bold red]✗[/] {fault}", markup=True)
        return 1
    finally:
        bench.close()
    write_page(out, ["."])
    draw_sheets(out, fonts, ["."])
    return _told(player, report, out)


def _play_scenes(
    bench: Bench,
    running: Running,
    system: SkippingMachine,
    out: Path,
    fonts: Path,
    cell: Cell,
    *,
    audited: bool,
    quick: bool,
) -> tuple[Player, Report]:
    from kiosk.demo.player import Player  # Kivy may only be imported once its window's settings are made
    from kiosk.demo.scenes import QUICK, SCENES

    player = Player(bench, running, system, out, fonts / "YizhanSans-Regular.otf", console.print, cell.look)
    if audited:
        player.inspector = _inspector(player, running, bench.start.settings, system)
    try:
        for scene in QUICK if quick else SCENES:
            scene(player)
    finally:  # also of a tour that failed, what was seen until then
        write_captions(out, player.captions)
        if player.inspector is not None:
            lines = "".join(f"{finding}\n" for finding in player.inspector.findings)
            (out / FINDINGS).write_text(lines, encoding="utf-8")
    return player, player.assembly.ask(lambda: verify(player.assembly.parts.journal))


def _inspector(player: Player, running: Running, settings: Settings, system: SkippingMachine) -> Inspector:
    from kiosk.audit.faces import read_faces
    from kiosk.audit.reading import Reader
    from kiosk.demo.inspector import Inspector

    typeface = settings.station.typeface
    faces = read_faces(typeface.regular, typeface.bold)
    return Inspector(Reader(running.host, player.hand, faces, load_texts(), settings.times()), system.monotonic)


def _told(player: Player, report: Report, out: Path) -> int:
    if not report.sound:
        console.print(texts.BOOKS_WRONG.format(faults=report.faults))
        return 1
    numbers = {"pictures": len(player.pictures), "vouchers": report.vouchers, "entries": report.entries}
    console.print(texts.TOUR_DONE.format(**numbers))
    if missing := sorted(state.__name__ for state in get_args(State) if state not in player.pictured):
        console.print(texts.NOT_PICTURED.format(names=", ".join(missing)))
    if player.inspector is None:
        return 0
    findings = [str(finding) for finding in player.inspector.findings]
    if not findings:
        console.print(texts.AUDIT_CLEAN.format(screens=player.inspector.count_of_screens))
        return 0
    _say_findings(findings)
    console.print(texts.AUDIT_FOUND.format(count=len(findings), path=out / FINDINGS))
    return 1


def _say_findings(findings: Sequence[str]) -> None:
    for line in findings:
        console.print(f"   {line}", markup=False)


class FolderInUse(YizhanError):
    """The tour empties its folder first, and this one is not a tour's."""

    code = "tour.folder"


def emptied(out: Path) -> Path:
    """Empty a tour's folder; return its station's. Raises ``FolderInUse`` for a folder that is not a tour's."""
    marker = out / ".yizhan-tour"
    if out.exists() and any(out.iterdir()) and not marker.exists():
        raise FolderInUse(f"{out}: this folder holds something else; name an empty one, or one of an earlier tour")
    out.mkdir(parents=True, exist_ok=True)
    marker.touch()
    for pattern in ("[0-9][0-9]-*.png", "[0-9][0-9]-*.txt", "captions.txt", FINDINGS, "index.html", "*sheet.png"):
        for old in out.glob(pattern):
            old.unlink()
    station = out.absolute() / "station"
    shutil.rmtree(station, ignore_errors=True)
    station.mkdir()
    return station
