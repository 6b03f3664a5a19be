"""The tour on every panel in every look: each cell in a process of its own, since a process has but one window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kiosk.demo import texts
from kiosk.demo.cell import Cell
from kiosk.demo.pages import write_page
from kiosk.demo.sheets import draw_sheets
from kiosk.demo.tour import console, emptied


def play_matrix(out: Path, fonts: Path, cells: Sequence[Cell], *, audited: bool, quick: bool, jobs: int) -> int:
    """Play every cell into a folder of its name, ``jobs`` at a time; draw sheets and page. Returns 1 if any failed."""
    emptied(out).rmdir()
    console.print(texts.MATRIX_BEGINS.format(count=len(cells)))
    flags = ["--fonts", str(fonts), *(["--audit"] if audited else []), *(["--quick"] if quick else [])]
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress, ThreadPoolExecutor(jobs) as pool:
        task = progress.add_task("", total=len(cells))
        running = {pool.submit(_play_cell, out, cell, flags): cell for cell in cells}
        for done in as_completed(running):
            name = running[done].name
            progress.update(task, advance=1, description=name)
            if done.result():
                failed += 1
                console.print(texts.CELL_FAILED.format(name=name, log=out / f"{name}.log"))
                _say_findings(out / name)
    draw_sheets(out, fonts, [cell.name for cell in cells])
    console.print(texts.MATRIX_DONE.format(page=write_page(out, [cell.name for cell in cells])))
    return 1 if failed else 0


def _play_cell(out: Path, cell: Cell, flags: Sequence[str]) -> int:
    command = [sys.executable, "-m", "kiosk", "tour", "--out", str(out / cell.name), *cell.options, *flags]
    with (out / f"{cell.name}.log").open("wb") as log:
        return subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode


def _say_findings(folder: Path) -> None:
    path = folder / "findings.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        console.print(f"   {line}", markup=False)
