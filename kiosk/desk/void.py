"""Take a voucher back before it is honoured: points and pieces are refunded."""

from __future__ import annotations

from domain.commands import VoidVoucher
from domain.decide import decide_void
from domain.entries import encode_entry
from domain.refusals import RefusalCode, Refused
from kiosk.desk.parts import DeskParts


def void(parts: DeskParts, command: VoidVoucher) -> Refused | None:
    """Write the fate ``void``, once."""
    journal = parts.journal
    with journal.transaction("void"):
        if journal.people.staff_name(command.staff) is None:
            return Refused(RefusalCode.STAFF_ONLY)
        stamp = parts.stamp()
        decision = decide_void(command, journal.vouchers.get(command.number), parts.desk(stamp))
        if isinstance(decision, Refused):
            return decision
        journal.chain.append(encode_entry(stamp, decision.fact.KIND, decision.fact, decision.moves))
        journal.rights.move(decision.moves)
        journal.vouchers.write_fate(command.number, "void")
        journal.jobs.settle_voucher(command.number)
    return None
