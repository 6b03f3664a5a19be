"""The office's own faults."""

from __future__ import annotations


class OfficeError(Exception):
    """``code`` stands in docs/errors.md; the sentence says what to do; ``retry`` whether trying again can help."""

    code = "office.fault"
    retry = False


class NotInitialised(OfficeError):
    """There is no office in this folder yet."""

    code = "office.missing"


class Unknown(OfficeError):
    """No station, resident or item of that name."""

    code = "office.unknown"


class BadValue(OfficeError):
    """A name, a reason or a number that the books cannot hold."""

    code = "office.value"


class NotGranted(OfficeError):
    """More than there is: the sum of what stations hold would pass what the resident was given."""

    code = "office.not_granted"


class GrantsLogFault(OfficeError):
    """The list of grants on the second disk cannot be read or written: nothing is granted unseen."""

    code = "office.grants_log"
    retry = True


class NotPublished(OfficeError):
    """A document that stations would not take."""

    code = "office.not_published"


class BundleInUse(OfficeError):
    """The folder for a station's keys holds something already."""

    code = "office.bundle"


class BadHost(OfficeError):
    """No name or address of a machine."""

    code = "office.host"


class NotEnrolled(OfficeError):
    """A request of a station that gets nothing; the code says why."""

    code = "enrol.refused"


class NoSuccessor(OfficeError):
    """The office's key cannot be changed like that, or not yet."""

    code = "office.successor"


class NoPepper(OfficeError):
    """The pepper cannot be changed like that, or not yet."""

    code = "office.pepper"


class LifeEnded(OfficeError):
    """A life of a station that has ended, or has not: what was asked for does not fit its state."""

    code = "office.life"


class Known(OfficeError):
    """The station is enrolled already: a new enrolment ends its present life."""

    code = "office.known"


class BadJournal(OfficeError):
    """A journal or stick that is not that life's, or breaks its chain."""

    code = "office.journal"
