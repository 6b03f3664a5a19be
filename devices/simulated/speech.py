"""A loudspeaker and a voice to listen to: programs called ``aplay`` and ``espeak-ng`` in a folder for ``PATH``.

They note what they were given, and can be in any trouble: gone, failing, hanging.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

_VOICE = b"RIFF-voice:"

# Each writes what it got under a name of its own, whole before it is seen, and then does what ``mode`` says.
_SCRIPT = """#!/bin/sh
cd {folder} || exit 9
name=$$
printf '%s\\n' "$@" > {program}.$name.arguments.part
case $(cat {program}.mode) in
  fail) mv {program}.$name.arguments.part {program}.$name.failed; exit 1;;
  hang) mv {program}.$name.arguments.part {program}.$name.hung; exec sleep 600;;
esac
cat > {program}.$name.input.part
mv {program}.$name.input.part {program}.$name.input
mv {program}.$name.arguments.part {program}.$name.arguments
{answer}
"""
_ANSWERS = {
    "aplay": "",
    # the voice's sound is its text, behind a mark; with -w it goes to a file
    "espeak-ng": f"""out=/dev/stdout
while [ $# -gt 0 ]; do [ "$1" = -w ] && out=$2; shift; done
{{ printf {_VOICE.decode()}; cat espeak-ng.$name.input; }} > "$out"
""",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One run of a program: its arguments and its whole standard input."""

    arguments: tuple[str, ...]
    sound: bytes

    @property
    def text(self) -> str:
        """What was said, if the made voice said it; the voice's own input is text as it is."""
        return self.sound.removeprefix(_VOICE).decode()


class SimulatedSpeech:
    """Both programs in ``folder``, which must exist and be empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for program in _ANSWERS:
            self.repair(program)

    @property
    def path(self) -> str:
        """For ``PATH``: these programs first."""
        return f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"

    def heard(self, program: str = "aplay") -> list[Heard]:
        """What a program was given so far, in the order in which it was done."""
        done = sorted(self.folder.glob(f"{program}.*.arguments"), key=lambda path: path.stat().st_mtime_ns)
        return [Heard(tuple(path.read_text().splitlines()), path.with_suffix(".input").read_bytes()) for path in done]

    def count(self, program: str, how: str) -> int:
        """How often it ``failed`` or ``hung``."""
        return len(list(self.folder.glob(f"{program}.*.{how}")))

    def fail(self, program: str) -> None:
        """It ends with an error from now on: no sound card, no such voice."""
        self._mode(program, "fail")

    def hang(self, program: str) -> None:
        """It never ends from now on: a sound card that died."""
        self._mode(program, "hang")

    def remove(self, program: str) -> None:
        """It is not installed."""
        (self.folder / program).unlink()

    def repair(self, program: str) -> None:
        """It is installed and works."""
        self._mode(program, "work")
        script = self.folder / program
        text = _SCRIPT.format(folder=shlex.quote(str(self.folder)), program=program, answer=_ANSWERS[program])
        script.write_text(text)
        script.chmod(0o755)

    def _mode(self, program: str, mode: str) -> None:
        (self.folder / f"{program}.mode").write_text(mode)
