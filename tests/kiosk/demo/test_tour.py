"""The demonstration without a display: every scene really happens and is fit to be seen, or it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.station import ROOT


def test_every_scene_is_played_and_pictured(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.demo", "--out", str(tmp_path / "demo"), "--audit"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "演示完成" in done.stdout
    assert (tmp_path / "demo" / "findings.txt").read_text() == ""
    names = [path.name.split("-", 1)[1] for path in sorted((tmp_path / "demo").glob("[0-9][0-9]-*.png"))]
    assert names[0] == "idle.png"
    assert {"voucher.png", "new-price.png", "reprint.png", "no-network.png", "staff-backlog.png", "whom.png"} <= set(
        names
    )
    for picture in (tmp_path / "demo").glob("*.png"):
        assert picture.read_bytes().startswith(b"\x89PNG")
