"""Vouchers that name another place than their issuer: listed there, decided there, refunded at the issuer.

A fate is written once, by the place. For a partner the office is the place (``office.services.partners``).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from domain.entries import decode_entry
from domain.facts import UP, EntryParked, VoucherDecided, VoucherListed, VoucherRefunded, fact_of
from domain.ids import Epoch, PlaceId
from domain.rights import Counter as Names
from domain.rights import Move
from office.books.models import Counter, Life, PlaceFate, Station, ToldFate, UpEntry, Voucher
from office.services.down import append_to
from office.services.errands import PURSE, RETRY, leave
from office.services.issues import moves_of, packed_of
from office.services.open_vouchers import still_open
from office.services.parked import cleared
from office.services.parts import Parts
from office.services.purses import grant_right, is_open
from office.services.rules import rules_now

NO_FATE = "entry.no_fate"


def list_voucher(parts: Parts, station: str, epoch: int, number: int) -> None:
    """Tell the place of a voucher that it was issued; what the place said before it is settled now."""
    row = Voucher.objects.filter(station=station, epoch=epoch, number=number).first()
    if row is None:
        return
    packed = packed_of(row)
    with transaction.atomic():
        place = Station.objects.select_for_update(no_key=True).filter(pk=row.place).first()
        if place is not None and packed is not None and still_open(place, [row]):
            append_to(parts, place, [VoucherListed(packed)])
    settle_fate(parts, station, epoch, number)


def settle_fate(parts: Parts, station: str, epoch: int, number: int) -> None:
    """Write what a place said to the voucher, tell the issuer, or park it. Nothing while the issue is still to come."""
    said = PlaceFate.objects.filter(station=station, epoch=epoch, number=number, settled=False)
    names = {station, *said.values_list("place_id", flat=True)}
    with transaction.atomic():
        rows = {row.pk: row for row in _locked(names)}
        voucher = Voucher.objects.select_for_update().filter(station=station, epoch=epoch, number=number).first()
        if voucher is not None:
            _told(parts, rows[station], voucher)
        for fate in said.order_by("pk"):
            reason = _wrong(fate, voucher)
            if voucher is None:
                if station in rows and is_open(rows[station], epoch):
                    continue  # it will come
                _park(parts, rows[fate.place_id], fate, reason)
                continue  # it may come yet, by hand: the word of the place waits for it
            if reason:
                _park(parts, rows[fate.place_id], fate, reason)
            else:
                if not voucher.fate:
                    decide(parts, rows[station], voucher, fate.fate, fate.place_id)
                _unpark(parts, rows[fate.place_id], fate)
            fate.settled = True
            fate.save(update_fields=["settled"])


def decide(parts: Parts, issuer: Station, voucher: Voucher, fate: str, place: str) -> None:
    """Write a fate, once, and tell the issuer, whose row is locked; of a closed life the office refunds itself."""
    voucher.fate, voucher.fate_at, voucher.fate_by = fate, parts.now(), place
    voucher.save(update_fields=["fate", "fate_at", "fate_by"])
    refunds = _early_refunds(voucher)
    for number in refunds:
        leave(parts, RETRY, f"{issuer.pk}/{voucher.epoch}/{number}")
    if is_open(issuer, voucher.epoch):
        told = VoucherDecided(Epoch(voucher.epoch), voucher.number, fate, PlaceId(voucher.place))
        append_to(parts, issuer, [told])
    elif not (voucher.refunded or refunds) and (
        fate == "void" or (fate == "expired" and rules_now(parts).expired_refund)
    ):
        _refund(parts, issuer, voucher)


def refund_rest(parts: Parts, issuer: Station, epoch: int) -> None:
    """A life has ended: refund what it was told to refund and did not. Its row is locked."""
    fates = ("void", "expired") if rules_now(parts).expired_refund else ("void",)
    rest = Voucher.objects.filter(station=issuer, epoch=epoch, fate__in=fates, refunded=False)
    for voucher in rest.exclude(place=issuer.pk).order_by("number"):
        _refund(parts, issuer, voucher)


def open_vouchers_at(row: Station) -> list[VoucherListed]:
    """Return the vouchers that name a station and that its present life did not issue, as far as they are open.

    Those that a former life may have decided unheard are held back until its journal is imported or it is released.
    """
    theirs = Voucher.objects.filter(place=row.pk, fate="").exclude(station=row.pk, epoch=row.epoch)
    packed = [packed_of(voucher) for voucher in still_open(row, list(theirs.order_by("pk")))]
    return [VoucherListed(one) for one in packed if one is not None]


def decided_at(row: Station) -> list[VoucherDecided]:
    """Return the fates of the present life's vouchers that others wrote: what it heard already changes nothing."""
    theirs = Voucher.objects.filter(station=row.pk, epoch=row.epoch, refunded=False).exclude(fate="")
    theirs = theirs.exclude(place=row.pk).order_by("number")
    return [VoucherDecided(Epoch(one.epoch), one.number, one.fate, PlaceId(one.place)) for one in theirs]


def list_rest(parts: Parts, row: Station, ended: int) -> None:
    """A former life of a locked station has ended for good: its next one hears of what was held back till then."""
    if row.epoch != ended and row.life == "open":
        append_to(parts, row, open_vouchers_at(row))


def _locked(names: set[str]) -> list[Station]:
    return list(Station.objects.select_for_update(no_key=True).filter(pk__in=names).order_by("pk"))


def _wrong(fate: PlaceFate, voucher: Voucher | None) -> str:
    if voucher is None:
        return f"entry.unknown_voucher: {fate.station} {fate.epoch}-{fate.number}"
    if voucher.place != fate.place_id:
        return f"entry.not_the_place: voucher {fate.number} names {voucher.place}"
    if voucher.fate and not _again(fate, voucher):
        return f"entry.twice: voucher {fate.number} is {voucher.fate}"
    if fate.packed and fate.packed != packed_of(voucher):
        return f"entry.unknown_voucher: {fate.station} {fate.epoch}-{fate.number} was issued otherwise"
    return ""


def _again(fate: PlaceFate, voucher: Voucher) -> bool:
    """Whether this is the word by which the fate was written, heard the first time since the office was restored."""
    before = PlaceFate.objects.filter(station=fate.station, epoch=fate.epoch, number=fate.number, settled=True)
    same = (voucher.fate, voucher.fate_by) == (fate.fate, fate.place_id)
    return same and not before.filter(place=fate.place_id).exists()


def _told(parts: Parts, issuer: Station, voucher: Voucher) -> None:
    """What the office told the issuer before it was restored stands at the voucher again."""
    told = ToldFate.objects.filter(station=issuer.pk, epoch=voucher.epoch, number=voucher.number).first()
    if told is None:
        return
    if not voucher.fate and told.place == voucher.place:
        decide(parts, issuer, voucher, told.fate, told.place)
    told.delete()


def _early_refunds(voucher: Voucher) -> list[int]:
    """The issuer's refunds that came before the fate and are parked for it; numbers in its journal."""
    parked = UpEntry.objects.filter(
        station=voucher.station, epoch=voucher.epoch, kind=VoucherRefunded.KIND, parked__startswith=NO_FATE
    )
    found = []
    for entry in parked.order_by("number"):
        fact = fact_of(decode_entry(bytes(entry.data)), UP)
        if isinstance(fact, VoucherRefunded) and fact.number == voucher.number:
            found.append(entry.number)
    return found


def _park(parts: Parts, place: Station, fate: PlaceFate, reason: str) -> None:
    entry = UpEntry.objects.filter(station=place, epoch=fate.place_epoch, number=fate.entry)
    if not entry.filter(parked="").update(parked=reason[:200]):
        return
    if place.epoch == fate.place_epoch:
        append_to(parts, place, [EntryParked(Epoch(fate.place_epoch), fate.entry, reason.partition(":")[0])])


def _unpark(parts: Parts, place: Station, fate: PlaceFate) -> None:
    entry = UpEntry.objects.filter(~Q(parked=""), station=place, epoch=fate.place_epoch, number=fate.entry).first()
    if entry is not None:
        cleared(parts, place, entry, "开券记录已到")


def _refund(parts: Parts, issuer: Station, voucher: Voucher) -> None:
    """Nobody else writes the counters of a life that is closed: what its voucher spent comes back to the office."""
    if voucher.refunded:
        return
    for move in moves_of(voucher):
        if move.counter != Names.SPENT:
            continue
        mine = Counter.objects.filter(station=issuer, epoch=voucher.epoch, thing=move.right)
        mine = mine.filter(spent__gte=F("refunded") + move.amount)  # not so if the issue was only taken note of
        if mine.update(refunded=F("refunded") + move.amount, returned=F("returned") + move.amount):
            _onward(parts, issuer, voucher.epoch, move)
    voucher.refunded = True
    voucher.save(update_fields=["refunded"])


def _onward(parts: Parts, issuer: Station, epoch: int, move: Move) -> None:
    """Points and allowances are free at the office now; pieces lie at the station as before.

    A life that is owed what its former one returned gets them with that.
    """
    if move.right.startswith("stock/"):
        owed = Life.objects.filter(station=issuer, epoch=epoch + 1, owed=True).exists()
        if is_open(issuer, issuer.epoch) and not owed:
            grant_right(parts, issuer, move.right, move.amount, "作废或过期的券退回")
    else:
        leave(parts, PURSE, move.right)
