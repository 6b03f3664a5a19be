"""The start of a day's work after power-on, and of a station's life."""

from __future__ import annotations

from collections.abc import Callable

from domain.entries import Stamp, encode_entry
from domain.facts import EpochOpened
from domain.rules import Rules
from kiosk.desk.parts import DeskParts
from kiosk.journal.journal import Journal
from kiosk.papers.voucher import nameless, proxyless


def open_desk(parts: DeskParts, software: str) -> int:
    """Count the start, open the epoch if this is its first, and settle what a power cut left under way.

    Returns how many papers wait for staff.
    """
    journal = parts.journal
    work_with(journal, parts.stamp, parts.rules)
    journal.begin_boot()
    with journal.transaction("open"):
        if journal.chain.head().number == 0 and not journal.office.mute():
            fact = EpochOpened(
                station=journal.identity.station,
                epoch=journal.identity.epoch,
                software=software,
                voucher_key_id=parts.signer.key_id,
                voucher_key=parts.signer.public.hex(),
            )
            journal.chain.append(encode_entry(parts.stamp(), fact.KIND, fact))
        journal.wishes.clear()
        journal.elsewhere.clear()
        journal.pins.begin(int(parts.system.monotonic() * 1000))
        journal.asks.clear()
        journal.settle()
        return journal.jobs.interrupt()


def work_with(journal: Journal, stamp: Callable[[], Stamp], rules: Callable[[], Rules]) -> None:
    """Let a journal answer what the office's entries ask, in the transaction in which they come."""
    journal.stamp, journal.rules = stamp, rules
    forget_with(journal)


def forget_with(journal: Journal) -> None:
    """Let a journal take names out of papers, whoever takes the office's entries in."""
    journal.erasures.nameless, journal.erasures.proxyless = nameless, proxyless
