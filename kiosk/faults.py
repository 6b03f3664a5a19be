"""The station's own faults, and the named points at which tests cut the power."""

from __future__ import annotations

from sync import fault_points


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


# Where tests cut the power; the points themselves stand where the office may pass them too.
point = fault_points.point
listen = fault_points.listen
