"""A station's journal in memory: the SQL's rows, what the office's entries do to them, and its log store."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

from domain import decide_return
from domain.catalogue import Catalogue
from domain.commands import VoucherRecord
from domain.entries import Stamp, decode_entry, encode_entry
from domain.facts import (
    DOWN,
    EpochOpened,
    Fact,
    Fenced,
    Granted,
    RecallAsked,
    StationListed,
    VoucherDecided,
    VoucherIssued,
    VoucherListed,
    WishAnswered,
    fact_of,
)
from domain.ids import Epoch, StationId
from domain.rights import Counters, Move, RightKey
from domain.rules import Rules
from domain.voucher import Voucher
from domain.voucher_number import VoucherNumber
from sync.chain import Direction
from sync.frame import Private, SignedHead, Want
from sync.store import AlarmCode, Position, Rest, Written
from tests.fleet.disk import Chain, Disk
from tests.fleet.signing import voucher_key

Key = tuple[str, int, int]  # station, epoch, number of a voucher
DISORDER = {AlarmCode.WENT_BACK, AlarmCode.OWN_FORK, AlarmCode.FORK}


class Card(Disk):
    """One card. A copy of it is an image or a clone."""

    def __init__(self, station: str, epoch: int, down_epoch: int, hardware: int, catalogue: Catalogue) -> None:
        super().__init__()
        self.station, self.hardware, self.catalogue = station, hardware, catalogue
        self.stamp: Callable[[], Stamp]
        self.today: Callable[[], int]
        self.meta = {"epoch": epoch, "next": 1, "boot": 1, "holds": 0, "fenced": 0, "closing": 0, "since": 0}
        self.meta["down"] = down_epoch
        self.own = {epoch: Chain.begin(Direction.UP, station, epoch)}
        self.peer = {down_epoch: Chain.begin(Direction.DOWN, station, down_epoch)}
        self.heads: dict[int, SignedHead] = {}
        self.counters: dict[tuple[int, str], Counters] = {}
        self.vouchers: dict[Key, tuple[VoucherIssued, tuple[Move, ...]]] = {}
        self.fates: dict[Key, str] = {}
        self.listed: dict[Key, str] = {}
        self.keys: dict[tuple[str, int], tuple[str, int | None]] = {}
        self.asked: dict[tuple[int, str], int] = {}
        self.waiting: dict[int, Fact] = {}
        self.awards: dict[str, tuple[str, int, int]] = {}  # resident, points, epoch; while not undone
        self.unconfirmed: dict[tuple[int, str], tuple[int, int]] = {}
        self.answers: dict[str, WishAnswered] = {}
        self.alarms: dict[AlarmCode, str] = {}
        self.asks: list[tuple[int, int]] = []  # (epoch, held): what the office lost of its own log; unlogged

    def image(self) -> Card:
        """A copy of the card as it is now."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                rows = {key: row.copy() if isinstance(row, Chain) else row for key, row in value.items()}
                setattr(twin, name, rows)
        twin.fuse, twin.asks = None, []
        return twin

    @property
    def epoch(self) -> int:
        return self.meta["epoch"]

    @property
    def log(self) -> Chain:
        return self.own[self.epoch]

    @property
    def frozen(self) -> bool:
        """Whether nothing may be added to the own log: it is not what the office holds."""
        return not DISORDER.isdisjoint(self.alarms)

    @property
    def halted(self) -> bool:
        return bool(self.alarms or self.meta["fenced"] or self.meta["closing"])

    @property
    def closed_desk(self) -> bool:
        """Whether not even fates are written."""
        return bool(self.frozen or self.meta["fenced"] or self.meta["closing"])

    def right(self, key: str) -> Counters:
        return self.counters.get((self.epoch, key), Counters())

    def open(self, before: tuple[int, int, str] = (0, 0, "")) -> None:
        """Write entry 1."""
        epoch, station = Epoch(self.epoch), StationId(self.station)
        key = voucher_key(self.station, epoch)
        self.put(self.meta, "since", self.today())
        self.write(EpochOpened(station, epoch, "fleet", 1, key, *before))

    def write(self, fact: Fact, moves: tuple[Move, ...] = ()) -> int:
        """Append an entry and move its counters; return its number."""
        for move in moves:
            key = (self.epoch, move.right)
            self.put(self.counters, key, self.counters.get(key, Counters()).moved(move.counter, move.amount))
        return self.push(self.log, encode_entry(self.stamp(), fact.KIND, fact, moves))

    def hear(self, fact: Fact | None) -> None:
        """Apply an entry of the office, within the transaction that takes it."""
        match fact:
            case Granted():
                self.granted(fact)
            case RecallAsked() | VoucherDecided() if self.frozen:
                self.put(self.waiting, len(self.waiting), fact)
            case RecallAsked():
                self.recalled(fact)
            case VoucherDecided():
                self.decided(fact)
            case VoucherListed():
                packed = bytes.fromhex(fact.packed)
                key = (self.station_in(packed), int.from_bytes(packed[7:9], "big"), int.from_bytes(packed[9:12], "big"))
                self.put(self.listed, key, fact.packed)
            case StationListed():
                self.put(self.keys, (fact.station, fact.epoch), (fact.key, fact.last_good))
            case WishAnswered():
                self.put(self.answers, fact.visit, fact)
            case Fenced() if fact.epoch == self.epoch:
                self.put(self.meta, "fenced", 1)
            case _:
                pass

    def station_in(self, packed: bytes) -> str:
        return f"{int.from_bytes(packed[1:7], 'big'):014d}"

    def granted(self, fact: Granted) -> None:
        key = (fact.epoch or self.epoch, fact.right)
        self.put(self.counters, key, self.counters.get(key, Counters()).granted_to(fact.total))

    def recalled(self, fact: RecallAsked) -> None:
        if fact.epoch not in (0, self.epoch) or self.meta["closing"]:
            return
        right = RightKey(fact.right)
        answer = decide_return.decide_return(
            right, self.asked.get((self.epoch, right), 0), fact.asked, self.right(right)
        )
        if answer is not None:
            self.put(self.asked, (self.epoch, right), fact.asked)
            self.write(answer.fact, answer.moves)

    def decided(self, fact: VoucherDecided) -> None:
        key = (self.station, fact.epoch, fact.number)
        if key in self.fates or key not in self.vouchers:
            return
        self.put(self.fates, key, fact.fate)
        if fact.epoch == self.epoch and not self.meta["closing"]:
            issued, moves = self.vouchers[key]
            record = VoucherRecord(paper_in(key, issued), issued.resident, len(moves) > 1, fact.fate, moves)
            refund = decide_return.decide_refund(record, fact.fate, Rules())
            if refund is not None:
                self.write(refund.fact, refund.moves)

    # LogStore

    def own_head(self) -> Position:
        return self.log.head

    def own_hash(self, number: int) -> bytes | None:
        return self.log.hash(number)

    def own_entries(self, after: int, limit: int) -> Sequence[Written]:
        return written(self.log, after, limit)

    def former(self, place: Position, limit: int) -> Rest | None:
        for epoch, number in ((place.epoch, place.number), (place.epoch + 1, 0)):
            chain = self.own.get(epoch)
            if chain is None or epoch >= self.epoch or (epoch == place.epoch and chain.hash(number) != place.hash):
                return None
            if rest := written(chain, number, limit):
                return Position(epoch, number, chain.hashes[number]), rest
        return None

    def boot(self) -> int:
        return self.meta["boot"]

    def peer_holds(self) -> int:
        return self.meta["holds"]

    def set_peer_holds(self, number: int) -> None:
        self.put(self.meta, "holds", number)

    def peer_head(self) -> Position:
        return self.peer[self.meta["down"]].head

    def peer_hash(self, number: int) -> bytes | None:
        return self.peer[self.meta["down"]].hash(number)

    def peer_signature(self) -> bytes:
        head = self.heads.get(self.meta["down"])
        return b"" if head is None or head.last != self.peer_head().number else head.signature

    def may_begin(self, epoch: int) -> bool:
        return epoch > self.meta["down"]

    def begin(self, epoch: int, head: SignedHead | None = None) -> None:
        self.put(self.peer, epoch, Chain.begin(Direction.DOWN, self.station, epoch))
        self.put(self.meta, "down", epoch)

    def takes_entries(self) -> bool:
        return True

    def receive(self, first: int, entries: Sequence[bytes], privates: Sequence[Private], head: SignedHead) -> None:
        chain = self.peer[self.meta["down"]]
        for data in entries:
            self.push(chain, data)
            self.hear(fact_of(decode_entry(data), DOWN))
        self.put(self.heads, self.meta["down"], head)

    def wanted(self, wants: Sequence[Want]) -> None:
        self.asks += [(int(want.visit), want.amount) for want in wants if want.right == "log/down"]

    def alarm(self, code: AlarmCode, detail: str) -> None:
        if code not in self.alarms:
            self.put(self.alarms, code, detail)


def written(chain: Chain, after: int, limit: int) -> list[Written]:
    """Return entries behind ``after`` as they are sent."""
    return [Written(number, data) for number, data in enumerate(chain.data[after : after + limit], start=after + 1)]


def paper_in(key: Key, fact: VoucherIssued) -> Voucher:
    """Return the voucher that an entry issued."""
    return Voucher(
        station=StationId(key[0]),
        number=VoucherNumber(Epoch(key[1]), key[2]),
        place=fact.place,
        kind=fact.kind,
        item=fact.item,
        pieces=fact.pieces,
        points=fact.points,
        issued=fact.issued,
        expires=fact.expires,
        key_id=fact.key_id,
    )
