"""Says lines through ALSA. The work is done by child processes: no call waits for one, and none outlives its time."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from devices.drivers.speech import voice
from devices.drivers.speech.recordings import NotRecorded, joined
from devices.ports import Clock, DeviceState, Health
from devices.spoken import SpokenLine

PLAYER = "aplay"
LINE_SECONDS_MAX = 20.0

_LOG = logging.getLogger(__name__)


class _NotStarted(Exception):
    """A program could not be started. ``code`` says what is missing with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Speaker:
    """Plays recordings from ``folder`` where a line has them all, else has ``voice`` speak the whole line.

    ``voices`` are those of other languages, by their two letters. ``volume`` is percent, ``output`` a name of
    ``aplay -L``. Implements ``Speech``.
    """

    def __init__(
        self,
        *,
        folder: Path | None,
        voice: str,
        volume: int,
        output: str,
        clock: Clock,
        voices: Mapping[str, str] | None = None,
    ) -> None:
        self._folder = folder
        self._voices = {**(voices or {}), "": voice}
        self._volume = volume
        self._output = output
        self._clock = clock
        self._children: dict[str, subprocess.Popen[bytes]] = {}  # what ended badly → the child that shows it
        self._dying: list[subprocess.Popen[bytes]] = []
        self._deadline = 0.0
        self._spoken = False
        self._unrecorded = self._warning = ""

    @property
    def speaking(self) -> bool:
        """Whether a line is being said."""
        return any(child.poll() is None for child in self._children.values())

    def say(self, line: SpokenLine) -> None:
        """Begin to say a line; an older one is cut off."""
        self.stop()
        if not line:
            return
        self._deadline = self._clock.monotonic() + LINE_SECONDS_MAX
        try:
            sound = self._recorded(line)
            if sound is None:
                self._make(line)
            else:
                self._play(_in_memory(sound))
        except _NotStarted as fault:
            self.stop()
            self._failed(fault.code, fault.__cause__)

    def stop(self) -> None:
        """Be silent."""
        self._look()
        for child in self._children.values():
            with suppress(OSError):
                child.kill()
        self._dying = [child for child in (*self._dying, *self._children.values()) if child.poll() is None]
        self._children = {}

    def state(self) -> DeviceState:
        """How the last line went."""
        self._look()
        if self._children and self._clock.monotonic() >= self._deadline:
            self.stop()
            self._failed("speech.no_sound", f"a line was not done after {LINE_SECONDS_MAX:.0f} s")
        if self._spoken:
            return DeviceState(Health.OK, warning=self._warning)
        return DeviceState(Health.UNKNOWN, warning=self._warning or self._lacking())

    def close(self) -> None:
        """Be silent."""
        self.stop()

    def _lacking(self) -> str:
        """What can be said before a line was tried."""
        if shutil.which(PLAYER) is None:
            return "speech.no_sound"
        return "speech.no_voice" if self._folder is None and shutil.which(voice.PROGRAM) is None else ""

    def _recorded(self, line: SpokenLine) -> bytes | None:
        self._unrecorded = ""
        if self._folder is None:
            return None
        try:
            return joined(self._folder, line, self._volume)
        except NotRecorded as reason:
            self._unrecorded = str(reason)
            return None

    def _make(self, line: SpokenLine) -> None:
        language = line[0].language
        text = (" " if language else "").join(fragment.text for fragment in line)
        command = voice.command(self._voices.get(language, language), self._volume, "--stdout")
        made = self._child("speech.no_voice", command, _in_memory(text.encode()), subprocess.PIPE)
        assert made.stdout is not None
        with made.stdout:
            self._play(os.dup(made.stdout.fileno()))

    def _play(self, sound: int) -> None:
        self._child("speech.no_sound", [PLAYER, "-q", "-D", self._output, "-"], sound, subprocess.DEVNULL)

    def _child(self, code: str, command: Sequence[str], source: int, target: int) -> subprocess.Popen[bytes]:
        """Start a program that reads from the descriptor ``source``, which is its own then."""
        try:
            child = subprocess.Popen(command, stdin=source, stdout=target, stderr=subprocess.DEVNULL)
        except OSError as fault:
            raise _NotStarted(code) from fault
        finally:
            os.close(source)
        self._children[code] = child
        return child

    def _look(self) -> None:
        """Note how the children ended, the player first: a voice whose player died is told so by the system."""
        if not self._children or self.speaking:
            return
        children, self._children = self._children, {}
        for code in ("speech.no_sound", "speech.no_voice"):
            child = children.get(code)
            if child is not None and child.returncode:
                self._failed(code, f"{child.args!r} ended with {child.returncode}")
                return
        self._spoken = True
        if self._unrecorded:
            self._warn("speech.not_recorded", self._unrecorded)
            return
        if self._warning:
            _LOG.info("speech is back")
        self._warning = ""

    def _failed(self, code: str, reason: object) -> None:
        self._spoken = False
        self._warn(code, reason)

    def _warn(self, code: str, reason: object) -> None:
        if code != self._warning:
            _LOG.warning("%s: %s", code, reason)
        self._warning = code


def _in_memory(data: bytes) -> int:
    """A descriptor to read ``data`` from: unlike a pipe it takes everything at once, so nobody has to feed it."""
    descriptor = os.memfd_create("speech", os.MFD_CLOEXEC)
    try:
        os.write(descriptor, data)
        os.lseek(descriptor, 0, os.SEEK_SET)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
