"""A made voice: espeak-ng, as a child process. The text goes in by standard input: no list of processes shows it."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

PROGRAM = "espeak-ng"
WORDS_A_MINUTE = 150  # slower than its own 175: most listeners are old
MAKE_SECONDS_MAX = 20.0


def command(voice: str, volume: int, *output: str) -> list[str]:
    """Speak UTF-8 text from standard input; ``volume`` in percent of its usual loudness."""
    return [PROGRAM, "-v", voice, "-b", "1", "-s", str(WORDS_A_MINUTE), "-a", str(volume), "--stdin", *output]


def make(text: str, target: Path, voice: str) -> None:
    """Make one recording; ``target`` is whole or not there. Raises ``OSError`` that says why not."""
    unfinished = target.with_suffix(".part")
    try:
        done = subprocess.run(
            command(voice, 100, "-w", str(unfinished)),
            input=text.encode(),
            capture_output=True,
            timeout=MAKE_SECONDS_MAX,
            check=False,
        )
        if done.returncode or not unfinished.is_file():
            raise OSError(done.stderr.decode("utf-8", "replace").strip() or f"{PROGRAM} ended with {done.returncode}")
        unfinished.replace(target)
    except subprocess.TimeoutExpired as late:
        raise OSError(f"{PROGRAM} did not end within {MAKE_SECONDS_MAX:.0f} s") from late
    finally:
        with suppress(OSError):
            unfinished.unlink()
