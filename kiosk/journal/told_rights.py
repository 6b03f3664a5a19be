"""What the entries of both logs say of recalls, fates, awards and consents; gathered to be compared with the tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.facts import (
    AwardUndone,
    ConsentGiven,
    ConsentWithdrawn,
    EntryCleared,
    EntryParked,
    Fact,
    PinSet,
    PointsAwarded,
    RecallAsked,
    ResidentErased,
    ResidentListed,
    Returned,
    StationListed,
    VoucherDecided,
    VoucherExpired,
    VoucherHonoured,
    VoucherListed,
    VoucherVoided,
)
from domain.voucher import unpack

Voucher = tuple[str, int, int]  # issuer, epoch, number


@dataclass
class ToldRights:
    """In the shapes in which the tables are compared with it. The office's log is heard after the station's."""

    asked: dict[tuple[int, str], int] = field(default_factory=dict)
    answered: dict[tuple[int, str], int] = field(default_factory=dict)
    fates: dict[Voucher, str] = field(default_factory=dict)  # written here
    decided: dict[tuple[int, int], str] = field(default_factory=dict)  # written elsewhere, on our vouchers
    listed: dict[Voucher, bytes] = field(default_factory=dict)
    unconfirmed: dict[Voucher, bytes] = field(default_factory=dict)
    keys: dict[tuple[str, int, int], tuple[str, bytes, int | None]] = field(default_factory=dict)
    awards: dict[str, tuple[int, str, int, int]] = field(default_factory=dict)
    consents: dict[str, int] = field(default_factory=dict)
    noticed: dict[str, set[int]] = field(default_factory=dict)  # versions that the office listed as agreed to
    pins: dict[str, str] = field(default_factory=dict)  # the last verifier that was set here
    gone: set[str] = field(default_factory=set)  # residents who were erased
    back: set[str] = field(default_factory=set)  # and of them those who were listed again
    parked: dict[tuple[int, int], str] = field(default_factory=dict)

    def hear(self, epoch: int, fact: Fact | None) -> None:
        """Take a fact in."""
        match fact:
            case RecallAsked():
                key = (fact.epoch or epoch, str(fact.right))
                self.asked[key] = max(fact.asked, self.asked.get(key, 0))
            case Returned():
                self.answered[epoch, fact.right] = fact.asked
            case StationListed():
                name = (str(fact.station), int(fact.epoch), fact.key_id)
                self.keys[name] = (fact.name, bytes.fromhex(fact.key), fact.last_good)
            case EntryParked():
                self.parked[fact.epoch, fact.number] = fact.code
            case EntryCleared():
                self.parked.pop((fact.epoch, fact.number), None)
            case PointsAwarded():
                self.awards[fact.award] = (epoch, fact.resident, fact.points, 0)
            case AwardUndone():
                self.awards[fact.award] = (epoch, fact.resident, fact.points, 1)
            case _:
                self._hear_person(fact)

    def _hear_person(self, fact: Fact | None) -> None:
        match fact:
            case ConsentGiven():
                self.consents[fact.resident] = fact.notice
            case ConsentWithdrawn():
                self.consents.pop(fact.resident, None)
            case PinSet():
                self.pins[fact.resident] = fact.verifier
            case ResidentErased():
                self.gone.add(fact.resident)
                self.back.discard(fact.resident)
                self.noticed.pop(fact.resident, None)
            case ResidentListed():
                self.back |= {fact.resident} & self.gone
                if fact.notice:
                    self.noticed.setdefault(fact.resident, set()).add(fact.notice)
            case _:
                self._hear_voucher(fact)

    def _hear_voucher(self, fact: Fact | None) -> None:
        match fact:
            case VoucherHonoured():
                self.fates[_key(fact)] = "honoured"
                if fact.packed:
                    self.unconfirmed[_key(fact)] = bytes.fromhex(fact.packed)
            case VoucherVoided():
                self.fates[_key(fact)] = "void"
            case VoucherExpired():
                self.fates[_key(fact)] = "expired"
            case VoucherDecided():
                self.decided.setdefault((fact.epoch, fact.number), fact.fate)
            case VoucherListed():
                packed = bytes.fromhex(fact.packed)
                voucher = unpack(packed)
                self.listed[str(voucher.station), int(voucher.number.epoch), voucher.number.number] = packed
            case _:
                pass


def _key(fact: VoucherHonoured | VoucherVoided | VoucherExpired) -> Voucher:
    return str(fact.station), int(fact.epoch), fact.number
