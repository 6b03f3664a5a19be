"""Mistakes that somebody could make, each made on purpose in one place: a simulation that misses one is no evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any
from unittest import mock

import msgspec

from domain.commands import Accepted
from domain.decide_place import Place
from domain.entries import decode_entry
from domain.facts import UP, Fact, Fenced, Granted, RecallAsked, VoucherDecided, VoucherIssued, fact_of
from domain.rights import Counters, RightKey
from domain.voucher import Voucher
from office.rules import purse
from office.worker.applying import Effects
from office.worker.effects import Read
from sync import log
from sync.chain import next_hash
from sync.frame import Frame, Private, SignedHead
from sync.log import Heard, Log
from tests.fleet import desk, faults, office_end
from tests.fleet.card import Card
from tests.fleet.engine import Parts
from tests.fleet.node import Node
from tests.fleet.office import Office
from tests.fleet.office_end import OfficeEnd
from tests.fleet.oracle import Violation
from tests.fleet.run import live
from tests.fleet.work import Workers
from tests.fleet.world import World
from tests.simulation import bugs as of_logs

Patch = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Bug:
    """What is put in the place of the real thing, and in which kinds of worlds it is looked for."""

    name: str
    kinds: tuple[str, ...]
    parts: Parts | None = None
    patches: tuple[Patch, ...] = ()

    def caught_at(self, seeds: range) -> tuple[int, int, str] | None:
        """Return how many worlds and steps it took, and what was seen; ``None`` if it never was."""
        steps = 0
        with ExitStack() as stack:
            for patch in self.patches:
                stack.enter_context(patch())
            for number, seed in enumerate(seeds):
                kind = self.kinds[number % len(self.kinds)]
                try:
                    steps += live(seed, kind, self.parts).steps
                except Violation as fault:
                    return number + 1, steps + fault.world.steps, str(fault)  # type: ignore[attr-defined]
                except (ValueError, AssertionError, KeyError, IndexError) as fault:
                    return number + 1, steps, f"{type(fault).__name__}: {fault}"
        return None


def put(owner: object, name: str, value: object) -> Patch:
    return lambda: mock.patch.object(owner, name, value)


class _Differences(Office):
    def grant(self, station: str, thing: str, amount: int) -> None:
        row = self.stations[station]
        if row.state == "open":
            key = (station, row.epoch, thing)
            counters = self.counters.get(key, Counters())
            self.put(self.counters, key, counters.granted_to(counters.granted + amount))
            self.say(station, Granted(RightKey(thing), amount, row.epoch))


class _AddsDifferences(Card):
    def granted(self, fact: Granted) -> None:
        key = (fact.epoch, str(fact.right))
        counters = self.counters.get(key, Counters())
        self.put(self.counters, key, counters.granted_to(counters.granted + fact.total))


class _Reclaims(Workers):
    """What a station has that was not heard for long is given to others."""

    def step(self, slot: int) -> None:
        for station, row in self.office.stations.items():
            if not self.heard(station) and row.state == "open":
                with self.office.transaction():
                    self.office.hand_back(station, row.epoch)
        super().step(slot)


class _NoLock(Workers):
    def lock(self, thing: str, job: int) -> bool:
        return True


class _TopsUpFirst(Workers):
    """Home gets what was asked back for somebody who waits elsewhere."""

    def wish(self, purse_: purse.Purse, thing: str, station: str, amount: int) -> Callable[[], None]:
        home = self.office.homes.get(thing.removeprefix("points/"), "")
        extra = purse.top_up(purse_, home, desk.RULES.home_cap) if home != station else 0
        if extra and self.office.stations[home].state == "open":
            return lambda: self.office.grant(home, thing, extra)
        return super().wish(purse_, thing, station, amount)


class _RefundsToo(Workers):
    """The office refunds although the issuer lives and will."""

    def tell_fate(self, key: tuple[str, int, int]) -> None:
        super().tell_fate(key)
        if key in self.office.vouchers and self.office.elsewhere[key][0] in ("void", "expired"):
            self.office.refund(key)


class _AckBeforeCommit(OfficeEnd):
    """The cursor moves first; a crash keeps it and loses what was to be applied."""

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        chain = self.peer
        for data in entries:
            chain.hashes.append(next_hash(chain.hashes[-1], data))
            chain.data.append(data)
        office, hashes, kept = self.office, [*chain.hashes], [*chain.data]
        del chain.hashes[-len(entries) :], chain.data[-len(entries) :]
        try:
            super().receive(first, entries, privates, head)
            office.burn()
        except BaseException:
            office.roll_back()
            assert office._undo is not None
            office._undo.clear()
            chain.hashes[:], chain.data[:] = hashes, kept
            raise


class _SplitTransaction(Card):
    """Counters move in a transaction of their own."""

    def _note(self, table: Any, key: Any, old: Any) -> None:
        if table is not self.counters:
            super()._note(table, key, old)


class _TakesFromClosed(OfficeEnd):
    def takes_entries(self) -> bool:
        return True


class _StaleEpoch(Log):
    """A frame of a former epoch is read as one of the present."""

    def _take(self, frame: Frame) -> Heard:
        peer = self._store.peer_head()
        return super()._take(msgspec.structs.replace(frame, epoch=max(frame.epoch, peer.epoch)))


class _TakesFirst(Log):
    """What is new is taken before it is seen that the own storage went back."""

    _late: list[tuple[Frame, float]]

    def _judge(self, frame: Frame, now: float) -> None:
        self._late.append((frame, now))

    def receive(self, data: bytes, now: float) -> Heard:
        self._late = []
        heard = super().receive(data, now)
        for frame, then in self._late:
            with self._store.transaction():
                super()._judge(frame, then)
        return heard


class _WithEarned(Office):
    def ceiling(self, thing: str) -> int:
        return super().ceiling(thing) + sum(row.earned for key, row in self.counters.items() if key[2] == thing)


class _AfterSpending(Office):
    def ceiling(self, thing: str) -> int:
        spent = sum(row.spent - row.refunded for key, row in self.counters.items() if key[2] == thing)
        return super().ceiling(thing) - spent


class _GrantsToFenced(Office):
    def grant(self, station: str, thing: str, amount: int) -> None:
        row = self.stations[station]
        counters = self.counters.get((station, row.epoch, thing), Counters())
        grown = counters.granted_to(counters.granted + amount)
        self.put(self.counters, (station, row.epoch, thing), grown)
        self.say(station, Granted(RightKey(thing), grown.granted, row.epoch))


class _CountsAsked(Office):
    """A return is counted by what was asked for."""

    def note(self, station: str, epoch: int, effects: Effects) -> None:
        before = {right: self.recalls.get((station, epoch, right), (0, 0))[1] for right in effects.answered}
        kept = {right: self.counters.get((station, epoch, right), Counters()) for right in effects.answered}
        super().note(station, epoch, effects)
        for right, asked in effects.answered.items():
            key = (station, epoch, right)
            returned = kept[right].returned + asked - before[right]
            self.put(
                self.counters, key, msgspec.structs.replace(self.counters.get(key, kept[right]), returned=returned)
            )


class _NoRefundAtEnd(Office):
    def refund(self, key: tuple[str, int, int]) -> None:
        if self.lives[key[:2]] == "released":
            super().refund(key)


class _NeverBlocked(Office):
    @property
    def blocked(self) -> bool:
        return False


class _RefundsAgain(Card):
    def decided(self, fact: VoucherDecided) -> None:
        key = (self.station, fact.epoch, fact.number)
        self.drop(self.fates, key)
        super().decided(fact)


class _SilentWhenEmpty(Card):
    """A recall is not answered when there is nothing."""

    def recalled(self, fact: RecallAsked) -> None:
        if self.right(fact.right).available:
            super().recalled(fact)


class _RecalledTwice(Card):
    """Each recall is answered as if none had been answered before, and though it came before."""

    def recalled(self, fact: RecallAsked) -> None:
        self.drop(self.asked, (self.epoch, str(fact.right)))
        super().recalled(fact)


class _TakesReleasedBack(Office):
    """A late claim is charged by itself: the released rights are taken back."""

    def claim(self, station: str, epoch: int, entries: Sequence[bytes]) -> None:
        super().claim(station, epoch, entries)
        for data in entries:
            fact = fact_of(decode_entry(data), UP)
            if isinstance(fact, VoucherIssued):
                self.put(self.credits, fact.resident, self.credits[fact.resident] - fact.points)


class _ClosesForGood(OfficeEnd):
    """A copy that asked for its tail and was never seen again stops the station itself."""

    def lives_on(self, reads: list[Read]) -> bool:
        return False


def _first_life(card: Card, today: int) -> Place:
    return Place(desk.desk_of(card, today), desk.RULES)


class _DeafToFence(Card):
    def hear(self, fact: Fact | None) -> None:
        if not isinstance(fact, Fenced):
            super().hear(fact)


class _ClosesTooSoon(Node):
    """A life hands back what it holds before it has heard what it was granted."""

    def close_life(self, now: float) -> None:
        if self.gathering is not None and self.whole:
            self.gathering.down = (0, 0)
        super().close_life(now)


class _AnswersWhenFrozen(Card):
    """Answers what the office asks although its log is not what the office holds."""

    @property
    def frozen(self) -> bool:
        return False


def _forgets_fate(card: Card, decided: Accepted, voucher: Voucher, fate: str) -> None:
    card.write(decided.fact, decided.moves)
    if fate != "honoured":
        card.put(card.fates, desk.key_of(voucher), fate)


def _no_restating(office: Office, station: str) -> None:
    epoch = office.stations[station].epoch
    for where, of in office.lives:
        office.list_life(where, of, station)
    assert epoch


def _asks_one_log(world: World, node: Node) -> None:
    """After a restore only the log that the backup was writing is asked for."""
    _restore(world, node)
    office = world.office
    with office.transaction():
        for station, formers in office.formers.items():
            office.put(office.formers, station, formers[:1])


def _expires_by_any_clock(world: World, node: Node) -> int:
    return world.day if world.clock_ok[node.station] else world.day + 400


def _good_as_it_was(world: World, station: str, epoch: int, card: Card | None) -> None:
    """After an import the last number that counts stays what it was when the life was fenced."""
    office = world.office
    good = office.last_good[station, epoch]
    _import(world, station, epoch, card)
    with office.transaction():
        office.put(office.last_good, (station, epoch), good)
        for other in world.stations:
            office.list_life(station, epoch, other)


_import = faults.import_card
_restore = faults.restore
ANY = ("crashes", "partitions", "lossy")

BUGS = (
    Bug("grants as differences", ("restored",), Parts(make_office=_Differences, make_card=_AddsDifferences)),
    Bug("a time-out gives rights back", ("partitions",), Parts(make_workers=_Reclaims)),
    Bug("acknowledged before committed", ("crashes",), Parts(make_end=_AckBeforeCommit)),
    Bug("no de-duplication", ANY, patches=(put(log, "follow", of_logs._no_deduplication),)),
    Bug("split transaction", ("crashes",), Parts(make_card=_SplitTransaction)),
    Bug("stale epoch accepted", ("restored", "released"), Parts(make_log=_StaleEpoch)),
    Bug("credits read as balance with earned points", ANY, Parts(make_office=_WithEarned)),
    Bug("credits read as balance after spending", ANY, Parts(make_office=_AfterSpending)),
    Bug(
        "overlap skipped without hashing",
        ("clone", "old_image"),
        patches=(put(log, "follow", of_logs._no_overlap_hash),),
    ),
    Bug("frame of another station accepted", ANY, patches=(put(log, "decode_frame", of_logs._other_station),)),
    Bug("a grant without the resident's row locked", ANY, Parts(make_workers=_NoLock)),
    Bug(
        "refunded again when told again",
        ("restored",),
        Parts(make_card=_RefundsAgain),
    ),
    Bug("refunded by office and issuer", ANY, Parts(make_workers=_RefundsToo)),
    Bug("recall answered anew each time", ANY, Parts(make_card=_RecalledTwice, make_office=_CountsAsked)),
    Bug("returned counted by what was asked", ANY, Parts(make_office=_CountsAsked)),
    Bug("honoured again at the second scan", ANY, patches=(put(desk, "write_fate", _forgets_fate),)),
    Bug("grant to a life that is over", ("fenced", "released", "stick"), Parts(make_office=_GrantsToFenced)),
    Bug("frames of a life that is over applied", ("fenced",), Parts(make_end=_TakesFromClosed)),
    Bug("fence ignored by the station", ("fenced",), Parts(make_card=_DeafToFence)),
    Bug("closed before its grants were heard", ("old_image",), Parts(make_node=_ClosesTooSoon)),
    Bug("restored office grants before it has heard", ("restored",), Parts(make_office=_NeverBlocked)),
    Bug("acknowledgement beyond the log ignored", ("old_image",), Parts(make_log=of_logs._AckBeyondIgnored)),
    Bug("lost tail never sent again", ("restored",), Parts(make_log=of_logs._AckOnlyGrows)),
    Bug("taken before it is judged", ("old_image",), Parts(make_log=_TakesFirst)),
    Bug("answers while its log is not the office's", ("old_image",), Parts(make_card=_AnswersWhenFrozen)),
    Bug("recall not answered when nothing is there", ANY, Parts(make_card=_SilentWhenEmpty)),
    Bug("home topped up before who waits", ANY, Parts(make_workers=_TopsUpFirst)),
    Bug("what a dead life was told is never refunded", ("stick",), Parts(make_office=_NoRefundAtEnd)),
    Bug(
        "a backup used twice asks for one log",
        ("restored",),
        patches=(lambda: mock.patch.dict(faults.GRAVE, restored=_asks_one_log),),
    ),
    Bug("restored office does not say again", ("restored",), patches=(put(office_end, "restate", _no_restating),)),
    Bug("imported vouchers stay revoked", ("stick",), patches=(put(faults, "import_card", _good_as_it_was),)),
    Bug("a late claim takes released rights back", ("released",), Parts(make_office=_TakesReleasedBack)),
    Bug("closing for good after a copy that vanished", ("clone",), Parts(make_end=_ClosesForGood)),
    Bug("the next life believes paper alone", ("stick",), patches=(put(desk, "place_of", _first_life),)),
    Bug("expired by a clock that is not right", ("clock",), patches=(put(World, "today", _expires_by_any_clock),)),
)
