"""The station's own faults, and the named points at which tests cut the power."""

from __future__ import annotations

from collections.abc import Callable


class YizhanError(Exception):
    """A fault of the station. ``code`` stands in docs/errors.md; ``retry`` says whether trying again can help."""

    code = "station.fault"
    retry = False


class JournalError(YizhanError):
    """The journal cannot be used. Nothing is sold; nothing in the file was changed."""

    code = "journal.fault"


class JournalMissing(JournalError):
    """There is no journal where one should be. None is made in its place: numbers would be given out twice."""

    code = "journal.missing"


class JournalDamaged(JournalError):
    """The file is not sound, or its chain does not verify."""

    code = "journal.damaged"


class JournalVersion(JournalError):
    """The file was written by another version: ``kiosk migrate`` brings an older one forward."""

    code = "journal.version"


class JournalUnwritable(JournalError):
    """The disk is full, read-only or failing."""

    code = "journal.unwritable"
    retry = True


class JournalUncertain(JournalError):
    """The disk failed at the very last step: only the next start shows whether it was written."""

    code = "journal.uncertain"


class ShelfError(YizhanError):
    """Neither the documents nor their previous copy can be read."""

    code = "shelf.damaged"


_hook: Callable[[str], None] | None = None


def point(name: str) -> None:
    """Mark an instant at which a power cut must lose nothing. Does nothing unless a test listens."""
    if _hook is not None:
        _hook(name)


def listen(hook: Callable[[str], None] | None) -> None:
    """Have ``hook`` called with the name of each point that is passed."""
    global _hook  # noqa: PLW0603 - one hook for the whole process, set by a test before the start
    _hook = hook
