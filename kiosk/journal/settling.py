"""What the office's entries ask of the station, answered in the journal as soon as it may be.

Noted in tables first, so that an answer that must wait (nothing is written before entry 1, and no right is returned
while this storage is not what the office once received from it) is given later, and none is given twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.commands import Accepted
from domain.decide_return import decide_refund, decide_return
from domain.entries import Stamp, encode_entry
from domain.facts import ResidentForgotten
from domain.rules import Rules
from kiosk.faults import point
from kiosk.journal.chain import Chain
from kiosk.journal.erasures import Erasures
from kiosk.journal.office import MUTE, Office
from kiosk.journal.recalls import Recalls
from kiosk.journal.rights import Rights
from kiosk.journal.vouchers import Vouchers

UNSURE = MUTE | {"log.fork"}


@dataclass(frozen=True, slots=True)
class Settling:
    """Works inside the caller's transaction."""

    chain: Chain
    rights: Rights
    recalls: Recalls
    vouchers: Vouchers
    erasures: Erasures
    office: Office

    def settle(self, stamp: Callable[[], Stamp], rules: Rules) -> None:
        """Answer all that can be answered now."""
        if self.chain.head().number == 0:
            return  # entry 1 says whose life this is: nothing may stand before it
        alarm = self.office.alarm()
        if alarm not in UNSURE:
            self._return(stamp)
            self.refund(stamp, rules)
        if alarm not in MUTE:
            self._forget(stamp)

    def _return(self, stamp: Callable[[], Stamp]) -> None:
        for recall in self.recalls.open():
            answer = decide_return(recall.right, recall.answered, recall.asked, self.rights.get(recall.right))
            if answer is not None:
                self._write(answer, stamp())
            point("return.written")
            self.recalls.answer(recall.right, recall.asked)

    def refund(self, stamp: Callable[[], Stamp], rules: Rules) -> None:
        """Refund what other places wrote a fate of: also the last thing that a life does before it ends."""
        for number in self.vouchers.refunds_due():
            record = self.vouchers.get(number)
            refund = None if record is None else decide_refund(record, record.fate or "", rules)
            if refund is not None:
                self._write(refund, stamp())
            point("refund.written")
            self.vouchers.refunded(number)

    def _forget(self, stamp: Callable[[], Stamp]) -> None:
        for resident in self.erasures.untold():
            self._write(Accepted(ResidentForgotten(resident), ()), stamp())
            point("forget.written")
            self.erasures.tell(resident)

    def _write(self, accepted: Accepted, stamp: Stamp) -> None:
        self.chain.append(encode_entry(stamp, accepted.fact.KIND, accepted.fact, accepted.moves))
        self.rights.move(accepted.moves)
