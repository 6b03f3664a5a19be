"""A station's machine: its card, its log, and what it does by itself when a card or the office went back."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

from domain.entries import decode_entry
from domain.facts import (
    UP,
    AwardUndone,
    EpochClosed,
    Fact,
    PointsAwarded,
    Returned,
    RightsHandedBack,
    VoucherDecided,
    VoucherExpired,
    VoucherHonoured,
    VoucherIssued,
    VoucherRefunded,
    VoucherVoided,
    fact_of,
)
from domain.rights import Counter, Counters, Move, RightKey
from sync.chain import Direction
from sync.frame import FrameError, SignedHead, Want
from sync.log import Log
from sync.store import AlarmCode, Position
from sync.tail import Gathered, Gathering, decode_tail, encode_tail, is_tail, make_tail
from tests.fleet.card import Card, written
from tests.fleet.disk import Chain
from tests.fleet.signing import OFFICE, frame_key, signer, verifier

MakeLog = Callable[..., Log]
FATES = {VoucherHonoured: "honoured", VoucherVoided: "void", VoucherExpired: "expired"}


class Node:
    """One machine that is switched on. ``stale``: its card is not the newest of this station's life."""

    def __init__(self, card: Card, make_log: MakeLog, random: Callable[[], float]) -> None:
        self.card, self.make_log, self.random = card, make_log, random
        self.online = False
        self.stale = False
        self.used = False  # people wrote on it since it became stale, or what the newer card sent was still under way
        self.counted: Tally[str] = Tally()  # points that it may spend once more, if it is one of two copies
        self.claims = False  # its rights were released: whatever it spends is a late claim
        self.wishes: dict[str, Want] = {}
        self.asked_at = -10.0
        self.restart()

    @property
    def station(self) -> str:
        return self.card.station

    def restart(self) -> None:
        """After the power came back: only the card is left."""
        key = frame_key(self.station, self.card.hardware)
        self.card.fuse = None
        self.card.meta["boot"] += 1
        self.gathering: Gathering | None = None
        self.whole = False
        self.wishes = {}
        self.log = self.make_log(
            station=self.station,
            writes=Direction.UP,
            store=self.card,
            sign=signer(key),
            verify=verifier(OFFICE),
            random=self.random,
        )

    def receive(self, data: bytes, now: float) -> None:
        if is_tail(data):
            self.take_tail(data)
        else:
            self.log.receive(data, now)
            for right in [
                right for right, want in self.wishes.items() if self.card.right(right).available >= want.amount
            ]:
                del self.wishes[right]

    def turn(self, now: float, send: Callable[[bytes], None]) -> None:
        """Do what there is to do, and speak."""
        card = self.card
        if AlarmCode.WENT_BACK in card.alarms and AlarmCode.OWN_FORK not in card.alarms:
            self.close_life(now)
        for epoch, held in card.asks:
            self.hand_tail(epoch, held, send)
        card.asks = []
        if self.wishes and now >= self.asked_at + 3.0:
            self.asked_at = now
            missing = [Want(w.visit, w.right, w.amount - card.right(w.right).available) for w in self.wishes.values()]
            self.log.want(tuple(want for want in missing if want.amount > 0))

    def close_life(self, now: float) -> None:
        card = self.card
        if card.meta["closing"]:
            if card.meta["holds"] == card.log.last:
                self.open_next(now)
        elif not self.whole and now >= self.asked_at + 3.0:
            self.asked_at = now
            self.log.want((self.gathered().want,))
        elif self.whole and self.gathering is not None:
            down = self.gathering.down
            if (card.meta["down"], card.peer_head().number) >= down:
                self.end_life(self.gathering)

    def gathered(self) -> Gathering:
        if self.gathering is None:
            head = self.card.log.head
            self.gathering = Gathering(self.station, Direction.UP, head.epoch, head.number, head.hash)
        return self.gathering

    def take_tail(self, data: bytes) -> None:
        if self.whole or self.card.meta["closing"] or AlarmCode.WENT_BACK not in self.card.alarms:
            return
        try:
            tail = decode_tail(data, self.station, Direction.UP, verifier(OFFICE))
        except FrameError:
            return
        course = self.gathered().take(tail, verifier(frame_key(self.station, self.card.hardware)))
        self.asked_at = -10.0
        self.whole = course is Gathered.WHOLE
        if course is Gathered.FOREIGN:
            self.gathering = None

    def end_life(self, gathering: Gathering) -> None:
        """Append the lost tail, do what it did, hand everything back, and say that this life is over."""
        card = self.card
        with card.transaction():
            for data in gathering.entries:
                self.replay(data)
            for fact in card.waiting.values():
                if isinstance(fact, VoucherDecided):
                    card.put(card.fates, (self.station, fact.epoch, fact.number), fact.fate)
            rights = [key for key in card.counters if key[0] == card.epoch]
            left = {key[1]: card.counters[key].available for key in rights}
            moves = [Move(RightKey(right), Counter.RETURNED, amount) for right, amount in left.items() if amount]
            card.write(RightsHandedBack(1), tuple(moves))
            card.write(EpochClosed("log.went_back"))
            card.put(card.meta, "closing", 1)
        self.gathering, self.whole = None, False
        self.log.poke()

    def replay(self, data: bytes) -> None:
        card, entry = self.card, decode_entry(data)
        for move in entry.moves:
            key = (card.epoch, str(move.right))
            card.put(card.counters, key, card.counters.get(key, Counters()).moved(move.counter, move.amount))
        card.push(card.log, data)
        self.redo(fact_of(entry, UP), entry.moves)

    def redo(self, fact: Fact | None, moves: tuple[Move, ...]) -> None:
        card = self.card
        match fact:
            case VoucherIssued():
                card.put(card.vouchers, (self.station, card.epoch, fact.number), (fact, moves))
                card.put(card.meta, "next", fact.number + 1)
            case VoucherHonoured() | VoucherVoided() | VoucherExpired():
                card.put(card.fates, (fact.station, fact.epoch, fact.number), FATES[type(fact)])
            case VoucherRefunded():
                card.put(card.fates, (self.station, fact.epoch, fact.number), fact.fate)
            case PointsAwarded():
                card.put(card.awards, fact.award, (fact.resident, fact.points, card.epoch))
            case AwardUndone():
                card.drop(card.awards, fact.award)
            case Returned():
                card.put(card.asked, (card.epoch, str(fact.right)), fact.asked)
            case _:
                pass

    def open_next(self, now: float) -> None:
        card, former = self.card, self.card.log.head
        with card.transaction():
            epoch = former.epoch + 1
            card.put(card.own, epoch, Chain.begin(Direction.UP, self.station, epoch))
            for name, value in {"epoch": epoch, "next": 1, "holds": 0, "closing": 0}.items():
                card.put(card.meta, name, value)
            for code in [*card.alarms]:
                card.drop(card.alarms, code)
            for key in [*card.waiting]:
                card.drop(card.waiting, key)
            card.open((former.epoch, former.number, former.hash.hex()))
        self.stale = False
        self.restart()
        if self.online:
            self.log.connected(now)

    def hand_tail(self, epoch: int, held: int, send: Callable[[bytes], None]) -> None:
        """The office was restored: give it back what it wrote here, under its own signed head."""
        chain = self.card.peer.get(epoch, Chain.begin(Direction.DOWN, self.station, epoch))
        first = min(held, chain.last)
        position = Position(epoch, first, chain.hashes[first])
        head = self.card.heads.get(epoch, SignedHead(0, chain.hashes[0], b""))
        tail = make_tail(self.station, Direction.DOWN, position, written(chain, first, 50), head)
        send(encode_tail(tail, signer(frame_key(self.station, self.card.hardware))))
