"""A disk of a few megabytes under a folder that is there already: a real file system that is really full."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SPARE_BYTES = 2 * 1024 * 1024


class SmallDisk:
    """Mounted over ``folder`` with what lies in it; skips the test where nobody may mount."""

    def __init__(self, folder: Path, spare: int = SPARE_BYTES) -> None:
        self.folder = folder
        aside = folder.with_name(folder.name + ".aside")
        folder.rename(aside)
        folder.mkdir(mode=0o700)
        size = sum(path.stat().st_size + 4096 for path in aside.rglob("*")) + spare
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        self.mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
        shutil.copytree(aside, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock", "*.pid"))
        shutil.rmtree(aside)
        if not self.mounted:
            pytest.skip("mounting a small disk needs root")
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave not a byte."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    pass

    def free(self) -> None:
        """Give all of it back."""
        self._ballast.unlink(missing_ok=True)

    def read_only(self, *, on: bool) -> None:
        """As a kernel does with a card that fails; nothing may be open for writing."""
        subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.folder)], check=True)

    def close(self) -> None:
        """Take it away with all that lies on it."""
        if self.mounted and os.path.ismount(self.folder):
            subprocess.run(["umount", "-l", str(self.folder)], check=True)
