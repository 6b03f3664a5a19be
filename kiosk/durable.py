"""A small file that is written whole or not at all, and is there after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.faults import point


def write_durably(path: Path, data: bytes, mode: int) -> None:
    """Put ``data`` at ``path`` in place of what was there."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    point("durable.written")
    beside.replace(path)
    sync_folder(path.parent)
    point("durable.replaced")


def sync_folder(folder: Path) -> None:
    """Make durable which files a folder has."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
