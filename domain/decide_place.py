"""The fate of a voucher, decided by the place that it names, with nobody to ask. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.calendar import UNKNOWN_DAY
from domain.commands import Accepted, Desk, VoucherRecord
from domain.decide_limits import may_act
from domain.facts import Proxy, VoucherExpired, VoucherHonoured, VoucherVoided
from domain.ids import NOBODY, Day, PlaceId, ResidentId, StaffId
from domain.refusals import RefusalCode, Refused
from domain.rights import Counter, Move
from domain.rules import Rules
from domain.voucher import Voucher, pack


@dataclass(frozen=True, slots=True)
class Known:
    """What the place knows of a voucher that somebody shows.

    ``signed``: whether the key of the life that it says it is of signed it; by number, or in the own journal, what is
    kept says so itself. ``record``: it was issued by this very life. ``listed``: what the office, or the journal of a
    former life, says was issued under that number. ``unconfirmed``: (vouchers, points) of that issuer honoured today
    without their issue being known.
    """

    signed: bool
    last_good: int | None = None
    record: VoucherRecord | None = None
    listed: Voucher | None = None
    fate: str | None = None
    fate_at: int = 0  # milliseconds since 1970 UTC by the place's clock, 0: not known
    unconfirmed: tuple[int, int] = (0, 0)
    named: Proxy | None = None  # what the resident listed of the neighbour who collects


@dataclass(frozen=True, slots=True)
class Handing:
    """Somebody wants goods for a voucher. ``proxy`` collects for the resident, empty: the resident, or whoever."""

    staff: StaffId
    proxy: ResidentId = NOBODY


@dataclass(frozen=True, slots=True)
class Place:
    """The place that decides. ``since``: the day on which its present life began, ``None`` if it is the first one."""

    desk: Desk
    rules: Rules = field(default_factory=Rules)
    since: Day | None = None


def judge(voucher: Voucher, known: Known, place: Place) -> Refused | None:
    """Return the first reason against honouring a voucher here and now, ``None`` if there is none."""
    desk = place.desk
    refused = _is_ours(voucher, known, desk)
    if refused is not None:
        return refused
    if known.fate is not None:
        return Refused(RefusalCode.VOUCHER_DECIDED, {"fate": known.fate, "at": known.fate_at})
    if is_over(voucher, desk.today):
        return Refused(RefusalCode.VOUCHER_EXPIRED)
    return None if is_known(known) else _unconfirmed(voucher, known, place)


def decide_honour(voucher: Voucher, known: Known, place: Place, handing: Handing) -> Accepted | Refused:
    """Hand goods over against a voucher, once and for all."""
    refused = judge(voucher, known, place)
    if refused is not None:
        return refused
    if handing.proxy and not may_act(known.named, place.desk.today, collect=True):
        return Refused(RefusalCode.PROXY_NOT_ALLOWED)
    told = is_known(known)
    fact = VoucherHonoured(
        station=voucher.station,
        epoch=voucher.number.epoch,
        number=voucher.number.number,
        staff=handing.staff,
        known=told,
        packed="" if told else pack(voucher).hex(),
        proxy=handing.proxy,
    )
    return Accepted(fact, ())


def decide_void_here(voucher: Voucher, known: Known, desk: Desk, staff: StaffId, reason: str) -> Accepted | Refused:
    """Take back a voucher that another life issued and the office listed here; its issuer refunds."""
    refused = _is_ours(voucher, known, desk)
    if refused is not None:
        return refused
    if known.fate is not None:
        return Refused(RefusalCode.VOUCHER_DECIDED, {"fate": known.fate, "at": known.fate_at})
    if not is_known(known):
        return Refused(RefusalCode.VOUCHER_UNKNOWN)  # nothing says that points were ever spent for it
    number = voucher.number
    return Accepted(VoucherVoided(voucher.station, number.epoch, number.number, staff, reason), ())


def decide_expire(voucher: Voucher, record: VoucherRecord | None, place: Place) -> Accepted | None:
    """Write that a voucher without a fate is over; ``None`` while it is not. Refunded if this life issued it."""
    day = place.desk.today
    if not is_over(voucher, day):
        return None
    refunds = record is not None and place.rules.expired_refund
    fact = VoucherExpired(voucher.station, voucher.number.epoch, voucher.number.number, day)
    return Accepted(fact, refund_of(record.spent) if refunds and record is not None else ())


def is_over(voucher: Voucher, day: Day) -> bool:
    """Whether the last day of a voucher has passed by a clock that is right."""
    return UNKNOWN_DAY not in (day, voucher.expires) and voucher.expires < day


def is_known(known: Known) -> bool:
    """Whether the issue of a voucher is known at the place."""
    return known.record is not None or known.listed is not None


def refund_of(spent: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return the moves that undo what issuing a voucher spent."""
    return tuple(Move(move.right, Counter.REFUNDED, move.amount) for move in spent if move.counter == Counter.SPENT)


def _is_ours(voucher: Voucher, known: Known, desk: Desk) -> Refused | None:
    """Is it for this place, and did somebody known really issue it?"""
    if voucher.place != PlaceId(desk.station):
        return Refused(RefusalCode.VOUCHER_ELSEWHERE, {"place": voucher.place})
    own = (voucher.station, voucher.number.epoch) == (desk.station, desk.epoch)
    issued = known.record.voucher if known.record is not None else known.listed
    if not known.signed or (own and known.record is None) or (issued is not None and issued != voucher):
        return Refused(RefusalCode.VOUCHER_FORGED)  # at the issuer a voucher must be in its own journal
    if known.last_good is not None and voucher.number.number > known.last_good:
        return Refused(RefusalCode.VOUCHER_REVOKED)
    return None


def _unconfirmed(voucher: Voucher, known: Known, place: Place) -> Refused | None:
    vouchers, points = known.unconfirmed
    rules = place.rules
    within = vouchers < rules.unconfirmed_vouchers_a_day and points + voucher.points <= rules.unconfirmed_points_a_day
    return None if within and not _may_be_decided(voucher, place) else Refused(RefusalCode.VOUCHER_UNCONFIRMED)


def _may_be_decided(voucher: Voucher, place: Place) -> bool:
    """Whether a former life of this place may have written its fate: then only the office says that it is open."""
    if place.since is None:
        return False
    own = voucher.station == place.desk.station
    return own or UNKNOWN_DAY in (place.since, voucher.issued) or voucher.issued <= place.since
