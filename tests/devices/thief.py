"""A program of any name that holds a device which is not its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def thief(folder: Path, name: str, path: str) -> Iterator[int]:
    """Its process number, while it has ``path`` open. The program is written into ``folder``."""
    program = folder / name
    program.write_text('#!/bin/sh\nexec 3<>"$1"\necho open\nread -r end\n')
    program.chmod(0o755)
    with subprocess.Popen([program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        try:
            yield process.pid
        finally:
            process.kill()
