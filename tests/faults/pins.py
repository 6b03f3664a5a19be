"""A PIN is set, missed, locked and unlocked while the power goes: no wrong try is forgotten, and nobody is let in."""

from __future__ import annotations

from pathlib import Path

from domain.commands import RedeemItem
from domain.facts import PinLocked, PinSet, PinUnlocked
from domain.ids import CommandId, ItemId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Rules
from kiosk.desk.answers import Issued
from kiosk.desk.pins import check_pin, set_pin, unlock_pin
from kiosk.desk.redeem import redeem
from tests.faults.desk import AtDesk
from tests.faults.oracle import said
from tests.faults.places import CHEN, HAIRCUT, HE, Place, begin
from tests.faults.scenario import scenario
from tests.faults.staff import settled

PIN, WRONG = "482913", "482914"
RULES = Rules(pin_above=1, pin_tries=3, pin_lock_minutes=30)
ROUNDS = 3


@scenario("pin", "pin")
class Pins:
    """Each round: three wrong tries, then locked, then a badge. A try that a kill cut off is made again, or stands."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        while said(desk.journal, PinSet) < ROUNDS:
            assert desk.do(set_pin, CommandId("c0"), CHEN, PIN, HE) is None
        while said(desk.journal, PinUnlocked) < ROUNDS:
            self._round(desk)
        assert desk.do(check_pin, CommandId("c1"), CHEN, PIN, RULES) is None
        assert isinstance(self._redeem(desk, "c1"), Issued)
        answer = self._redeem(desk, "c2")
        assert isinstance(answer, Refused)
        assert answer.code is RefusalCode.PIN_NEEDED
        desk.close()

    def check(self, root: Path) -> None:
        journal = settled(root)
        assert (said(journal, PinSet), said(journal, PinLocked), said(journal, PinUnlocked)) == (ROUNDS,) * 3
        pin = journal.pins.get(CHEN)
        assert (pin.tries, pin.locked_until) == (0, 0)
        assert journal.vouchers.next_number() == 2
        journal.close()

    def _round(self, desk: AtDesk) -> None:
        while True:
            before = desk.journal.pins.get(CHEN)
            refused = desk.do(check_pin, CommandId("c0"), CHEN, WRONG, RULES)
            assert refused is not None
            after = desk.journal.pins.get(CHEN)
            if refused.code is RefusalCode.PIN_LOCKED:
                assert after.locked_until > 0
                assert desk.do(unlock_pin, CHEN, HE) is None
                return
            assert refused == Refused(RefusalCode.PIN_WRONG, {"left": RULES.pin_tries - before.tries - 1})
            assert after.tries == before.tries + 1

    def _redeem(self, desk: AtDesk, command: str) -> Issued | Refused:
        catalogue = desk.parts.catalogue()
        assert catalogue is not None
        asked = RedeemItem(CommandId(command), VisitId("v"), CHEN, ItemId(HAIRCUT))
        return desk.do(redeem, asked, catalogue, "陈*芳", RULES)
