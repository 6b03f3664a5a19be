"""The start of a day's work after power-on, and of a station's life."""

from __future__ import annotations

from domain.entries import encode_entry
from domain.facts import EpochOpened
from kiosk.desk.parts import DeskParts


def open_desk(parts: DeskParts, software: str) -> int:
    """Count the start, open the epoch if this is its first, and settle what a power cut left under way.

    Returns how many papers wait for staff.
    """
    journal = parts.journal
    journal.begin_boot()
    with journal.transaction("open"):
        if journal.chain.head().number == 0:
            fact = EpochOpened(
                station=journal.identity.station,
                epoch=journal.identity.epoch,
                software=software,
                voucher_key_id=parts.signer.key_id,
                voucher_key=parts.signer.public.hex(),
            )
            journal.chain.append(encode_entry(parts.stamp(), fact.KIND, fact))
        return journal.jobs.interrupt()
