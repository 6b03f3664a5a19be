"""The demonstration without a display: every scene really happens and is fit to be seen, or it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.station import ROOT


def test_the_main_scenes_are_played_and_pictured(tmp_path: Path) -> None:
    names = played(tmp_path / "tour", "kiosk", "tour", "--quick", "--audit")
    assert names[0] == "idle.png"
    assert {"voucher.png", "item.png", "done.png", "still-there.png", "card-unknown.png"} <= set(names)


@pytest.mark.proof
def test_every_scene_is_played_and_pictured(tmp_path: Path) -> None:
    names = played(tmp_path / "demo", "kiosk.demo", "--audit")
    assert names[0] == "idle.png"
    wanted = {"voucher.png", "new-price.png", "reprint.png", "no-network.png", "staff-backlog.png", "whom.png"}
    assert wanted <= set(names)


def played(out: Path, *command: str) -> list[str]:
    """Play a tour; return the names of its pictures in order."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", *command, "--out", str(out)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "演示完成" in done.stdout
    assert (out / "findings.txt").read_text() == ""
    for picture in out.glob("*.png"):
        assert picture.read_bytes().startswith(b"\x89PNG")
    return [path.name.split("-", 1)[1] for path in sorted(out.glob("[0-9][0-9]-*.png"))]
