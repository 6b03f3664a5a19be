"""The tour: visits from card to paper, troubles included, played and pictured. It fails unless all of it happened."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from rich.console import Console

from kiosk.demo import texts
from kiosk.faults import YizhanError
from kiosk.journal.verify import verify

console = Console(highlight=False)


def play(out: Path, fonts: Path) -> int:
    """Play every scene; pictures and papers go into ``out``, which is emptied first."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    from kiosk.app import kiosk
    from kiosk.demo.bench import set_up
    from kiosk.demo.clock import SkippingMachine

    station = _emptied(out)
    system = SkippingMachine()
    console.print(texts.PREPARING)
    bench = set_up(station, fonts.absolute(), system, touch="none", frames_per_second=0, web=True)
    console.print(f"  演示开始，图片存到 {out}；总站：{bench.town.address}")
    try:
        with kiosk(bench.start) as running:
            from kiosk.demo.player import Player  # Kivy may only be imported once its window's settings are made
            from kiosk.demo.scenes import SCENES

            player = Player(bench, running, system, out, fonts / "YizhanSans-Regular.otf", console.print)
            for scene in SCENES:
                scene(player)
            report = player.assembly.ask(lambda: verify(player.assembly.parts.journal))
    except AssertionError as fault:
        console.print(f"[bold red]✗[/] {fault}", markup=True)
        return 1
    finally:
        bench.close()
    if not report.sound:
        console.print(f"[bold red]✗[/] 流水账不对：{report.faults}")
        return 1
    console.print(
        f"[green]✓[/] 演示完成：{len(player.pictures)} 张图片，{report.vouchers} 张兑换券，"
        f"流水账 {report.entries} 条，校验无误"
    )
    return 0


class FolderInUse(YizhanError):
    """The tour empties its folder first, and this one is not a tour's."""

    code = "tour.folder"


def _emptied(out: Path) -> Path:
    marker = out / ".yizhan-tour"
    if out.exists() and any(out.iterdir()) and not marker.exists():
        raise FolderInUse(f"{out}: this folder holds something else; name an empty one, or one of an earlier tour")
    out.mkdir(parents=True, exist_ok=True)
    marker.touch()
    for old in (*out.glob("[0-9][0-9]-*.png"), *out.glob("[0-9][0-9]-*.txt")):
        old.unlink()
    station = out.absolute() / "station"
    shutil.rmtree(station, ignore_errors=True)
    station.mkdir()
    return station
