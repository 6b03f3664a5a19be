"""The light behind a panel, as Linux shows it in sysfs: a folder with ``brightness`` and ``max_brightness``.

The official touch display of the Raspberry Pi has one, most HDMI panels have none. Nothing here was tried on a panel.
"""

from __future__ import annotations

from pathlib import Path


class SysfsBacklight:
    """Implements ``Backlight``. ``folder`` may have ``*`` for its last part: what it is called depends on the panel."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def put(self, percent: int) -> None:
        """Shine with so much of the most that it can; above 0 at least a little. Raises ``OSError``."""
        folder = self._found()
        try:
            most = int((folder / "max_brightness").read_text(encoding="ascii"))
        except ValueError as error:
            raise OSError(f"{folder}: max_brightness is no number") from error
        value = max(1, most * percent // 100) if percent else 0
        (folder / "brightness").write_text(f"{value}\n", encoding="ascii")

    def _found(self) -> Path:
        if "*" not in self._folder.name:
            return self._folder
        found = sorted(self._folder.parent.glob(self._folder.name))
        if not found:
            raise FileNotFoundError(f"{self._folder}: this machine has no backlight that can be set")
        return found[0]
