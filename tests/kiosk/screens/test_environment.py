from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kiosk.screens.conftest import BOLD, PANEL, REGULAR, ROOT

SCRIPT = """
import sys
from pathlib import Path
from kiosk.screens.environment import prepare
from kiosk.theme import Panel
prepare(Path(sys.argv[1]), Panel(10.1, 1280, 800), fullscreen=sys.argv[2] == "full", touch=sys.argv[3],
        regular=Path(sys.argv[4]), bold=Path(sys.argv[5]))
from kivy.config import Config
print(dict(Config.items("input")), Config.get("graphics", "show_cursor"), Config.get("graphics", "fullscreen"),
      Config.get("graphics", "maxfps"), Config.get("graphics", "multisamples"), Config.get("kivy", "exit_on_escape"),
      "kivy.core.window" in sys.modules)
"""


def prepared(home: Path, full: str, touch: str, bold: Path = BOLD) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, str(home), full, touch, str(REGULAR), str(bold)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("full", "touch", "expected"),
    [
        ("full", "mtdev", "{'touch': 'probesysfs,provider=mtdev'} 0 auto 30 0 0 False"),
        ("full", "mouse", "{'mouse': 'mouse,disable_multitouch'} 0 auto 30 0 0 False"),
        ("window", "none", "{} 1 0 30 0 0 False"),
    ],
)
def test_exactly_one_provider_or_none(tmp_path: Path, full: str, touch: str, expected: str) -> None:
    result = prepared(tmp_path / "new" / "home", full, touch)
    assert result.stdout.strip() == expected, result.stderr


def test_unknown_touch_and_missing_typeface_are_refused(tmp_path: Path) -> None:
    assert "'hidinput' is not a valid Touch" in prepared(tmp_path, "full", "hidinput").stderr
    assert "typeface not found" in prepared(tmp_path, "full", "none", bold=tmp_path / "none.otf").stderr


def test_it_must_come_before_kivy(theme: object, tmp_path: Path) -> None:
    from kiosk.screens.environment import prepare

    with pytest.raises(RuntimeError, match="imported before"):
        prepare(tmp_path, PANEL, fullscreen=False, touch="none", regular=REGULAR, bold=BOLD)
