"""What the worker does about rights beside taking frames: wishes, errands, and what is due by the office's clock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from domain.rights import RightKey
from office.faults import Unknown
from office.services.allowances import hand_out
from office.services.documents import activate_due
from office.services.errands import PURSE, RETRY, done, waiting
from office.services.fates import list_voucher, settle_fate
from office.services.homes import bring_home, idle_places, with_something_free
from office.services.joining import forget_due, take_request, take_withdrawal
from office.services.partners import expire_partners
from office.services.parts import Parts
from office.services.people import relist
from office.services.rekeying import rekey_card
from office.services.settling import settle
from office.services.station_keys import STATION, tell_station_key
from office.worker.asking import WHO, Asking
from office.worker.effects import CARD, FATE, JOIN, LIST, PERSON, UNJOIN
from office.worker.parked import retry, retry_unknown
from office.worker.store import DjangoStore
from office.worker.wishes import Wishes
from sync.fault_points import point

logger = logging.getLogger(__name__)

ERRANDS_A_TURN = 50
AGAIN_SECONDS = 30.0  # after an errand that failed
HOME_SECONDS, HOUR_SECONDS, DAY_SECONDS, CLOCK_SECONDS = 1.0, 3600.0, 86_400.0, 5.0


class Rights:
    """Owned by the worker's thread. Everything here may be done twice, or by two workers: the purses' locks decide."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.wishes = Wishes(parts)
        self._asking = Asking(parts)
        self._spent: set[str] = set()
        self._again: dict[tuple[str, str], float] = {}
        self._due: dict[str, float] = {}

    def after(self, store: DjangoStore, now: float) -> None:
        """After a frame: answer its wishes, and do at once what it left for other stations."""
        wants, store.wishes = store.wishes, []
        asks = [want for want in wants if want.right.startswith(WHO)]
        wants = [want for want in wants if not want.right.startswith(WHO)]
        store.answers += self._asking.hear(store.station, asks, now)
        self._spent |= store.spent
        store.spent = set()
        if store.errands:
            store.errands = False
            self.work_off(now)
        if wants and (wrong := self.wishes.hear(store.station, wants, now)):
            logger.warning("frame.want: %s: %d wishes that cannot be fulfilled", store.station, wrong)

    def turn(self, now: float) -> None:
        """Do what is due."""
        self.work_off(now)
        for right in self.wishes.forget(now):
            self._try(("home", right), now, lambda right=right: settle(self._parts, RightKey(right), "补足所属站点"))  # type: ignore[misc]
        passes: tuple[tuple[str, float, Callable[[float], object]], ...] = (
            ("fill", HOME_SECONDS, self._fill),
            ("clock", CLOCK_SECONDS, lambda _now: activate_due(self._parts)),
            ("hour", HOUR_SECONDS, self._hour),
            ("day", DAY_SECONDS, self._day),
        )
        if "parked" not in self._due:
            self._due["parked"] = now
            self._try(("start", "parked"), now, lambda: retry_unknown(self._parts))
        for name, every, work in passes:
            if now >= self._due.get(name, now):
                self._due[name] = now + every
                self._try((name, ""), now, lambda work=work: work(now))  # type: ignore[misc]

    def work_off(self, now: float) -> None:
        """Do the errands that stand."""
        later = {what for what, again in self._again.items() if again > now}
        for kind, key, ids in waiting(ERRANDS_A_TURN, later):
            if self._try(
                (kind, key),
                now,
                lambda kind=kind, key=key: self._do(kind, key),  # type: ignore[misc]
            ):
                point("errand.before_strike")
                done(ids)
                point("errand.after_strike")

    def _do(self, kind: str, key: str) -> None:
        parts = self._parts
        if kind == PURSE:
            settle(parts, RightKey(key), "", fill=False)  # what is owed comes before what is wished for
            self.wishes.retry(key)
            settle(parts, RightKey(key), "补足所属站点", fill=not self.wishes.waits(key))
        elif kind in (LIST, FATE):
            station, epoch, number = key.split("/")
            (list_voucher if kind == LIST else settle_fate)(parts, station, int(epoch), int(number))
        elif kind == JOIN:
            station, epoch, number = key.split("/")
            take_request(parts, station, int(epoch), int(number))
        elif kind == UNJOIN:
            take_withdrawal(parts, *key.split(" "))
        elif kind == CARD:
            rekey_card(parts, *key.split(" "))
        elif kind == PERSON:
            relist(parts, key)
        elif kind == STATION:
            station, _, epoch = key.partition("/")
            tell_station_key(parts, station, int(epoch or 0))
        elif kind == "limits":
            hand_out(parts, key)
        elif kind == "home":
            bring_home(parts, RightKey(key), "所属站点变了")
        elif kind == RETRY:
            station, epoch, number = key.split("/")
            with suppress(Unknown):  # somebody has settled it meanwhile
                retry(parts, station, int(epoch), int(number))
        else:
            logger.error("office.fault: an errand that this version does not know: %s %s", kind, key)

    def _fill(self, _now: float) -> None:
        """Fill up the homes of those who spent, where the office holds something."""
        spent, self._spent = self._spent, set()
        for right in with_something_free(spent) if spent else ():
            if not self.wishes.waits(right):
                settle(self._parts, right, "补足所属站点")

    def _hour(self, _now: float) -> None:
        for right, stations in idle_places(self._parts).items():
            if not self.wishes.waits(right):
                bring_home(self._parts, RightKey(right), "闲置收回", idle=stations)
        for right in with_something_free():
            if not self.wishes.waits(right):
                settle(self._parts, right, "补足所属站点")

    def _day(self, _now: float) -> None:
        hand_out(self._parts)
        expire_partners(self._parts)
        forget_due(self._parts)

    def _try(self, what: tuple[str, str], now: float, work: Callable[[], object]) -> bool:
        """One thing that fails must not keep the others: it is said, and tried again later."""
        try:
            work()
        except Exception:
            self._again[what] = now + AGAIN_SECONDS
            logger.exception("office.errand: %s %s", *what)
            return False
        self._again.pop(what, None)
        return True
