"""The speaker's loop: says the newest line, and looks after it until it is done."""

from __future__ import annotations

import logging
import threading

from devices.ports import Speech
from devices.spoken import SpokenLine

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
LOOKS = 30  # longer than any line may take


class SpeakLoop:
    """Whoever calls ``say`` never waits: not for a sound card, not for a voice."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._changed = threading.Condition()
        self._line: SpokenLine = ()
        self._said = 0
        self._is_new = self._stopping = False
        self._thread = threading.Thread(target=self._run, name="speech-loop", daemon=True)

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def say(self, line: SpokenLine, said: int = 0) -> None:
        """Say a line, unless it is the one that was said last and ``said`` has not grown. From any thread.

        An empty line cuts off what is being said.
        """
        with self._changed:
            if (line, said) != (self._line, self._said):
                self._line, self._said, self._is_new = line, said, True
                self._changed.notify_all()

    def stop(self) -> None:
        """Be silent and end."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(LOOK_SECONDS)
        self._speech.close()
        self._thread.join()

    def _run(self) -> None:
        looks = 0
        while (line := self._next(looks)) is not None or not self._stopping:
            try:
                if line is not None:
                    self._speech.say(line)
                    looks = LOOKS
                self._speech.state()
            except Exception:
                logger.exception("speech.fault: the driver failed")
            looks = max(0, looks - 1)

    def _next(self, looks: int) -> SpokenLine | None:
        """The next line; ``None`` when it is time to look after the last one, or to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_new or self._stopping, LOOK_SECONDS if looks else None)
            if self._stopping or not self._is_new:
                return None
            self._is_new = False
            return self._line
