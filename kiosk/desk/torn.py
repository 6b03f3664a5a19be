"""After a start: what can honestly be said of a visit that a power cut tore off."""

from __future__ import annotations

from devices.ports import PrintState
from kiosk.desk.answers import TornOff
from kiosk.desk.parts import DeskParts
from kiosk.papers.voucher import decode_content

RECENT_MS = 30 * 60_000
"""A visit that began longer ago is nobody's question any more."""
_CAME_OUT = (PrintState.PRINTED, PrintState.SENT)


def torn_off(parts: DeskParts, since: int | None) -> TornOff | None:
    """Return what became of the visit that began at ``since`` and never ended; ``None`` if there was none lately.

    ``since``: milliseconds since 1970 UTC, 0 not known. A confirmation that reached the journal is a voucher; one that
    did not has cost nothing.
    """
    if since is None or (parts.system.clock_ok() and since and not 0 <= parts.system.now_ms() - since <= RECENT_MS):
        return None
    with parts.journal.reading():
        job = parts.journal.jobs.newest_since(since) if since else None
    if job is None:
        return TornOff()
    return TornOff(decode_content(job.content).number, paper_out=job.state in _CAME_OUT)
