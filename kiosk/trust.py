"""The keys of the office: those of the enrolment, and those that the office announced since, signed by one before."""

from __future__ import annotations

from collections.abc import Callable

from sync.identity import Verifier


class OfficeKeys:
    """Believes whoever holds one of the keys. ``announced`` is asked each time: another process may know more."""

    def __init__(self, enrolled: dict[int, bytes], announced: Callable[[], dict[int, bytes]]) -> None:
        self._enrolled = enrolled
        self._announced = announced
        self._keys = dict(enrolled)
        self._verifier = Verifier(self._keys)

    def __call__(self, key_id: int, message: bytes, signature: bytes) -> bool:
        """Whether the office's key of that number signed this; for cards, which name their key."""
        return self._current()(key_id, message, signature)

    def any(self, message: bytes, signature: bytes) -> bool:
        """Whether one of the office's keys signed this; for frames and heads, which name none. The newest first."""
        verifier = self._current()
        return any(verifier(key_id, message, signature) for key_id in sorted(self._keys, reverse=True))

    def _current(self) -> Verifier:
        keys = self._announced() | self._enrolled
        if keys != self._keys:
            self._keys, self._verifier = keys, Verifier(keys)
        return self._verifier
